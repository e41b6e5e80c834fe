/**
 * Compound annual growth rate.
 *
 * @param totalReturn - of the whole span, fraction
 * @returns fraction a year; -1 when the capital is gone; NaN for an empty span
 */
export function annualReturn(totalReturn: number, periods: number, periodsPerYear: number): number {
  if (periods <= 0) return Number.NaN;
  return (1 + totalReturn) ** (periodsPerYear / periods) - 1;
}
