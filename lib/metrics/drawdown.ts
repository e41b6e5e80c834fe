/** The path of compounded equity that starts at 1. Fractions, not percent. */
export interface EquityPath {
  /** Final equity minus 1. -1 once the capital is gone. */
  readonly totalReturn: number;
  /** Largest loss from a peak, 0 to 1; the start is a peak too. */
  readonly maxDrawdown: number;
  /** Index of the return that ends at the deepest point; -1 without a drawdown. */
  readonly troughIndex: number;
  /** Periods from the peak before the deepest point to the recovery, or to the end. */
  readonly maxDrawdownLength: number;
}

/**
 * Compounds returns and measures the largest drawdown, in one pass. Equity never falls below 0: a return of -1
 * or less ends the path at a drawdown of 1.
 *
 * @param returns - one value a period, fraction; NaN makes every field but the indexes NaN
 */
export function equityPath(returns: Float64Array): EquityPath {
  let equity = 1;
  let peak = 1;
  let peakIndex = -1;
  let maxDrawdown = 0;
  let troughIndex = -1;
  let length = 0;
  let deepestPeakIndex = -2;
  // Equity below this is a new largest drawdown; comparing with it saves a division at every step.
  let floor = 1;

  for (let i = 0; i < returns.length; i += 1) {
    equity *= 1 + returns[i]!;
    if (equity < 0) equity = 0;
    if (equity >= peak) {
      if (peakIndex === deepestPeakIndex) length = i - peakIndex;
      peak = equity;
      peakIndex = i;
      floor = peak * (1 - maxDrawdown);
    } else if (equity < floor) {
      maxDrawdown = 1 - equity / peak;
      floor = equity;
      troughIndex = i;
      deepestPeakIndex = peakIndex;
    }
  }
  if (Number.isNaN(equity)) return { totalReturn: Number.NaN, maxDrawdown: Number.NaN, troughIndex: -1, maxDrawdownLength: Number.NaN };
  if (troughIndex >= 0 && peakIndex === deepestPeakIndex) length = returns.length - 1 - peakIndex;
  return { totalReturn: equity - 1, maxDrawdown, troughIndex, maxDrawdownLength: length };
}

/**
 * Ulcer index: root mean square of the percentage drawdowns, the start included as a period without drawdown.
 *
 * @see Martin & McCann, The Investor's Guide to Fidelity Funds (1989)
 */
export function ulcerIndex(returns: Float64Array): number {
  let equity = 1;
  let peak = 1;
  let squares = 0;
  for (let i = 0; i < returns.length; i += 1) {
    equity *= 1 + returns[i]!;
    if (equity > peak) peak = equity;
    const percent = 100 * (1 - equity / peak);
    squares += percent * percent;
  }
  return Math.sqrt(squares / (returns.length + 1));
}
