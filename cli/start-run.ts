import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RunView } from "#functions/api/runs/run-view.ts";
import type { JsonObject } from "./api-client.ts";
import type { Answer } from "./command.ts";
import { followRun, type StartedRun } from "./follow-run.ts";
import type { Session } from "./session.ts";

/** Routes that a command calls to wait for long work. */
export const RUN_ROUTES = ["GET /runs/{run_id}/events", "GET /runs/{run_id}", "DELETE /runs/{run_id}"] as const;

export interface RunOrder {
  readonly path: string;
  readonly body: JsonObject;
  /** Stands before each line of progress. */
  readonly label: string;
  readonly wait: boolean;
}

/**
 * Starts long work, or finds the same work done before, and waits for its end.
 *
 * @returns the run that succeeded; or, when the caller does not wait, the answer that names the run
 * @throws the run's own error
 */
export async function startRun(session: Session, order: RunOrder): Promise<{ readonly run: RunView } | { readonly answer: Answer }> {
  const client = await session.api();
  const started = await client.post<StartedRun & { readonly status: RunView["status"] }>(order.path, order.body);
  if (!order.wait) return { answer: await leave(session, started) };
  if (!started.is_new && started.status === "succeeded")
    session.note(`${order.label}: the same question was answered before; this is that run (${started.run_id}).`);
  return { run: await followRun(session, client, started.run_id, order.label) };
}

/** Leaves a run to work on without this command. */
async function leave(session: Session, started: StartedRun & { readonly status: RunView["status"] }): Promise<Answer> {
  const { run_id, status, is_new } = started;
  const finished = status === "succeeded";
  const pid = session.isRemote || finished ? null : await continueInBackground(session, run_id);
  const how = finished
    ? "It has succeeded before."
    : pid === null
      ? "It works on the server."
      : `It works on in the background (process ${pid}).`;
  return {
    document: { run_id, status, is_new, pid },
    text: `${run_id}\n${how} See it with: sigma runs show ${run_id}`,
  };
}

/**
 * Hands a run of this process over to a process of its own: what works in this process ends with it. Finished steps are
 * kept, and the other process goes on from them.
 */
async function continueInBackground(session: Session, runId: string): Promise<number | null> {
  await session.close();
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const workspace = session.workspace === undefined ? [] : ["--workspace", session.workspace];
  const child = spawn(process.execPath, [main, "runs", "resume", runId, "--json", ...workspace], {
    detached: true,
    stdio: "ignore",
    env: session.terminal.env,
  });
  child.unref();
  return child.pid ?? null;
}
