import { Worker } from "node:worker_threads";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { SourceTable } from "../../market-data/source/source-table.ts";
import type { ParquetJob, ParquetOutcome } from "./market-data-parquet-worker.ts";

interface WorkerLimits {
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
}

/** Enough for a few million rows. */
const LIMITS: WorkerLimits = { timeoutMs: 60_000, maxHeapMb: 1024 };

/**
 * Reads a user's Parquet file in a thread of its own, because a damaged file can keep the reader busy for ever or make
 * it ask for all memory there is.
 *
 * @throws DATA_INVALID as `readParquetTable` does, and when the reader exceeds the limits
 */
export async function readParquetTableInWorker<F extends string>(
  bytes: Uint8Array,
  shape: Omit<ParquetJob<F>, "bytes">,
  limits = LIMITS,
): Promise<SourceTable<F>> {
  const { name } = shape.format;
  const job: ParquetJob<F> = { bytes, ...shape };
  const worker = new Worker(new URL("./market-data-parquet-worker.ts", import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  });
  const done = Promise.withResolvers<SourceTable<F>>();
  const timer = setTimeout(() => done.reject(tooMuch(name, `could not be read within ${limits.timeoutMs / 1000} s`)), limits.timeoutMs);
  worker.on("message", (outcome: ParquetOutcome<F>) => {
    if ("table" in outcome) return done.resolve(outcome.table);
    const { code, message, facts, fieldErrors } = outcome.error;
    done.reject(new SigmaError(code, message, facts, { fieldErrors }));
  });
  worker.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code === "ERR_WORKER_OUT_OF_MEMORY") done.reject(tooMuch(name, `needs more than ${limits.maxHeapMb} MB to read`));
    else done.reject(cause);
  });
  worker.on("exit", (exitCode) => done.reject(new Error(`The Parquet reader ended with exit code ${exitCode} and no result.`)));
  try {
    return await done.promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function tooMuch(name: string, issue: string): SigmaError {
  return new SigmaError("DATA_INVALID", `${name}: the Parquet file ${issue}; it is damaged or too large. Write it again, or bring a CSV.`, {
    source: name,
  });
}
