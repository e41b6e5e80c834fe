import { annualReturn } from "./annual-return.ts";
import { calmarRatio } from "./calmar.ts";
import { equityPath } from "./drawdown.ts";
import { excessReturns } from "./excess-returns.ts";
import { moments } from "./moments.ts";
import type { BenchmarkMetrics } from "./run-metrics.schema.ts";
import { MIN_SHARPE_SESSIONS, sharpeOfMoments } from "./sharpe.ts";

/**
 * Buy-and-hold over the same sessions, without costs. It depends on the sessions only, so a sweep computes it once.
 *
 * @param returns - of the instrument, one a session
 * @param riskFree - taken off before the Sharpe ratio; null = nothing is
 */
export function benchmarkMetrics(returns: Float64Array, sessionsPerYear: number, riskFree: Float64Array | null = null): BenchmarkMetrics {
  const sessions = returns.length;
  const path = equityPath(returns);
  const shape = moments(returns);
  const excess = riskFree === null ? shape : moments(excessReturns(returns, riskFree));
  const annual = annualReturn(path.totalReturn, sessions, sessionsPerYear);
  const year = Math.sqrt(sessionsPerYear);
  return {
    total_return: known(sessions === 0 ? Number.NaN : path.totalReturn),
    annual_return: known(annual),
    volatility: known(shape.sd * year),
    sharpe: known(sessions < MIN_SHARPE_SESSIONS ? Number.NaN : sharpeOfMoments(excess) * year),
    max_drawdown_pct: known(sessions === 0 ? Number.NaN : 100 * path.maxDrawdown),
    calmar: known(calmarRatio(annual, path.maxDrawdown, sessions)),
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
