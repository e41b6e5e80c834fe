import { evaluationInput } from "#functions/shared/evaluation-input.ts";
import { loadDevelopment, loadPredictions } from "#functions/shared/evaluation-plan.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { TradeLog } from "#lib/backtest/trade-log.ts";
import type { EdgeSpec } from "#lib/market-data/simulate/edge/edge.schema.ts";
import { edgeFeature } from "#lib/market-data/simulate/edge/edge-rule.ts";
import { edgeTheoryOf } from "#lib/market-data/simulate/edge/edge-theory.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";

const SESSIONS_PER_YEAR = 252;

export type VariantTruth = {
  /** Annual, net, as the product measures it. */
  readonly measured: number;
  /** Annual, net: the same positions and costs, each session's return replaced by what was to be expected of it. */
  readonly expected: number;
};

/**
 * What a variant's positions were worth in truth. Only who planted the edge knows each bar's mean; the positions are the product's own.
 *
 * @param plan - of a sweep whose folds are fitted, on daily bars of `plantEdge` with this specification
 */
export async function variantTruth(
  artifacts: ArtifactStore,
  plan: EvaluationPlan,
  params: VariantParams,
  spec: EdgeSpec,
): Promise<VariantTruth> {
  const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
  const { evaluation } = evaluatePaths(preparePaths(evaluationInput(plan, matrix, predictions, null)), params);
  const { daily, trades, metrics } = evaluation;
  const total = expectedGain(trades, barMeans(matrix, spec));
  const mean = daily.reduce((sum, value) => sum + value, 0) / daily.length;
  const deviation = Math.sqrt(daily.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (daily.length - 1));
  return { measured: metrics.sharpe ?? 0, expected: (total / daily.length / deviation) * Math.sqrt(SESSIONS_PER_YEAR) };
}

/** Mean of each bar's return from open to close, known at the close before: the nights are fair. */
function barMeans(matrix: Matrix, spec: EdgeSpec): Float64Array {
  const { effect } = edgeTheoryOf(spec);
  const deviation = Math.sqrt((spec.annual_volatility ** 2 / SESSIONS_PER_YEAR) * (1 - spec.overnight_share));
  const bars = {
    symbol: "",
    cadence: "daily" as const,
    length: matrix.rows,
    start: matrix.barStart,
    end: matrix.ts,
    factor: matrix.factor,
  };
  const { open, high, low, close, volume } = matrix;
  const feature = edgeFeature({ ...bars, open, high, low, close, volume }, spec);
  return feature.map((_, row) => (row === 0 ? 0 : Math.expm1(deviation * effect * feature[row - 1]!)));
}

/** Sum over all trades of what each was to be expected to earn, over the equity at its entry, net of what it cost. */
function expectedGain({ count, entryRow, exitRow, side, notional, equity, cost }: TradeLog, means: Float64Array): number {
  let total = 0;
  for (let i = 0; i < count; i++) {
    let mean = 0;
    for (let row = entryRow[i]!; row <= exitRow[i]!; row++) mean += means[row]!;
    total += side[i]! * mean * (notional[i]! / equity[i]!) - cost[i]!;
  }
  return total;
}
