import { setTimeout as pause } from "node:timers/promises";
import { isErrorCode } from "#lib/errors/catalog.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ExecutionView } from "#lib/ports/workflow.ts";
import { eventsAfter } from "#lib/runs/progress.ts";
import type { RunEvent, RunRecord } from "#lib/runs/run-record.schema.ts";
import { readRun } from "#lib/runs/run-store.ts";
import type { LocalSystem } from "./local-system.ts";

const WATCH_MS = 60;

/**
 * Waits until a run has ended, wherever it runs, and reports its steps on the way.
 *
 * @returns the run that succeeded
 * @throws the run's own error when it failed or was canceled; RUN_CANCELED when the process that ran it died
 */
export async function awaitRun(
  system: LocalSystem,
  owner: string,
  runId: string,
  onEvent: (event: RunEvent) => void = () => {},
): Promise<RunRecord> {
  let seen = 0;
  const report = async (): Promise<void> => {
    for (const event of await eventsAfter(system.ports.metadata, runId, seen)) {
      seen = event.seq;
      onEvent(event);
    }
  };
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      // A read that fails here is tried again; one that fails after the end is the caller's.
      await report().catch(() => {});
      await pause(WATCH_MS);
    }
  })();
  let execution: ExecutionView;
  try {
    execution = await system.workflow.wait(runId);
    // Another process has the run: this one can only look.
    while (execution.status === "running") {
      await pause(WATCH_MS);
      execution = await system.workflow.wait(runId);
    }
  } finally {
    ended = true;
    await watching;
  }
  await report();
  const { run } = await readRun(system.ports.metadata, owner, runId);
  if (run.status === "succeeded") return run;
  if (run.status === "running" && execution.status === "interrupted")
    throw new SigmaError(
      "RUN_CANCELED",
      `The process that worked on "${runId}" has ended. Finished steps are kept; go on with: sigma runs resume ${runId}`,
      { run_id: runId, status: "interrupted" },
    );
  const code = run.error?.code ?? "INTERNAL";
  throw new SigmaError(isErrorCode(code) ? code : "INTERNAL", run.error?.detail ?? `The run ended as ${run.status}.`, {
    run_id: runId,
    status: run.status,
  });
}
