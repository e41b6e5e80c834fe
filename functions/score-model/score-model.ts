import * as z from "zod";
import { type EvaluationContext, prepareEvaluation, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { executionTerms } from "#lib/backtest/execution.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { confidenceSize } from "#lib/backtest/selection.ts";
import { IdSchema } from "#lib/core/ids.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { OwnerSchema, RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { composeSignal } from "#lib/signals/compose-signal.ts";
import { assessHealth } from "#lib/signals/data-health.ts";
import { decisionReasons } from "#lib/signals/explain-decision.ts";
import { holdEnd, nextBarEnd } from "#lib/signals/hold-end.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import { addSignal } from "#lib/signals/signal-store.ts";
import { decodeBundle, type ModelBundle } from "#lib/training/model-bundle.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { loadPlan } from "../shared/evaluation-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep } from "../shared/step.ts";

const ScoreModelInputSchema = z.strictObject({
  run_id: RunIdSchema,
  model: z.strictObject({ owner: OwnerSchema, trained_model_id: IdSchema, as_of: z.iso.datetime().nullable() }),
});

/**
 * State `ScoreModel`: builds the newest row with the code that built the matrix, scores it, applies the policy with the code
 * that backtested it, and stores the signal once.
 */
export const createScoreModel = defineStep({
  name: "ScoreModel",
  input: ScoreModelInputSchema,
  item: ({ model }) => model.trained_model_id,
  run: async (ports: StepPorts, { model: { owner, trained_model_id, as_of } }) => {
    const { artifacts, metadata, clock } = ports;
    const { model } = await readTrainedModel(metadata, owner, trained_model_id);
    if (model.status !== "published") return { signal_key: null, signal: null, confidence: null, is_new: false };
    const plan = await loadPlan(artifacts, owner, model.plan.sha256);
    const bundle = decodeBundle((await artifacts.get(model.refit.key, model.refit.sha256)).bytes);
    const now = as_of === null ? clock.now() : Date.parse(as_of);
    const matrix = await matrixUntil(ports, plan, now);
    const context = prepareEvaluation({ ...evaluationInput(plan, matrix, [livePrediction(matrix, bundle)]), longestHoldBars: 0 });
    const signal = composeSignal(
      model,
      decide({
        plan,
        matrix,
        bundle,
        context,
        now,
        createdAt: clock.now(),
        replay: as_of !== null,
        params: requiredParams(model.variant?.params),
      }),
    );
    const stored = await addSignal(metadata, signal);
    return {
      signal_key: { owner, signal_id: stored.signal.signal_id },
      signal: stored.signal.signal,
      confidence: stored.signal.confidence,
      is_new: stored.isNew,
    };
  },
  message: ({ signal, confidence, is_new }, { model }) =>
    signal === null
      ? `${model.trained_model_id} is not published`
      : `${model.trained_model_id}: ${signal}, confidence ${confidence?.toFixed(3)}${is_new ? "" : " (already written)"}`,
});

/** The matrix with every bar that has closed by a moment. Later bars are not even read. */
async function matrixUntil(ports: StepPorts, plan: EvaluationPlan, now: number): Promise<Matrix> {
  const { provider, symbol, seed } = plan.config.data;
  const series = await ports.marketData.bars({
    owner: plan.owner,
    provider,
    symbol,
    cadence: plan.config.cadence,
    window: { start: null, end: null },
    ...(seed === undefined ? {} : { seed }),
  });
  const { bars } = series;
  let closed = bars.length;
  while (closed > 0 && bars.end[closed - 1]! > now) closed -= 1;
  if (closed === 0)
    throw new SigmaError("DATA_UNAVAILABLE", `No bar of "${symbol}" had closed by ${new Date(now).toISOString()}.`, { symbol });
  const cut = <A extends Float64Array>(array: A) => array.subarray(0, closed) as Float64Array;
  const known = {
    ...series,
    bars: {
      ...bars,
      length: closed,
      start: cut(bars.start),
      end: cut(bars.end),
      open: cut(bars.open),
      high: cut(bars.high),
      low: cut(bars.low),
      close: cut(bars.close),
      volume: cut(bars.volume),
      factor: cut(bars.factor),
    },
  };
  const config = { ...plan.config, window: { start: plan.config.window.start, end: null } };
  const spec = matrixSpecOf(config, plan.indicator_entries as never, symbol, series.facts);
  return matrixOf(spec, prepareMatrix(spec, known));
}

/** The model's word on every row after its training, in the form that the backtest reads. */
function livePrediction(matrix: Matrix, bundle: ModelBundle): FoldPrediction {
  const names = matrix.info.features.map(({ name }) => name);
  const { featureNames, classes } = bundle.model;
  if (names.length !== featureNames.length || names.some((name, i) => name !== featureNames[i])) {
    throw new SigmaError("MODEL_INVALID", "The model was trained on other features than its data give now. Train it again.", {
      trained_on: featureNames.length,
      found: names.length,
    });
  }
  let testStart = matrix.rows - 1;
  while (testStart > 0 && matrix.ts[testStart - 1]! > bundle.trainLastTs) testStart -= 1;
  const rows = matrix.features.map((column) => column.slice(testStart));
  return {
    schemaVersion: 1,
    fold: 0,
    testStart,
    testEnd: matrix.rows,
    classes,
    baseRates: bundle.baseRates,
    probabilities: bundle.calibrator.apply(bundle.model.predict(rows)),
    slice: bundle.slice,
    trainRows: bundle.trainRows,
    effectiveRows: bundle.trainRows,
    trainFirstTs: bundle.trainFirstTs,
    trainLastTs: bundle.trainLastTs,
    embargoBars: 0,
    calibration: { method: bundle.calibrator.kind, reason: null },
    notes: [],
  };
}

