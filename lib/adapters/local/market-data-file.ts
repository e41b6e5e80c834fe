import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Sha256, sha256 } from "../../core/digest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { BarSourceOptions, ParsedBars } from "../../market-data/bar-builder.ts";
import { MAX_SOURCE_BYTES, parseCsvBars } from "../../market-data/csv-bars.ts";
import { readParquetBarsInWorker } from "./market-data-parquet.ts";

/**
 * Reads a user's file of bars: Parquet by its first bytes, else CSV, plain or gzip.
 *
 * @returns the bars, and the file's name and digest for the import
 * @throws INVALID_PARAM when there is no such file or it is none
 * @throws DATA_INVALID naming line or row, column and found value, or when the file is larger than 512 MB
 */
export async function readBarsFile(
  path: string,
  options: BarSourceOptions,
): Promise<{ readonly parsed: ParsedBars; readonly source: { readonly name: string; readonly sha256: Sha256 } }> {
  const name = basename(path);
  const bytes = await readBounded(path, name);
  const isParquet = bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1";
  const named = { ...options, name: options.name ?? name };
  const parsed = isParquet ? await readParquetBarsInWorker(bytes, named) : parseCsvBars(bytes, named);
  return { parsed, source: { name, sha256: sha256(bytes) } };
}

async function readBounded(path: string, name: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw notAFile(path, "it is not a file");
    if (facts.size > MAX_SOURCE_BYTES) {
      throw new SigmaError("DATA_INVALID", `${name}: the file has ${facts.size} bytes; at most ${MAX_SOURCE_BYTES} are read. Split it.`, {
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
