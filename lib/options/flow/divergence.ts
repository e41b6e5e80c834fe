/** Sessions whose same bars say what is usual. */
const USUAL_SESSIONS = 20;
const MINUTES_PER_YEAR = 365 * 24 * 60;

/**
 * Disagreement of flow and price, -1 to 1; positive: the flow is more bullish than the price.
 *
 * @param flowZ - the flow's imbalance, in its usual standard deviations
 * @param priceZ - the return since the open, in standard deviations that the at-the-money volatility expects
 */
export const divergenceScore = (flowZ: number, priceZ: number): number => 0.5 * (Math.tanh(flowZ) - Math.tanh(priceZ));

/** Return since the open over the standard deviation expected for the minutes that have passed, calendar minutes as in `yearsToExpiry`. */
export const priceDeviation = (spot: number, sessionOpen: number, volatility: number, minutes: number): number =>
  (spot / sessionOpen - 1) / (volatility * Math.sqrt(minutes / MINUTES_PER_YEAR));

/** Compares a value with those of the same bar in earlier sessions. */
export interface SameBarScore {
  /**
   * In standard deviations (divisor n - 1) from the mean of the last 20 known values of this bar, today's excluded; NaN while there
   * are fewer, or when they are all equal. Then today's joins them.
   *
   * @param minutes - from the session's open to the bar's start
   */
  next(minutes: number, value: number): number;
}

export function createSameBarScore(): SameBarScore {
  const byBar = new Map<number, number[]>();
  return {
    next(minutes, value) {
      const past = byBar.get(minutes) ?? [];
      byBar.set(minutes, past);
      const score = past.length === USUAL_SESSIONS ? deviation(past, value) : Number.NaN;
      if (!Number.isNaN(value)) {
        past.push(value);
        if (past.length > USUAL_SESSIONS) past.shift();
      }
      return score;
    },
  };
}

function deviation(past: readonly number[], value: number): number {
  const mean = past.reduce((sum, x) => sum + x, 0) / past.length;
  const variance = past.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (past.length - 1);
  return variance > 0 ? (value - mean) / Math.sqrt(variance) : Number.NaN;
}
