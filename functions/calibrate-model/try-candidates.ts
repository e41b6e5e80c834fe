import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { fitFold } from "#lib/backtest/fit-fold.ts";
import type { ContractTape } from "#lib/backtest/options/contract-tape.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { SplitsSchema } from "#lib/backtest/splits.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { excessReturns } from "#lib/metrics/excess-returns.ts";
import type { CalibrationCandidate } from "#lib/sweeps/calibrate.schema.ts";
import { createSignificanceCollector } from "#lib/sweeps/significance.ts";
import { evaluationInput, isDirectional } from "../shared/evaluation-input.ts";

const SESSIONS_PER_YEAR = 252;

/** What the candidates were worth. */
export interface Tried {
  readonly candidates: readonly CalibrationCandidate[];
  readonly significance: ReturnType<typeof createSignificanceCollector>;
  readonly innerFolds: number;
}

/** Predicts every row by models of inner purged folds that did not see it, and trades each candidate on these predictions. */
export function tryAll(plan: EvaluationPlan, matrix: Matrix, contracts: ContractTape | null): Tried {
  const { inner_folds } = plan.splits;
  const inner = SplitsSchema.parse({ kind: "purged_kfold", splits: inner_folds, inner_folds, holdout_share: 0 });
  const { folds } = outerFolds(matrix, inner);
  const predictions = folds.map((fold) => fitFold(matrix, fold, plan.config.learner, inner_folds));
  const prepared = preparePaths(evaluationInput(plan, matrix, predictions, contracts));
  const { instrumentReturns, riskFree } = prepared.contexts[0]!;
  const significance = createSignificanceCollector({
    instrumentReturns: excessReturns(instrumentReturns, riskFree),
    sessionsPerYear: SESSIONS_PER_YEAR,
  });
  const candidates = plan.variants.map(({ variant_id, params }): CalibrationCandidate => {
    const { evaluation } = evaluatePaths(prepared, params);
    significance.add({ variant_id, dailyReturns: excessReturns(evaluation.daily, riskFree), directional: isDirectional(plan) });
    return {
      hour: params.hours?.[0] ?? null,
      threshold: params.threshold,
      stop_loss: params.stop_loss,
      take_profit: params.take_profit,
      time_stop_bars: params.time_stop_bars,
      trades: evaluation.metrics.trades,
      residual_sharpe: evaluation.metrics.residual.sharpe,
      total_return: evaluation.metrics.total_return,
    };
  });
  return { candidates, significance, innerFolds: folds.length };
}
