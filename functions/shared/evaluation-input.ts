import type { EvaluationInput } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { modelRule } from "#lib/backtest/options/contract-rule.ts";
import type { ContractTape } from "#lib/backtest/options/contract-tape.ts";
import { tradableSides } from "#lib/backtest/selection.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { isSessionBound } from "./session-bound.ts";

/** Whether each direction has a share of the instrument's own return that skill must not be credited with. */
const DIRECTIONAL: Readonly<Record<EvaluationPlan["direction"], boolean>> = { long_only: true, short_only: true, long_short: true };

/** False for strategies that are neutral to the market: their returns are judged as they are. */
export const isDirectional = ({ direction }: Pick<EvaluationPlan, "direction">): boolean => DIRECTIONAL[direction];

/**
 * What the simulator needs of a plan. One mapping for backtest, sweep, holdout look and live scoring.
 *
 * @param contracts - of the matrix's rows, when the model trades options
 */
export function evaluationInput(
  plan: EvaluationPlan,
  matrix: Matrix,
  predictions: readonly FoldPrediction[],
  contracts: ContractTape | null,
): EvaluationInput {
  const { config, policy, strategy, direction } = plan;
  return {
    matrix,
    predictions,
    policy,
    strategy,
    sides: tradableSides(direction, policy.execution.option_type),
    allowedHours: config.allowed_hours,
    sessionBound: isSessionBound(config),
    volatilityTarget: plan.risk_profile.sizing.volatility_target,
    longestHoldBars: plan.longest_hold_bars,
    directional: isDirectional(plan),
    ...(plan.risk_free === null ? {} : { riskFree: riskFreeOf(plan.risk_free) }),
    ...(contracts === null
      ? {}
      : { options: { contracts, rule: modelRule(policy, config), riskPerTrade: plan.risk_profile.sizing.risk_per_trade } }),
  };
}

const riskFreeOf = ({ symbol, sessions, returns }: NonNullable<EvaluationPlan["risk_free"]>) => ({
  stamp: `rf=${symbol}`,
  returns: new Map(sessions.map((session, i) => [session, returns[i]!])),
});
