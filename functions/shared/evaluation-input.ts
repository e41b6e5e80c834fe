import { type EvaluationInput, tradableSides } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";

/** What the simulator needs of a plan. One mapping for backtest, sweep, holdout look and live scoring. */
export function evaluationInput(plan: EvaluationPlan, matrix: Matrix, predictions: readonly FoldPrediction[]): EvaluationInput {
  const { config, policy, strategy, direction } = plan;
  return {
    matrix,
    predictions,
    policy,
    strategy,
    sides: tradableSides(direction, policy.execution.option_type),
    allowedHours: config.allowed_hours,
    sessionBound: config.horizon === "0dte" || config.horizon === "intraday",
    volatilityTarget: plan.risk_profile.sizing.volatility_target,
    longestHoldBars: plan.longest_hold_bars,
  };
}
