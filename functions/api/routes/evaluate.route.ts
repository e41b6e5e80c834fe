import * as z from "zod";
import { readTier } from "#lib/accounts/account-store.ts";
import { requireSweep } from "#lib/accounts/tier-limits.ts";
import { BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { readRun } from "#lib/runs/run-store.ts";
import { CalibrateBracketsSchema, type CalibrateRequest, CalibrateThresholdsSchema } from "#lib/sweeps/calibrate.schema.ts";
import { isClassic, isComposed, type SweepRequest, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";
import { requireModelFacts } from "../runs/model-facts.ts";
import { backtestFieldsOf, evaluationRequestOf, PipelineRequestSchema } from "../runs/pipeline-request.schema.ts";
import { requestModelRun } from "../runs/request-model-run.ts";
import { payloadOf } from "../runs/request-payload.ts";
import { evaluationOf, RunViewSchema, runView } from "../runs/run-view.ts";
import { RunParams } from "./runs.route.ts";

const example = { pack_id: "swingsigma", model_id: "spx_eq_swing_daily" };

/** Starts a sweep after its grid has been found to be one: what is wrong with the request is said before anything runs. */
async function startSweep(call: Parameters<typeof acceptRun>[0], body: SweepRequest) {
  const { ports, owner } = call;
  const { pack_id, model_id, ...request } = body;
  const { expandSweep } = await import("../../shared/sweep-request.ts");
  const { composed, variants } = await expandSweep(ports, owner, body);
  const tier = await readTier(ports.metadata, owner, call.deps.mode);
  requireSweep(tier, { isSimple: isSimple(body), variants: variants.length });
  const started = await requestModelRun(ports, {
    owner,
    tier: await readTier(ports.metadata, owner, call.deps.mode),
    machine: "sweep",
    packId: pack_id,
    modelId: model_id,
    tag: body.tag,
    request: payloadOf(request),
    ...(composed.length === 0 ? {} : { basis: composed.map(({ model }) => ({ ...model.lineage })) }),
  });
  return acceptRun(call, started);
}

/** The grid of the model's cadence or a preset of it, over the model as it is. */
const isSimple = (request: SweepRequest): boolean => request.mode === "simple" && !isClassic(request) && !isComposed(request);

/** A pipeline builds the model's own matrix and no other. */
function requireOneFit(request: SweepRequest): void {
  if (!isComposed(request)) return;
  const field = request.mode === "composition" ? "mode" : "hours_scope";
  throw new SigmaError(
    "INVALID_PARAM",
    "A pipeline sweeps the model as it is. Build it, then start the sweep over compositions by itself: POST /sweeps.",
    { field },
    { fieldErrors: [{ path: field, issue: "compositions are swept by POST /sweeps" }] },
  );
}

/** A field that would do nothing is refused, before anybody trusts that it did. */
function requireNone(fields: readonly string[]): void {
  if (fields.length === 0) return;
  throw new SigmaError(
    "INVALID_PARAM",
    `${fields.join(", ")}: only a backtest takes this. Set evaluate to "backtest", or say it to the sweep as axes.`,
    { field: fields[0]! },
    { fieldErrors: fields.map((path) => ({ path, issue: 'needs evaluate "backtest"' })) },
  );
}

const sweepRoute = (path: string): AnyRoute =>
  defineRoute({
    method: "post",
    path,
    needsMatrix: true,
    tag: "evaluate",
    summary: "Evaluates a grid of executions over out-of-sample predictions and judges all of them together",
    body: SweepRequestSchema,
    bodyExample: { ...example, mode: "simple" },
    startsRun: true,
    classic: true,
    answers: RUN_ANSWERS,
    handler: (call) => startSweep(call, call.body),
  });

/** Starts a calibration: long work, as it fits inner folds of its own. */
const calibrateRoute = (
  kind: CalibrateRequest["kind"],
  body: typeof CalibrateThresholdsSchema | typeof CalibrateBracketsSchema,
): AnyRoute =>
  defineRoute({
    method: "post",
    path: `/calibrate_${kind}`,
    needsMatrix: true,
    tag: "evaluate",
    summary: `Chooses ${kind} on inner folds of the rows before the first test block; all that it tries counts as trials`,
    body: body as typeof CalibrateThresholdsSchema,
    bodyExample: example,
    classic: true,
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner } = call;
      const { pack_id, model_id, ...request } = call.body;
      const started = await requestModelRun(ports, {
        owner,
        tier: await readTier(ports.metadata, owner, call.deps.mode),
        machine: "calibrate",
        packId: pack_id,
        modelId: model_id,
        tag: request.tag ?? null,
        request: payloadOf({ kind, ...request }),
      });
      return acceptRun(call, started);
    },
  });

