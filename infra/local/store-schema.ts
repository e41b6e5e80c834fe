import { join } from "node:path";
import { SCHEMA_VERSION, schemaVersionOf } from "#lib/adapters/local/sqlite-database.ts";

/** The store of records of a home: which schema version it has, if there is one, and which this program writes. */
export function storeSchema(home: string): { readonly path: string; readonly found: number | undefined; readonly known: number } {
  const path = join(home, "metadata.sqlite");
  return { path, found: schemaVersionOf(path), known: SCHEMA_VERSION };
}
