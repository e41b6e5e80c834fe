import type { RunMetrics } from "../metrics/run-metrics.schema.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import type { ScoreRule } from "./pack-rules.ts";

/**
 * Rank of a result after the gate:
 * R min(1, bets / 100) - 0.5 DD / DD limit - 0.2 sd(fold Sharpe) - 0.1 turnover / limit.
 *
 * R is the annual residual Sharpe ratio, or Sortino x 0.7, or Calmar, as the pack's rule says; only a positive R takes the
 * factor of the bets (a loss must not look better for resting on little). A term whose limit is not set is left out.
 *
 * @returns null when a metric that enters is undefined
 */
export function score(metrics: RunMetrics, limits: RiskBudget, rule: ScoreRule): number | null {
  const reward = rewardOf(metrics, rule);
  const { max_drawdown_pct: drawdownLimit, turnover_max: turnoverLimit } = limits;
  const drawdown = drawdownLimit === undefined ? 0 : ratio(metrics.max_drawdown_pct, drawdownLimit);
  const turnover = turnoverLimit === undefined ? 0 : ratio(metrics.turnover, turnoverLimit);
  const spread = metrics.sd_fold_sharpe ?? Number.NaN;
  const earned = reward > 0 ? reward * Math.min(1, metrics.bets / 100) : reward;
  const total = earned - 0.5 * drawdown - 0.2 * spread - 0.1 * turnover;
  return Number.isFinite(total) ? total : null;
}

function rewardOf(metrics: RunMetrics, rule: ScoreRule): number {
  if (rule === "calmar") return metrics.calmar ?? Number.NaN;
  if (rule === "sortino") return 0.7 * (metrics.sortino ?? Number.NaN);
  return metrics.residual.sharpe ?? Number.NaN;
}

const ratio = (value: number | null, limit: number): number => (value ?? Number.NaN) / limit;
