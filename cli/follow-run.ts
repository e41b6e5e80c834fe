import { setTimeout as sleep } from "node:timers/promises";
import { ProblemError } from "#client/problem.ts";
import type { RunView } from "#functions/api/runs/run-view.ts";
import { ERROR_CATALOG, isErrorCode } from "#lib/errors/catalog.ts";
import type { ApiClient } from "./api-client.ts";
import type { Progress } from "./progress.ts";
import type { Session } from "./session.ts";

const TICK_MS = 500;
const RECONNECT_MS = 300;

/** What a started run is known by. */
export interface StartedRun {
  readonly run_id: string;
  readonly is_new: boolean;
}

/** Ctrl-C was pressed twice: the command leaves at once. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted.");
    this.name = "Interrupted";
  }
}

/**
 * Shows a run's steps until it has ended. The first Ctrl-C asks the run to stop and keeps waiting for it; the second
 * one leaves at once.
 *
 * @returns the run that succeeded
 * @throws the run's own error when it failed or was canceled, saying how to go on
 */
export async function followRun(session: Session, client: ApiClient, runId: string, label: string): Promise<RunView> {
  const progress = session.progress(label);
  const ticking = setInterval(() => progress.tick(), TICK_MS);
  const interrupts = onInterrupt(session, () => cancel(session, client, runId));
  try {
    const run = await Promise.race([watch(client, runId, progress), interrupts.secondPress]);
    progress.end();
    if (run.status === "succeeded") return run;
    throw endedBadly(run);
  } finally {
    clearInterval(ticking);
    interrupts.stop();
    progress.end();
  }
}

/** Shows the run's events until it is no longer running. */
async function watch(client: ApiClient, runId: string, progress: Progress): Promise<RunView> {
  let seen = 0;
  for (;;) {
    for await (const event of client.events(runId, { after: seen })) {
      seen = event.seq;
      progress.step(event);
    }
    const run = await client.get<RunView>(`/runs/${runId}`);
    if (run.status !== "running") return run;
    await sleep(RECONNECT_MS);
  }
}

async function cancel(session: Session, client: ApiClient, runId: string): Promise<void> {
  session.note(`\nAsking ${runId} to stop; steps in progress are finished first. Press Ctrl-C again to leave at once.`);
  await client.remove(`/runs/${runId}`);
}

/** A launcher passes signals on that the terminal has sent to both, so presses this close together are one. */
const ONE_PRESS_MS = 400;

function onInterrupt(session: Session, first: () => Promise<void>): { readonly secondPress: Promise<never>; stop(): void } {
  let pressedAt: number | undefined;
  const second = Promise.withResolvers<never>();
  second.promise.catch(() => {});
  const listener = (): void => {
    const now = session.terminal.now();
    if (pressedAt === undefined) {
      pressedAt = now;
      first().catch((error: unknown) => second.reject(error));
    } else if (now - pressedAt > ONE_PRESS_MS) second.reject(new Interrupted());
  };
  process.on("SIGINT", listener);
  return { secondPress: second.promise, stop: () => process.removeListener("SIGINT", listener) };
}

/** The run's own error, with the way on. */
function endedBadly(run: RunView): ProblemError {
  const code = run.error?.code ?? (run.status === "canceled" ? "RUN_CANCELED" : "INTERNAL");
  const known = isErrorCode(code) ? ERROR_CATALOG[code] : undefined;
  const detail = run.error?.detail ?? `The run is ${run.status}.`;
  const goOn = `Finished steps are kept; go on with: sigma runs resume ${run.run_id}`;
  const resumable = run.status === "canceled" || run.status === "interrupted" || known?.retryable === true;
  return new ProblemError({
    type: "about:blank",
    title: known?.title ?? "The run failed",
    status: known?.status ?? 500,
    code,
    detail: resumable ? `${detail} ${goOn}` : `${detail} (Run ${run.run_id}${run.step === null ? "" : `, after step ${run.step}`}.)`,
  });
}
