import type { PathResult, PathSpread } from "./path-spread.schema.ts";
import type { RunMetrics } from "./run-metrics.schema.ts";

/**
 * The path that stands for all of them: the one with the median residual Sharpe ratio, of an even number the lower of the
 * two in the middle. A path without a ratio counts as lowest; ties go to the lower total return, then to the earlier path.
 *
 * @param paths - one a path, at least one
 * @returns its index
 */
export function medianPath(paths: readonly Pick<RunMetrics, "residual" | "total_return">[]): number {
  const order = paths
    .map((metrics, index) => ({
      index,
      sharpe: metrics.residual.sharpe ?? Number.NEGATIVE_INFINITY,
      total: metrics.total_return ?? Number.NEGATIVE_INFINITY,
    }))
    .sort((a, b) => compare(a.sharpe, b.sharpe) || compare(a.total, b.total) || a.index - b.index);
  return order[(order.length - 1) >> 1]!.index;
}

/** The paths' Sharpe ratios as a distribution. They share data and models: it is a spread, no confidence interval. */
export function pathSpread(paths: readonly RunMetrics[], shown: number): PathSpread {
  return {
    paths: paths.length,
    shown,
    sharpe: spreadOf(paths.map(({ sharpe }) => sharpe)),
    residual_sharpe: spreadOf(paths.map(({ residual }) => residual.sharpe)),
  };
}

/** Each path in a few numbers. */
export function pathResults(paths: readonly RunMetrics[]): PathResult[] {
  return paths.map(({ trades, bets, sharpe, residual, total_return, max_drawdown_pct }, path) => ({
    path,
    trades,
    bets,
    sharpe,
    residual_sharpe: residual.sharpe,
    total_return,
    max_drawdown_pct,
  }));
}

function spreadOf(values: readonly (number | null)[]): PathSpread["sharpe"] {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const unknown = values.length - known.length;
  return {
    min: known[0] ?? null,
    median: known[((values.length - 1) >> 1) - unknown] ?? null,
    max: known.at(-1) ?? null,
    share_below_zero: known.length === 0 ? null : known.filter((value) => value < 0).length / known.length,
    known: known.length,
  };
}

/** Numbers in order, infinities included: their difference would be NaN. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
