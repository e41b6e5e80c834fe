import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { OwnerSchema, RUN_STATUSES, type RunRecord, RunRecordSchema } from "#lib/runs/run-record.schema.ts";
import { findRun, listRuns, type StoredRun } from "#lib/runs/run-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { liveStatus } from "../runs/run-view.ts";
import { cancelRun, goOnWith, RunParams } from "./runs.route.ts";

/** A run as an administrator sees it: how it stands and whose it is, not what it asks or finds. */
const JobSchema = z.strictObject({
  ...RunRecordSchema.pick({ run_id: true, owner: true, machine: true, pack_id: true, model_id: true, status: true, attempt: true }).shape,
  since: z.string().describe("When its last attempt began"),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  error: RunRecordSchema.shape.error,
});
export type Job = z.infer<typeof JobSchema>;

async function jobOf(ports: ApiPorts, run: RunRecord): Promise<Job> {
  const { run_id, owner, machine, pack_id, model_id, attempt, created_at, resumed_at, ended_at, error } = run;
  const status = await liveStatus(ports, run);
  return { run_id, owner, machine, pack_id, model_id, status, attempt, since: resumed_at ?? created_at, created_at, ended_at, error };
}

/** The run, whoever owns it. @throws NOT_FOUND */
async function anyRun({ metadata }: ApiPorts, runId: string): Promise<StoredRun> {
  const found = await findRun(metadata, runId);
  if (found !== undefined) return found;
  throw new SigmaError("NOT_FOUND", `No run "${runId}".`, { run_id: runId });
}

/** Runs are listed for one owner: no index holds those of all, and nothing of the product scans a table. */
export const adminJobRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/admin/jobs",
    tag: "admin",
    admin: true,
    summary: "Runs of an owner, newest first",
    query: z.strictObject({
      owner: OwnerSchema,
      status: z
        .enum(RUN_STATUSES)
        .optional()
        .describe("As recorded; a run whose process died is found under running until somebody notices"),
      machine: z.enum(MACHINES).optional(),
      ...pageQuery,
    }),
    answers: { 200: { description: "A page of runs", schema: pageSchema(JobSchema) } },
    handler: async ({ ports, query: { owner, status, machine, ...place } }) => {
      const filter = { ...(status === undefined ? {} : { status }), ...(machine === undefined ? {} : { machine }) };
      const { rows, nextCursor } = await listRuns(ports.metadata, owner, filter, placeOf(place));
      return page(await Promise.all(rows.map((run) => jobOf(ports, run))), nextCursor);
    },
  }),
  defineRoute({
    method: "post",
    path: "/admin/jobs/{run_id}/retry",
    tag: "admin",
    admin: true,
    summary: "Goes on with a failed, canceled or interrupted run from its finished steps, within its owner's quotas",
    params: RunParams,
    answers: {
      202: { description: "The run goes on", schema: JobSchema },
      200: { description: "The run has succeeded already", schema: JobSchema },
    },
    handler: async ({ ports, params }) => {
      const run = await goOnWith(ports, await anyRun(ports, params.run_id));
      return json(await jobOf(ports, run), run.status === "succeeded" ? 200 : 202);
    },
  }),
  defineRoute({
    method: "delete",
    path: "/admin/jobs/{run_id}",
    tag: "admin",
    admin: true,
    summary: "Cancels a run. Nothing of it starts afterwards; what is done stays",
    params: RunParams,
    answers: { 200: { description: "The run as it stands", schema: JobSchema } },
    handler: async ({ ports, params: { run_id } }) => {
      await cancelRun(ports, (await anyRun(ports, run_id)).run.owner, run_id);
      return json(await jobOf(ports, (await anyRun(ports, run_id)).run));
    },
  }),
];
