import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { MACHINES, type MachineName } from "#lib/ports/workflow.ts";
import { recordOutcome } from "#lib/runs/record-outcome.ts";
import { RUN_STATUSES, RunIdSchema, type RunRecord } from "#lib/runs/run-record.schema.ts";
import { listRuns, readRun, type StoredRun } from "#lib/runs/run-store.ts";
import { resumeRun } from "#lib/runs/start-run.ts";
import type { ApiPorts } from "../api-deps.ts";
import { type Answer, json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";
import { RunViewSchema, runView } from "../runs/run-view.ts";

export const RunParams = z.strictObject({ run_id: RunIdSchema });

const filters = {
  pack_id: IdSchema.optional(),
  model_id: IdSchema.optional(),
  status: z.enum(RUN_STATUSES).optional().describe("As recorded; a run whose process died is found under running until somebody notices"),
  tag: z.string().min(1).max(64).optional(),
};
const RunsQuery = z.strictObject({ machine: z.enum(MACHINES).optional(), ...filters, ...pageQuery });
const MachineRunsQuery = z.strictObject({ ...filters, ...pageQuery });

async function runPage(ports: ApiPorts, owner: string, machine: MachineName | undefined, query: z.output<typeof MachineRunsQuery>) {
  const { pack_id, model_id, status, tag } = query;
  const { rows, nextCursor } = await listRuns(
    ports.metadata,
    owner,
    {
      ...(machine === undefined ? {} : { machine }),
      ...(pack_id === undefined ? {} : { packId: pack_id }),
      ...(model_id === undefined ? {} : { modelId: model_id }),
      ...(status === undefined ? {} : { status }),
      ...(tag === undefined ? {} : { tag }),
    },
    placeOf(query),
  );
  return page(await Promise.all(rows.map((run) => runView(ports, run))), nextCursor);
}

const machineRuns = (path: string, machine: MachineName): AnyRoute =>
  defineRoute({
    method: "get",
    path,
    tag: "runs",
    summary: `Runs of the ${machine} machine, newest first`,
    query: MachineRunsQuery,
    classic: true,
    answers: { 200: { description: "A page of runs", schema: pageSchema(RunViewSchema) } },
    handler: ({ ports, owner, query }) => runPage(ports, owner, machine, query),
  });

/** Cancels a run of the owner and answers how it stands. Nothing of it starts afterwards; what is done stays. */
export async function cancelRun(ports: ApiPorts, owner: string, runId: string): Promise<Answer> {
  const { run } = await readRun(ports.metadata, owner, runId);
  if (run.status === "succeeded" || run.status === "failed")
    throw new SigmaError("CONFLICT", `Run "${runId}" has ${run.status} already, so there is nothing to cancel.`, {
      run_id: runId,
      status: run.status,
    });
  if (run.status === "running" || run.status === "interrupted") await stop(ports, run);
  return json(await runView(ports, (await readRun(ports.metadata, owner, runId)).run));
}

/**
 * Goes on with a run from its finished steps; one that runs or has succeeded is left alone.
 *
 * @throws CONFLICT while steps of it are still ending; QUOTA_EXCEEDED when its owner may not run it now
 */
export async function goOnWith(ports: ApiPorts, { run, version }: StoredRun): Promise<RunRecord> {
  const resumed = await resumeRun(ports, run, version);
  if (resumed.status === "running" || resumed.status === "succeeded") return resumed;
  throw new SigmaError("CONFLICT", `Steps of "${run.run_id}" are still ending. Resume it again in a moment.`, {
    run_id: run.run_id,
    status: resumed.status,
  });
}

async function stop(ports: ApiPorts, run: RunRecord): Promise<void> {
  try {
    await ports.workflow.cancel(run.run_id);
  } catch (error) {
    // The process died between the record and the start: there is nothing to stop, only the record to end.
    if (!(error instanceof SigmaError) || error.code !== "NOT_FOUND") throw error;
  }
  await recordOutcome(ports, {
    runId: run.run_id,
    status: "canceled",
    outputs: null,
    error: { code: "RUN_CANCELED", detail: "The run was canceled." },
  });
}

export const runRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/runs",
    tag: "runs",
    summary: "Runs of every machine, newest first",
    query: RunsQuery,
    answers: { 200: { description: "A page of runs", schema: pageSchema(RunViewSchema) } },
    handler: ({ ports, owner, query: { machine, ...query } }) => runPage(ports, owner, machine, query),
  }),
  machineRuns("/build_runs", "build"),
  machineRuns("/backtest_runs", "backtest"),
  machineRuns("/training_runs", "train"),
  defineRoute({
    method: "get",
    path: "/runs/{run_id}",
    tag: "runs",
    summary: "One run: status, progress, outputs, error",
    params: RunParams,
    answers: { 200: { description: "The run", schema: RunViewSchema } },
    handler: async ({ ports, owner, params }) => json(await runView(ports, (await readRun(ports.metadata, owner, params.run_id)).run)),
  }),
  defineRoute({
    method: "post",
    path: "/runs/{run_id}/resume",
    tag: "runs",
    summary: "Goes on with a failed, canceled or interrupted run; finished steps are kept",
    params: RunParams,
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, params } = call;
      const run = await goOnWith(ports, await readRun(ports.metadata, owner, params.run_id));
      return acceptRun(call, { run, isNew: false });
    },
  }),
  defineRoute({
    method: "delete",
    path: "/runs/{run_id}",
    tag: "runs",
    summary: "Cancels a run",
    params: RunParams,
    answers: { 200: { description: "The run as it stands", schema: RunViewSchema } },
    handler: ({ ports, owner, params }) => cancelRun(ports, owner, params.run_id),
  }),
];
