import { isErrorCode } from "#lib/errors/catalog.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { eventsAfter } from "#lib/runs/progress.ts";
import type { RunEvent, RunRecord } from "#lib/runs/run-record.schema.ts";
import { readRun } from "#lib/runs/run-store.ts";
import type { LocalSystem } from "./local-system.ts";

/**
 * Waits until a run has ended and reports its steps on the way.
 *
 * @returns the run that succeeded
 * @throws the run's own error when it failed or was canceled
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
      await report();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  })();
  try {
    await system.workflow.wait(runId);
  } finally {
    ended = true;
    await watching;
  }
  await report();
  const { run } = await readRun(system.ports.metadata, owner, runId);
  if (run.status === "succeeded") return run;
  const code = run.error?.code ?? "INTERNAL";
  throw new SigmaError(isErrorCode(code) ? code : "INTERNAL", run.error?.detail ?? `The run ended as ${run.status}.`, {
    run_id: runId,
    status: run.status,
  });
}
