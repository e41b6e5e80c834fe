import { Worker } from "node:worker_threads";
import type { Json } from "#lib/core/canonical-json.ts";
import type { Job } from "./experiment.ts";

type Answer = { readonly result: Json } | { readonly error: string };

/**
 * Does all jobs on so many threads, each as a thread becomes free.
 *
 * @param onDone - hears of each result as it comes, in no particular order
 * @throws Error of the first job that failed, once the threads have ended
 */
export async function runJobs(jobs: readonly Job[], threads: number, onDone: (job: Job, result: Json) => void): Promise<void> {
  let next = 0;
  const serve = async (): Promise<void> => {
    if (next >= jobs.length) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    try {
      while (next < jobs.length) {
        const job = jobs[next++]!;
        const answer = await ask(worker, job);
        if ("error" in answer) {
          next = jobs.length;
          throw new Error(`${job.experiment}/${job.group}/${job.seed} failed: ${answer.error}`);
        }
        onDone(job, answer.result);
      }
    } finally {
      await worker.terminate();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: threads }, serve));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
}

function ask(worker: Worker, job: Job): Promise<Answer> {
  return new Promise((settle, fail) => {
    const quit = (code: number): void => fail(new Error(`A thread ended with code ${code} in ${job.experiment}/${job.group}/${job.seed}.`));
    worker.once("error", fail);
    worker.once("exit", quit);
    worker.once("message", (answer: Answer) => {
      worker.off("error", fail);
      worker.off("exit", quit);
      settle(answer);
    });
    worker.postMessage(job);
  });
}
