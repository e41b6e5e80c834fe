import { Worker } from "node:worker_threads";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { BarSourceOptions, ParsedBars } from "../../market-data/bar-builder.ts";
import { MAX_SOURCE_BYTES } from "../../market-data/csv-bars.ts";
import type { ParquetJob, ParquetOutcome } from "./market-data-parquet-worker.ts";

interface WorkerLimits {
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
}

/** Enough for a few million bars. */
const LIMITS: WorkerLimits = { timeoutMs: 60_000, maxHeapMb: 1024 };

/**
 * Reads a user's Parquet file in a thread of its own, because a damaged file can keep the reader busy for ever or make
 * it ask for all memory there is.
 *
 * @throws DATA_INVALID as `readParquetBars` does, and when the reader exceeds the limits
 */
export async function readParquetBarsInWorker(bytes: Uint8Array, options: BarSourceOptions, limits = LIMITS): Promise<ParsedBars> {
  const name = options.name ?? options.symbol;
  if (bytes.length > MAX_SOURCE_BYTES) throw tooMuch(name, `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB`);
  const job: ParquetJob = { bytes, options };
  const worker = new Worker(new URL("./market-data-parquet-worker.ts", import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  });
  const done = Promise.withResolvers<ParsedBars>();
  const timer = setTimeout(() => done.reject(tooMuch(name, `could not be read within ${limits.timeoutMs / 1000} s`)), limits.timeoutMs);
  worker.on("message", (outcome: ParquetOutcome) => {
    if ("parsed" in outcome) return done.resolve(outcome.parsed);
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
