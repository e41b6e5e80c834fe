import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { RUN_STATUSES, RunIdSchema, type RunRecord } from "#lib/runs/run-record.schema.ts";
import { readRun } from "#lib/runs/run-store.ts";
import { type Answer, json } from "../http/answer.ts";
import { waitSeconds } from "../http/preference.ts";
import type { Call, Documented } from "../route.ts";
import { liveStatus, RunViewSchema, runView } from "./run-view.ts";

/** The answer to a request for long work. */
export const AcceptedSchema = z.strictObject({
  run_id: RunIdSchema,
  status: z.enum(RUN_STATUSES),
  status_url: z.string(),
  is_new: z.boolean().describe("False: equal content was asked before, and this is that run"),
  step: z.literal("waiting_for").optional().describe("Nothing was started: the run that makes the input has not ended. Ask again"),
  waiting_for: RunIdSchema.optional().describe("That run; run_id is the same one then"),
});

export const RUN_ANSWERS: Readonly<Record<number, Documented>> = {
  202: { description: "The run has started, or goes on", schema: AcceptedSchema },
  200: { description: "The run has ended within the wait that Prefer asked for", schema: RunViewSchema },
};

const POLL_MS = 75;
/** The engine is asked whether it still knows the run every so many polls. */
const POLLS_PER_DESCRIBE = 20;

export type RunCall = Pick<Call<unknown, unknown, unknown>, "deps" | "ports" | "owner" | "context" | "versioned" | "receivedAt">;

/** How long the caller still waits for an answer. */
export function secondsToWait({ deps, context, versioned, receivedAt }: RunCall): number {
  const asked = waitSeconds(context.req.header("prefer"), { mode: deps.mode, versioned });
  return asked <= 0 ? 0 : asked - (performance.now() - receivedAt) / 1000;
}

/** 202 with where to look, or the finished run when the caller prefers to wait and it ends in time. */
export async function acceptRun(call: RunCall, started: { readonly run: RunRecord; readonly isNew: boolean }): Promise<Answer> {
  const { ports, owner } = call;
  const { run_id } = started.run;
  const seconds = secondsToWait(call);
  const location = `/v1/runs/${run_id}`;
  const run = seconds > 0 ? await waitForEnd(call, run_id, seconds) : started.run;
  const status = await liveStatus(ports, run);
  if (seconds > 0 && status !== "running") {
    return json({ ...(await runView(ports, (await readRun(ports.metadata, owner, run_id)).run)), is_new: started.isNew }, 200, {
      location,
      "preference-applied": "wait",
    });
  }
  return json({ run_id, status, status_url: location, is_new: started.isNew }, 202, { location });
}

/** The run when it has ended, or as it stands when the time is up or the caller has gone. */
export async function waitForEnd({ ports, owner, context }: RunCall, runId: string, seconds: number): Promise<RunRecord> {
  const started = performance.now();
  const { signal } = context.req.raw;
  for (let poll = 1; ; poll += 1) {
    const { run } = await readRun(ports.metadata, owner, runId);
    if (run.status !== "running") return run;
    if (poll % POLLS_PER_DESCRIBE === 0 && (await liveStatus(ports, run)) !== "running") return run;
    if (signal.aborted || performance.now() - started >= seconds * 1000) return run;
    await sleep(POLL_MS);
  }
}
