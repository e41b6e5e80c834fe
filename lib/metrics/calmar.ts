/** A year of sessions: below it an annual growth rate is an extrapolation. */
export const MIN_CALMAR_SESSIONS = 252;

/**
 * Calmar ratio: compound annual return over the largest drawdown.
 *
 * @param maxDrawdown - fraction, positive
 * @returns NaN without a drawdown, or under `MIN_CALMAR_SESSIONS` sessions (the growth rate would be extrapolated)
 * @see Young, Calmar Ratio: A Smoother Tool, Futures (1991)
 */
export function calmarRatio(annualReturn: number, maxDrawdown: number, sessions: number): number {
  if (sessions < MIN_CALMAR_SESSIONS || !(maxDrawdown > 0)) return Number.NaN;
  return annualReturn / maxDrawdown;
}
