import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type LeaderboardRow, LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { findRun, readRun } from "#lib/runs/run-store.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { type SweepRecord, SweepRecordSchema } from "#lib/sweeps/sweep-record.schema.ts";
import { listSweeps, readSweep } from "#lib/sweeps/sweep-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { pageOf } from "../http/page-of.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { evaluationOf, RunViewSchema, runView } from "../runs/run-view.ts";
import { EstimateSchema } from "../runs/sweep-estimate.schema.ts";
import { CSV_EXAMPLE, rowPage } from "./leaderboard.route.ts";
import { cancelRun } from "./runs.route.ts";

/** A finished sweep by its own id, or any sweep by the id of its run. */
const SweepParams = z.strictObject({
  sweep_id: z.union([z.string().regex(/^swp_[0-9a-f]{24}$/, "must be a sweep's id such as swp_0a1b... or its run's id"), RunIdSchema]),
});

/** The sweep's record, if it has finished, and the id of its run. @throws NOT_FOUND */
async function findSweep(ports: ApiPorts, owner: string, id: string): Promise<{ sweep: SweepRecord | null; runId: string }> {
  if (id.startsWith("swp_")) {
    const sweep = await readSweep(ports.metadata, owner, id);
    return { sweep, runId: sweep.run_id };
  }
  const { run } = await readRun(ports.metadata, owner, id);
  if (run.machine !== "sweep" && run.machine !== "pipeline")
    throw new SigmaError("NOT_FOUND", `Run "${id}" is a ${run.machine}, no sweep.`, { run_id: id, machine: run.machine });
  const sweepId = evaluationOf(run.outputs)?.sweep_id;
  return { sweep: typeof sweepId === "string" ? await readSweep(ports.metadata, owner, sweepId) : null, runId: id };
}

export const sweepRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/sweeps/estimate",
    needsMatrix: true,
    tag: "evaluate",
    summary: "What a sweep will take and cost, and the Sharpe ratio that luck alone would show",
    body: SweepRequestSchema,
    bodyExample: { pack_id: "swingsigma", model_id: "spx_eq_swing_daily", mode: "simple" },
    answers: { 200: { description: "The estimate", schema: EstimateSchema } },
    handler: async ({ deps, owner, body }) => {
      const { estimateRequest } = await import("../runs/sweep-estimate.ts");
      return json(await estimateRequest(deps, owner, body));
    },
  }),
  defineRoute({
    method: "get",
    path: "/sweeps",
    tag: "evaluate",
    summary: "Finished sweeps, newest first; unfinished ones are found among the runs",
    query: z.strictObject({
      pack_id: IdSchema.optional(),
      model_id: IdSchema.optional(),
      tag: z.string().min(1).max(64).optional(),
      ...pageQuery,
    }),
    classic: true,
    answers: { 200: { description: "A page of sweeps", schema: pageSchema(SweepRecordSchema) } },
    handler: async ({ ports, owner, query }) => {
      const { pack_id, model_id, tag } = query;
      const filter = {
        ...(pack_id === undefined ? {} : { packId: pack_id }),
        ...(model_id === undefined ? {} : { modelId: model_id }),
        ...(tag === undefined ? {} : { tag }),
      };
      const { rows, nextCursor } = await listSweeps(ports.metadata, owner, filter, placeOf(query));
      return page(rows, nextCursor);
    },
  }),
  defineRoute({
    method: "get",
    path: "/sweeps/{sweep_id}",
    tag: "evaluate",
    summary: "A sweep with its run",
    params: SweepParams,
    answers: {
      200: {
        description: "The sweep is null until its run has succeeded",
        schema: z.strictObject({ sweep: SweepRecordSchema.nullable(), run: RunViewSchema.nullable() }),
      },
    },
    handler: async ({ ports, owner, params }) => {
      const { sweep, runId } = await findSweep(ports, owner, params.sweep_id);
      const found = await findRun(ports.metadata, runId);
      return json({ sweep, run: found && found.run.owner === owner ? await runView(ports, found.run) : null });
    },
  }),
  defineRoute({
    method: "get",
    path: "/sweeps/{sweep_id}/results",
    tag: "evaluate",
    summary: "Every variant of a sweep, also those that traded alike, best first; JSON or CSV",
    params: SweepParams,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "A page of rows", schema: pageSchema(LeaderboardRowSchema), also: { "text/csv": CSV_EXAMPLE } } },
    handler: async ({ ports, owner, params, query, context }) => {
      const { sweep } = await findSweep(ports, owner, params.sweep_id);
      if (!sweep)
        throw new SigmaError("CONFLICT", `The sweep "${params.sweep_id}" has not finished, so it has no results yet.`, {
          sweep_id: params.sweep_id,
        });
      const { bytes } = await ports.artifacts.get(`owners/${owner}/evaluations/${sweep.plan_key}/sweep.json`);
      const { rows: stored } = JSON.parse(new TextDecoder().decode(bytes)) as { rows: LeaderboardRow[] };
      // The stored table carries no times, so that equal sweeps are equal bytes; they are the sweep's own.
      const all = stored.map((row, i) => ({ place: String(i).padStart(6, "0"), row }));
      const { rows, nextCursor } = pageOf(all, ({ place }) => place, query);
      return rowPage(
        context.req.header("accept"),
        rows.map(({ row }) => ({ ...row, created_at: sweep.created_at, run_id: sweep.run_id })),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "delete",
    path: "/sweeps/{sweep_id}",
    tag: "evaluate",
    summary: "Cancels a sweep that is running",
    params: SweepParams,
    answers: { 200: { description: "The run as it stands", schema: RunViewSchema } },
    handler: async ({ ports, owner, params }) => cancelRun(ports, owner, (await findSweep(ports, owner, params.sweep_id)).runId),
  }),
];