export const evaluateRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/backtest",
    needsMatrix: true,
    tag: "evaluate",
    summary: "Purged out-of-sample backtest of one or more thresholds: walk-forward, k-fold or combinatorial",
    body: BacktestRequestSchema,
    bodyExample: { ...example, thresholds: [0.05, 0.1] },
    classic: true,
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body } = call;
      const { pack_id, model_id, ...request } = body;
      const started = await requestModelRun(ports, {
        owner,
        tier: await readTier(ports.metadata, owner, call.deps.mode),
        machine: "backtest",
        packId: pack_id,
        modelId: model_id,
        tag: body.tag,
        request: payloadOf(request),
      });
      return acceptRun(call, started);
    },
  }),
  defineRoute({
    method: "get",
    path: "/backtest_runs/{run_id}",
    tag: "evaluate",
    summary: "A backtest's run with its report: folds, metrics, significance, gate",
    params: RunParams,
    answers: {
      200: {
        description: "Run and report; the report is null until the run has succeeded",
        schema: z.strictObject({ run: RunViewSchema, report: BacktestReportSchema.nullable() }),
      },
    },
    handler: async ({ ports, owner, params: { run_id } }) => {
      const { run } = await readRun(ports.metadata, owner, run_id);
      const view = await runView(ports, run);
      const key = evaluationOf(view.outputs)?.report_key;
      if (run.machine !== "backtest" && key === undefined)
        throw new SigmaError("NOT_FOUND", `Run "${run_id}" is a ${run.machine}, no backtest.`, { run_id, machine: run.machine });
      if (typeof key !== "string" || !key.startsWith(`owners/${owner}/`)) return json({ run: view, report: null });
      const { bytes } = await ports.artifacts.get(key);
      return json({ run: view, report: JSON.parse(new TextDecoder().decode(bytes)) });
    },
  }),
  sweepRoute("/backtest_sweep"),
  sweepRoute("/sweeps"),
  calibrateRoute("thresholds", CalibrateThresholdsSchema),
  calibrateRoute("brackets", CalibrateBracketsSchema),
  defineRoute({
    method: "post",
    path: "/pipeline",
    tag: "evaluate",
    summary: "Build, then backtest or sweep, then train when the gate passes and the request allows it",
    body: PipelineRequestSchema,
    bodyExample: { ...example, evaluate: "sweep", train_when_passed: false },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body } = call;
      const { pack_id, model_id, evaluate, train_when_passed, start, end, force, ticker, distance_max, tag } = body;
      await requireModelFacts(ports, owner, { pack_id, model_id, ticker, distance_max });
      if (evaluate === "sweep") requireNone(backtestFieldsOf(body));
      const evaluation = evaluationRequestOf(body);
      const inner =
        evaluate === "sweep"
          ? { sweep: parseOr("INVALID_PARAM", SweepRequestSchema, evaluation, "The sweep request") }
          : { backtest: parseOr("INVALID_PARAM", BacktestRequestSchema, evaluation, "The backtest request") };
      if (inner.sweep) {
        requireOneFit(inner.sweep);
        const { expandSweep } = await import("../../shared/sweep-request.ts");
        const { variants } = await expandSweep(ports, owner, inner.sweep);
        const tier = await readTier(ports.metadata, owner, call.deps.mode);
        requireSweep(tier, { isSimple: isSimple(inner.sweep), variants: variants.length });
      }
      const started = await requestModelRun(ports, {
        owner,
        tier: await readTier(ports.metadata, owner, call.deps.mode),
        machine: "pipeline",
        packId: pack_id,
        modelId: model_id,
        tag,
        request: payloadOf({ evaluate, train_when_passed, start: start ?? undefined, end: end ?? undefined, force, ...inner }),
      });
      return acceptRun(call, started);
    },
  }),
];