interface Decision {
  readonly plan: EvaluationPlan;
  readonly matrix: Matrix;
  readonly bundle: ModelBundle;
  readonly context: EvaluationContext;
  readonly now: number;
  readonly createdAt: number;
  readonly replay: boolean;
  readonly params: NonNullable<EvaluationPlan["variants"][number]["params"]>;
}

function decide({ plan, matrix, context, now, createdAt, replay, params }: Decision): Parameters<typeof composeSignal>[1] {
  const row = matrix.rows - 1;
  const { policy, config } = plan;
  const sheet = context.sheet(params.threshold_mode);
  const { orders } = selectOrders(context, params);
  const health = assessHealth({
    cadence: config.cadence,
    barEnd: matrix.ts[row]!,
    now,
    close: matrix.close[row]!,
    features: matrix.features.map((column) => column[row]!),
  });
  const [prediction] = context.input.predictions as [FoldPrediction];
  const at = row - prediction.testStart;
  const p = (label: number): number => prediction.probabilities[prediction.classes.indexOf(label)]?.[at] ?? Number.NaN;
  const base = (label: number): number => prediction.baseRates[prediction.classes.indexOf(label)] ?? Number.NaN;
  const cuts = params.top_pct === null || params.top_pct === 1 ? null : sheet.cuts(params.top_pct);
  const cut = cuts === null ? null : cuts[row]!;
  const preferred = sheet.side[row]!;
  const side = health.length > 0 ? 0 : orders.side[row]!;
  const momentumMin = params.momentum_min ?? (policy.execution.momentum_gate ? policy.execution.momentum_min : null);
  const filterBits = context.filter(params.hours, momentumMin)[row]!;
  const { terms } = executionTerms(
    {
      policy,
      label: config.label,
      sessionBound: context.input.sessionBound,
      volatilityTarget: context.input.volatilityTarget,
      exitKind: plan.strategy === null ? "brackets" : plan.strategy.exit.kind,
    },
    params,
  );
  const probabilities: Signal["probabilities"] = {
    up: p(1),
    down: p(-1),
    flat: prediction.classes.includes(0) ? p(0) : null,
    base_up: base(1),
    base_down: base(-1),
  };
  const thresholds: Signal["thresholds"] = {
    mode: params.threshold_mode,
    threshold: params.threshold,
    top_pct: params.top_pct,
    top_cut: cut === null || !Number.isFinite(cut) ? null : cut,
    side_value: sheet.confidence[row]!,
  };
  const close = matrix.close[row]!;
  const size = policy.execution.size_by_conf ? confidenceSize(sheet.probability[row]!, policy.execution.conf_cap) : 1;
  const brackets = bracketPrices(context, terms.brackets, row, preferred, close);
  return {
    decisionTime: matrix.ts[row]!,
    createdAt,
    replay,
    ticker: config.ticker,
    riskProfile: plan.risk_profile.name,
    side,
    preferred,
    // Of the side that the signal speaks of; without one, of the likelier.
    confidence: preferred === 0 ? Math.max(p(1), p(-1)) : p(preferred),
    probabilities,
    thresholds,
    reasons: decisionReasons({
      preferred,
      side,
      thresholds,
      probabilities,
      health,
      filterAllows: (filterBits & (preferred > 0 ? 1 : 2)) !== 0,
      holdBars: terms.holdBars,
    }),
    close,
    entry: config.label.entry,
    orderType: terms.orderType === "market" ? "market" : "limit",
    limitPrice:
      terms.orderType === "market" ? null : close * (1 + (side * (terms.orderType === "limit_buffer" ? terms.limitBufferBps : 0)) / 10_000),
    notional: policy.risk.max_exposure * terms.capitalShare * size,
    stopLoss: brackets.stop,
    takeProfit: brackets.target,
    exitBy: holdEnd(sessionDateOf(matrix.barStart[row]!), matrix.ts[row]!, config.cadence, terms.holdBars),
    validUntil: nextBarEnd(sessionDateOf(matrix.barStart[row]!), matrix.ts[row]!, config.cadence),
  };
}

/** Stop and target in raw prices, measured from the close of the decision bar. */
function bracketPrices(
  context: EvaluationContext,
  brackets: ReturnType<typeof executionTerms>["terms"]["brackets"],
  row: number,
  side: number,
  close: number,
) {
  if (brackets === null || side === 0) return { stop: null, target: null };
  const scale = close / context.tape.close[row]!;
  const unit = brackets.mode === "atr" ? context.tape.atr(brackets.atrPeriod)[row]! * scale : close;
  const stopDistance = brackets.stop === null ? null : brackets.stop * unit;
  const targetDistance =
    brackets.target === null
      ? null
      : brackets.mode === "atr"
        ? brackets.target * unit
        : stopDistance === null
          ? null
          : brackets.target * stopDistance;
  return {
    stop: stopDistance === null ? null : close - side * stopDistance,
    target: targetDistance === null ? null : close + side * targetDistance,
  };
}

function requiredParams(params: EvaluationPlan["variants"][number]["params"] | undefined): EvaluationPlan["variants"][number]["params"] {
  if (params) return params;
  throw new SigmaError("MODEL_INVALID", "The trained model names no variant, so nothing says when it trades. Train it again.");
}
