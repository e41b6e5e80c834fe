/** Moments of a series. `sd` divides by n - 1; skew and kurtosis are the biased ones (g1, and g2 + 3: normal = 3). */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly skew: number;
  readonly kurtosis: number;
}

/** Below this standard deviation a series of returns counts as constant. */
export const FLAT_SD = 1e-12;

/**
 * Mean, standard deviation, skewness and raw kurtosis in two passes.
 *
 * @param values - NaN anywhere makes every moment NaN
 * @param start - first index, inclusive
 * @param end - last index, exclusive
 * @returns NaN for what is undefined: sd under two values, skew and kurtosis of a constant series
 */
export function moments(values: Float64Array, start = 0, end = values.length): Moments {
  const n = end - start;
  let sum = 0;
  for (let i = start; i < end; i += 1) sum += values[i]!;
  const mean = sum / n;

  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = start; i < end; i += 1) {
    const d = values[i]! - mean;
    const square = d * d;
    m2 += square;
    m3 += square * d;
    m4 += square * square;
  }
  const sd = n > 1 ? Math.sqrt(m2 / (n - 1)) : Number.NaN;
  const variance = m2 / n;
  const flat = !(sd > FLAT_SD);
  return {
    n,
    mean,
    sd,
    skew: flat ? Number.NaN : m3 / n / (variance * Math.sqrt(variance)),
    kurtosis: flat ? Number.NaN : m4 / n / (variance * variance),
  };
}
