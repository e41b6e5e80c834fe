/**
 * Returns in excess of a risk-free series.
 *
 * @param riskFree - one value a period, NaN = unknown; null = none, and the returns are given back as they are
 * @throws RangeError when the columns differ in length
 */
export function excessReturns(returns: Float64Array, riskFree: Float64Array | null): Float64Array {
  if (riskFree === null) return returns;
  if (riskFree.length !== returns.length)
    throw new RangeError(`Returns and risk-free returns differ in length: ${returns.length} and ${riskFree.length}.`);
  return returns.map((value, i) => value - riskFree[i]!);
}
