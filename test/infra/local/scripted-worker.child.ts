import { setTimeout as pause } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import type { ToWorker } from "#infra/local/worker-messages.ts";
import { toCrossed } from "#infra/local/worker-messages.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

/** A worker whose handlers are named after what they do. */
parentPort!.on("message", async (message: ToWorker) => {
  if (message.kind !== "call") return;
  const { id, handler, event } = message;
  if (handler === "exit") process.exit(3);
  if (handler === "throw-outside")
    setImmediate(() => {
      throw new Error("outside of any handler");
    });
  else if (handler === "fail") {
    const error = new SigmaError(
      "DATA_INVALID",
      "Row 3 is bad.",
      { row: 3 },
      { fieldErrors: [{ path: "close", issue: "must be above 0" }] },
    );
    parentPort!.postMessage({ kind: "result", id, error: toCrossed(error) });
  } else {
    if (handler === "wait") await pause(Number(event));
    parentPort!.postMessage({ kind: "result", id, value: event });
  }
});
