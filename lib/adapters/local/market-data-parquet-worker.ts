import { parentPort, workerData } from "node:worker_threads";
import type { ErrorCode } from "../../errors/catalog.ts";
import { type ErrorFacts, type FieldError, SigmaError } from "../../errors/sigma-error.ts";
import type { BarSourceOptions, ParsedBars } from "../../market-data/bar-builder.ts";
import { readParquetBars } from "../../market-data/parquet-bars.ts";

export interface ParquetJob {
  readonly bytes: Uint8Array;
  readonly options: BarSourceOptions;
}

/** Errors of the catalogue cross the thread as data; any other error ends the thread. */
export type ParquetOutcome =
  | { readonly parsed: ParsedBars }
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly facts: ErrorFacts;
        readonly fieldErrors: readonly FieldError[];
      };
    };

const { bytes, options } = workerData as ParquetJob;

async function run(): Promise<ParquetOutcome> {
  try {
    return { parsed: await readParquetBars(bytes, options) };
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    const { code, message, facts, fieldErrors } = error;
    return { error: { code, message, facts, fieldErrors } };
  }
}

parentPort?.postMessage(await run());
