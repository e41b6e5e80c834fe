import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";
import { canonicalBytes } from "../../core/canonical-nan.ts";
import type { Sha256 } from "../../core/digest.ts";
import type { TableColumn } from "../../core/parquet-table.ts";
import type { DateNumber } from "../../core/time.ts";

/** The rows of a few sessions, in columns. */
export interface DataPart {
  readonly first: DateNumber;
  readonly last: DateNumber;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/**
 * The identity of columns of numbers: SHA-256 over a header (what they are, their names, the number of rows) and the columns as
 * little-endian float64. Equal numbers have equal fingerprints, whatever file they came in.
 *
 * @param form - what the columns are, such as `option_chains`
 */
export function fingerprintOfColumns(form: string, rows: number, columns: readonly TableColumn[]): Sha256 {
  const hash = columnsHash(
    form,
    rows,
    columns.map(({ name }) => name),
  );
  for (const { values } of columns) hash.update(canonicalBytes(values));
  return hash.digest("hex") as Sha256;
}

/** The digest of such columns, begun: their values follow, column by column. */
export function columnsHash(form: string, rows: number, names: readonly string[]): ReturnType<typeof createHash> {
  const header = canonicalJson({ version: 1, form, rows, columns: names });
  return createHash("sha256").update(`sigma-table:${header}\n`);
}
