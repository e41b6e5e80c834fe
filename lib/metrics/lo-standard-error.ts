/**
 * Lo's asymptotic standard error of a Sharpe ratio of independent returns: sqrt((1 + SR^2 / 2) / T).
 * Multiply by the same square root as the ratio to annualise it.
 *
 * @param sharpe - per period
 * @param periods - T
 * @see Lo, The Statistics of Sharpe Ratios, Financial Analysts Journal 58 (2002), eq. 9
 */
export function loStandardError(sharpe: number, periods: number): number {
  return Math.sqrt((1 + 0.5 * sharpe * sharpe) / periods);
}

/**
 * Lo's factor between the Sharpe ratio of one period and of q periods: q / sqrt(q + 2 sum (q - k) rho_k).
 * With independent returns it is sqrt(q).
 *
 * @param autocorrelations - rho_1, rho_2, ...; what is missing up to q - 1 counts as 0
 * @returns NaN when the autocorrelations allow no positive variance of the sum
 * @see Lo (2002), eq. 20
 */
export function loAnnualFactor(q: number, autocorrelations: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 1; k < q && k <= autocorrelations.length; k += 1) sum += (q - k) * autocorrelations[k - 1]!;
  const variance = q + 2 * sum;
  return variance > 0 ? q / Math.sqrt(variance) : Number.NaN;
}

/**
 * Sample autocorrelations at lags 1 to `maxLag` (biased: every lag divides by the same variance).
 *
 * @returns shape (maxLag,), NaN for a constant series
 */
export function autocorrelations(values: Float64Array, maxLag: number): Float64Array {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]! / n;
  let variance = 0;
  for (let i = 0; i < n; i += 1) variance += (values[i]! - mean) ** 2;
  const rho = new Float64Array(maxLag);
  for (let lag = 1; lag <= maxLag; lag += 1) {
    let sum = 0;
    for (let i = lag; i < n; i += 1) sum += (values[i]! - mean) * (values[i - lag]! - mean);
    rho[lag - 1] = variance > 0 ? sum / variance : Number.NaN;
  }
  return rho;
}
