import { basename, resolve } from "node:path";
import { readBounded, readSourceFile } from "#lib/adapters/local/market-data-file.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { ImportOutcome } from "#lib/market-data/import-series.ts";
import type { DataDocumentOf } from "#lib/market-data/imports/data-document.schema.ts";
import { sourceShape } from "#lib/market-data/imports/prepare-import.ts";
import { type Universe, UniverseDocumentSchema } from "#lib/market-data/universe.schema.ts";
import { UNIVERSE_FIELDS } from "#lib/market-data/universe-fields.ts";
import { universeFromDocument, universeFromTable } from "#lib/market-data/universe-sources.ts";
import { importUniverse } from "#lib/market-data/universe-store.ts";
import { readDocument, YAML_MAX_BYTES } from "#lib/packs/yaml.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";

export interface ImportedUniverse {
  readonly universe: Universe;
  readonly outcome: ImportOutcome;
}

/**
 * Brings a universe from a table of its members, as a document says.
 *
 * @throws INVALID_PARAM | DATA_INVALID naming place and fault, CONFLICT | STORE_* as the store does
 */
export async function importUniverseTable(
  artifacts: ArtifactStore,
  owner: string,
  document: DataDocumentOf<"universe">,
  folder: string,
): Promise<ImportedUniverse> {
  const path = resolve(folder, document.path);
  const name = basename(path);
  const { table, sha256: digest } = await readSourceFile(path, { ...sourceShape(document, UNIVERSE_FIELDS, name), specs: UNIVERSE_FIELDS });
  return store(artifacts, owner, universeFromTable(document.name, table, { name, sha256: digest }));
}

/** Brings a universe from YAML. Throws as `importUniverseTable`. @param name - replaces the document's own name when given */
export async function importUniverseYaml(artifacts: ArtifactStore, owner: string, path: string, name?: string): Promise<ImportedUniverse> {
  const bytes = await readBounded(path, YAML_MAX_BYTES, basename(path));
  const source = { name: basename(path), sha256: sha256(bytes) };
  const document = readDocument(new TextDecoder().decode(bytes), UniverseDocumentSchema, { code: "DATA_INVALID", path: source.name });
  return store(artifacts, owner, universeFromDocument(document, source, name));
}

async function store(artifacts: ArtifactStore, owner: string, universe: Universe): Promise<ImportedUniverse> {
  return { universe, outcome: await importUniverse(artifacts, owner, universe) };
}
