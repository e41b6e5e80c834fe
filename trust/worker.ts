import { parentPort } from "node:worker_threads";
import type { Job } from "./experiment.ts";
import { experimentNamed } from "./experiments.ts";

/** A thread that does one job after another. Its answer carries the result, or what went wrong. */
const port = parentPort!;
port.on("message", async (job: Job) => {
  try {
    port.postMessage({ result: await experimentNamed(job.experiment).run(job) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
