import { parentPort, workerData } from "node:worker_threads";
import type { ErrorCode } from "../../errors/catalog.ts";
import { type ErrorFacts, type FieldError, SigmaError } from "../../errors/sigma-error.ts";
import { readParquetTable } from "../../market-data/source/parquet-table.ts";
import type { FieldMap, FieldSpecs, SourceTable, TableFormat } from "../../market-data/source/source-table.ts";

export interface ParquetJob<F extends string = string> {
  readonly bytes: Uint8Array;
  readonly specs: FieldSpecs<F>;
  readonly format: TableFormat;
  readonly map: FieldMap<F>;
}

/** Errors of the catalogue cross the thread as data; any other error ends the thread. */
export type ParquetOutcome<F extends string = string> =
  | { readonly table: SourceTable<F> }
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly facts: ErrorFacts;
        readonly fieldErrors: readonly FieldError[];
      };
    };

const { bytes, specs, format, map } = workerData as ParquetJob;

async function run(): Promise<ParquetOutcome> {
  try {
    return { table: await readParquetTable(bytes, specs, format, map) };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    const { code, message, facts, fieldErrors } = error;
    return { error: { code, message, facts, fieldErrors } };
  }
}

parentPort?.postMessage(await run());
