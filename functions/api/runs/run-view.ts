import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { MACHINES } from "#lib/ports/workflow.ts";
import { latestProgress } from "#lib/runs/progress.ts";
import { RUN_STATUSES, RunIdSchema, type RunRecord } from "#lib/runs/run-record.schema.ts";
import type { ApiPorts } from "../api-deps.ts";

/** A run as its owner sees it. */
export const RunViewSchema = z.strictObject({
  run_id: RunIdSchema,
  machine: z.enum(MACHINES),
  pack_id: IdSchema.nullable(),
  model_id: IdSchema.nullable(),
  tag: z.string().nullable(),
  status: z.enum(RUN_STATUSES).describe("interrupted: its process died; POST .../resume goes on with it"),
  attempt: z.int().positive(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  progress: z.strictObject({
    done: z.int().nonnegative().describe("Finished steps"),
    expected: z.int().nullable().describe("Steps in all, as far as is known; null = nothing is planned yet"),
    share: z.number().min(0).max(1),
  }),
  step: z.string().nullable().describe("The step that finished last"),
  message: z.string().nullable(),
  outputs: JsonSchema.nullable().describe("What the steps found, by step; null until the run has succeeded"),
  error: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
  links: z.record(z.string(), z.string()),
});
export type RunView = z.infer<typeof RunViewSchema>;

/** A run this young may not have reached its engine yet. */
const STARTING_MS = 5_000;

export async function runView(ports: ApiPorts, run: RunRecord): Promise<RunView> {
  const [status, { share, last }] = await Promise.all([liveStatus(ports, run), latestProgress(ports.metadata, run.run_id)]);
  const { run_id, machine, pack_id, model_id, tag, attempt, created_at, ended_at, error } = run;
  const outputs = resultsOf(run);
  return {
    run_id,
    machine,
    pack_id,
    model_id,
    tag,
    status,
    attempt,
    created_at,
    ended_at,
    progress: { done: last?.done ?? 0, expected: last?.expected ?? null, share: status === "succeeded" ? 1 : share },
    step: last?.step ?? null,
    message: last?.message ?? null,
    outputs: outputs as RunView["outputs"],
    error,
    links: linksOf(run, outputs),
  };
}

/** The record's status, unless it still says "running" and nothing executes the run any more. */
export async function liveStatus(
  { workflow, clock }: Pick<ApiPorts, "workflow" | "clock">,
  { run_id, status, created_at }: RunRecord,
): Promise<RunRecord["status"]> {
  if (status !== "running") return status;
  try {
    const execution = await workflow.describe(run_id);
    return execution.status === "interrupted" ? "interrupted" : "running";
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "NOT_FOUND") throw error;
    return clock.now() - Date.parse(created_at) > STARTING_MS ? "interrupted" : "running";
  }
}

type Outputs = { readonly [key: string]: unknown };

/** A machine's output is its input with a result for each step; only the results are shown. */
function resultsOf({ outputs, input }: RunRecord): Outputs | null {
  if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs)) return null;
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => key !== "run_id" && key !== "owner" && !Object.hasOwn(input, key)));
}

/** What a backtest or a sweep found, under the name that its machine gives it. */
export function evaluationOf(
  outputs: unknown,
): { readonly sweep_id?: unknown; readonly plots?: unknown; readonly report_key?: unknown; readonly tear_sheet_key?: unknown } | undefined {
  const { backtest, sweep, result } = (outputs ?? {}) as Record<string, object | undefined>;
  return backtest ?? sweep ?? result;
}

function linksOf({ run_id, machine, model_id, pack_id }: RunRecord, outputs: Outputs | null): Record<string, string> {
  const links: Record<string, string> = { self: `/v1/runs/${run_id}`, events: `/v1/runs/${run_id}/events` };
  if (model_id !== null && pack_id !== null) links["model"] = `/v1/models/${model_id}?pack_id=${pack_id}`;
  if (machine === "backtest") links["backtest"] = `/v1/backtest_runs/${run_id}`;
  const result = evaluationOf(outputs) ?? {};
  if (typeof result.sweep_id === "string") {
    links["sweep"] = `/v1/sweeps/${result.sweep_id}`;
    links["results"] = `/v1/sweeps/${result.sweep_id}/results`;
    links["leaderboard"] = `/v1/leaderboard?sweep_id=${result.sweep_id}`;
  }
  if (typeof result.tear_sheet_key === "string") links["tear_sheet"] = `/v1/artifacts/${result.tear_sheet_key}`;
  if (Array.isArray(result.plots)) {
    for (const key of result.plots.filter((plot) => typeof plot === "string")) {
      links[`plot_${String(key.split("/").at(-1)).replace(/\.svg$/, "")}`] = `/v1/artifacts/${key}`;
    }
  }
  const matrix = outputs?.["matrix"] as { matrix_sha?: unknown } | undefined;
  if (typeof matrix?.matrix_sha === "string") links["matrix"] = `/v1/matrices/${matrix.matrix_sha}`;
  if (machine === "signals") links["signals"] = "/v1/signals";
  return links;
}
