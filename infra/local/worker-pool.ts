import { Worker } from "node:worker_threads";
import type { Json } from "#lib/core/canonical-json.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { type FromWorker, fromCrossed, METADATA_METHODS, type ToWorker, toCrossed } from "./worker-messages.ts";

export interface WorkerPool {
  /**
   * Runs one handler on a free worker; waits for one when all are busy.
   *
   * @param mayStart - asked when a worker is free; the work does not start when it throws, and fails with that error
   * @param timeoutSeconds - after this long the worker is ended and the call fails as `Sandbox.Timedout`, Lambda's name for it
   */
  run(handler: string, event: Json, mayStart?: () => Promise<void>, timeoutSeconds?: number): Promise<Json>;
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly handler: string;
  readonly event: Json;
  readonly mayStart: () => Promise<void>;
  readonly timeoutSeconds: number | undefined;
  readonly resolve: (value: Json) => void;
  readonly reject: (error: Error) => void;
}

/** Steps make much short-lived data. With the default space for it the threads of a sweep take 35 to 80 MB more, for no gain in time. */
const YOUNG_GENERATION_MB = 16;

/**
 * Worker threads that run handlers, started when first needed and kept warm. A worker that dies fails its own
 * job as `Runtime.ExitError`, the name Lambda gives it, and is replaced.
 */
export function createWorkerPool(options: {
  readonly size: number;
  readonly home: string;
  readonly metadata: MetadataStore;
  /** What a worker runs. */
  readonly script?: URL;
}): WorkerPool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Job>();
  const waiting: Job[] = [];
  let nextId = 1;
  let closed = false;

  const startWorker = (): Worker => {
    const worker = new Worker(options.script ?? new URL("./handler-worker.ts", import.meta.url), {
      workerData: { home: options.home },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    worker.unref();
    worker.on("message", (message: FromWorker) => void receive(worker, message));
    worker.on("error", (error) => lose(worker, error.message));
    worker.on("exit", (code) => lose(worker, `exit code ${code}`));
    return worker;
  };

  const lose = (worker: Worker, why: string): void => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    const job = busy.get(worker);
    busy.delete(worker);
    if (!job) return;
    const error = new Error(`A worker thread ended while it ran "${job.handler}": ${why}.`);
    error.name = "Runtime.ExitError";
    job.reject(error);
    next();
  };

  const receive = async (worker: Worker, message: FromWorker): Promise<void> => {
    if (message.kind === "metadata") {
      const reply: ToWorker = await callMetadata(options.metadata, message);
      if (!closed) worker.postMessage(reply);
      return;
    }
    const job = busy.get(worker);
    if (job?.id !== message.id) return;
    release(worker);
    if (message.error) job.reject(fromCrossed(message.error));
    else job.resolve((message.value ?? null) as Json);
    next();
  };

  const release = (worker: Worker): void => {
    busy.delete(worker);
    worker.unref();
    idle.push(worker);
  };

  const next = (): void => {
    while (waiting.length > 0 && !closed) {
      const worker = idle.pop() ?? (busy.size < options.size ? startWorker() : undefined);
      if (!worker) return;
      const job = waiting.shift()!;
      busy.set(worker, job);
      worker.ref();
      void begin(worker, job);
    }
  };

  const begin = async (worker: Worker, job: Job): Promise<void> => {
    try {
      await job.mayStart();
    } catch (error) {
      job.reject(error as Error);
      if (busy.get(worker) !== job) return;
      release(worker);
      next();
      return;
    }
    if (busy.get(worker) !== job) return;
    worker.postMessage({ kind: "call", id: job.id, handler: job.handler, event: job.event } satisfies ToWorker);
    if (job.timeoutSeconds !== undefined) endAfter(worker, job, job.timeoutSeconds);
  };

  /** A handler that never answers would keep its run from ending: its thread is ended instead. */
  const endAfter = (worker: Worker, job: Job, seconds: number): void => {
    setTimeout(() => {
      if (busy.get(worker) !== job) return;
      busy.delete(worker);
      const error = new Error(`"${job.handler}" took longer than the ${seconds} s that it has.`);
      error.name = "Sandbox.Timedout";
      void worker.terminate().then(() => {
        job.reject(error);
        next();
      });
    }, seconds * 1000).unref();
  };

  const closedError = (): Error => Object.assign(new Error("The worker threads are closed."), { name: "Runtime.ExitError" });

  return {
    run: (handler, event, mayStart = async () => {}, timeoutSeconds) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(closedError());
        waiting.push({ id: nextId++, handler, event, mayStart, timeoutSeconds, resolve, reject });
        next();
      }),
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(closedError());
      await Promise.allSettled([...idle, ...busy.keys()].map((worker) => worker.terminate()));
    },
  };
}

async function callMetadata(metadata: MetadataStore, { id, method, args }: Extract<FromWorker, { kind: "metadata" }>): Promise<ToWorker> {
  try {
    if (!METADATA_METHODS.includes(method)) throw new TypeError(`No metadata method "${String(method)}".`);
    const call = metadata[method] as (...args: readonly unknown[]) => Promise<unknown>;
    return { kind: "metadata-result", id, value: await call.apply(metadata, args as unknown[]) };
  } catch (error) {
    return { kind: "metadata-result", id, error: toCrossed(error) };
  }
}
