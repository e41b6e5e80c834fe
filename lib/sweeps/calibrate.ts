import type { CalibratedHour, CalibrationCandidate } from "./calibrate.schema.ts";

/** The candidate with the highest residual Sharpe ratio among those with enough trades; of equal ones the first. */
export function bestCandidate<C extends Pick<CalibrationCandidate, "trades" | "residual_sharpe">>(
  candidates: readonly C[],
  minTrades: number,
): C | undefined {
  let best: C | undefined;
  for (const candidate of candidates) {
    if (candidate.residual_sharpe === null || candidate.trades < minTrades) continue;
    if (best === undefined || candidate.residual_sharpe > best.residual_sharpe!) best = candidate;
  }
  return best;
}

/**
 * An hour's threshold, drawn toward the global one: few trades say little of an hour, and the best of several thresholds is
 * partly the luckiest. With n trades it goes n / (n + k) of the way.
 *
 * @param own - the hour's best candidate; undefined = none had enough trades, and the global threshold stays
 * @param shrinkage - k, in trades
 */
export function shrunkHour(
  hour: number,
  own: Pick<CalibrationCandidate, "threshold" | "trades"> | undefined,
  global: number,
  shrinkage: number,
): CalibratedHour {
  if (own?.threshold === undefined || own.threshold === null) return { hour, trades: 0, own: null, weight: 0, threshold: global };
  const weight = own.trades / (own.trades + shrinkage);
  const threshold = global + weight * (own.threshold - global);
  // Twelve digits are more than any data tells, and keep 0.6 from becoming 0.6000000000000001.
  return { hour, trades: own.trades, own: own.threshold, weight, threshold: Number(threshold.toFixed(12)) };
}

/** The hours that differ from the global threshold, in the form that a backtest takes; null when none does. */
export function hourMap(hours: readonly CalibratedHour[], global: number): Record<string, number> | null {
  const told = hours.flatMap(({ hour, threshold }) => (threshold === null || threshold === global ? [] : [[String(hour), threshold]]));
  return told.length === 0 ? null : Object.fromEntries(told);
}
