import { readFile, stat } from "node:fs/promises";
import { type Sha256, sha256 } from "../../core/digest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { MAX_SOURCE_BYTES, readCsvTable } from "../../market-data/source/csv-table.ts";
import type { FieldMap, FieldSpecs, SourceTable, TableFormat } from "../../market-data/source/source-table.ts";
import { readParquetTableInWorker } from "./market-data-parquet.ts";

/** What is looked for in a user's file, and how its text reads. */
export interface SourceShape<F extends string> {
  readonly specs: FieldSpecs<F>;
  readonly format: TableFormat;
  readonly map?: FieldMap<F> | undefined;
}

/**
 * Reads a user's file of rows: Parquet by its first bytes, else CSV, plain or gzip.
 *
 * @returns the rows, and the digest and number of the file's bytes as they are
 * @throws INVALID_PARAM when there is no such file or it is none
 * @throws DATA_INVALID when a column is missing, the file cannot be read or is larger than 512 MB
 */
export async function readSourceFile<F extends string>(
  path: string,
  shape: SourceShape<F>,
): Promise<{ readonly table: SourceTable<F>; readonly sha256: Sha256; readonly bytes: number }> {
  const { specs, format, map = {} } = shape;
  const bytes = await readBounded(path, MAX_SOURCE_BYTES, format.name);
  const isParquet = bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1";
  const digest = sha256(bytes);
  const table = isParquet ? await readParquetTableInWorker(bytes, { specs, format, map }) : readCsvTable(bytes, specs, format, map);
  return { table, sha256: digest, bytes: bytes.length };
}

/**
 * The bytes of a file of at most so many.
 *
 * @param name - the file's name in messages
 * @throws INVALID_PARAM when there is no such file or it is none
 * @throws DATA_INVALID when the file is larger
 */
export async function readBounded(path: string, maxBytes: number, name: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw notAFile(path, "it is not a file");
    if (facts.size > maxBytes) {
      throw new SigmaError("DATA_INVALID", `${name}: the file has ${facts.size} bytes; at most ${maxBytes} are read. Split it.`, {
        source: name,
        bytes: facts.size,
      });
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof SigmaError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") throw notAFile(path, "there is no such file", error);
    if (code === "EACCES" || code === "EPERM") throw notAFile(path, "it may not be read", error);
    throw error;
  }
}

function notAFile(path: string, issue: string, cause?: unknown): SigmaError {
  return new SigmaError(
    "INVALID_PARAM",
    `file must name a CSV or Parquet file; found ${JSON.stringify(path.slice(-200))}: ${issue}.`,
    { field: "file" },
    { cause, fieldErrors: [{ path: "file", issue }] },
  );
}
