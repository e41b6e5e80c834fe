import { newColumn } from "./columns.ts";

/**
 * Skewness and excess kurtosis of the last `window` values, corrected for the size of the sample, by the block
 * decomposition of the rolling moments: sums of powers of the deviation from the block's first value, nothing ever
 * subtracted from a sum.
 *
 * Skewness is sqrt(n (n - 1)) / (n - 2) m3 / m2^1.5; excess kurtosis is
 * (n - 1) / ((n - 2)(n - 3)) ((n + 1)(m4 / m2^2 - 3) + 6), with the central moments of divisor n. Both NaN where all
 * values of the window are equal; the kurtosis needs four values, the skewness three.
 *
 * @returns NaN while the window holds a NaN and before it is full
 * @see Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998): G1 and G2
 */
export function rollingShape(x: Float64Array, window: number): { skewness: Float64Array; kurtosis: Float64Array } {
  const n = x.length;
  const skewness = newColumn(n);
  const kurtosis = newColumn(n);
  const suffix1 = emptySuffix(window);
  const suffix2 = emptySuffix(window);
  const suffix3 = emptySuffix(window);
  const suffix4 = emptySuffix(window);
  const share = 1 / window;
  const skewScale = Math.sqrt(window * (window - 1)) / (window - 2);
  const kurtosisScale = (window - 1) / ((window - 2) * (window - 3));
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    if (block > 0) {
      for (let k = 1; k < window; k++) {
        const d = x[block - k]! - pivot;
        const square = d * d;
        suffix1[k] = sum1 += d;
        suffix2[k] = sum2 += square;
        suffix3[k] = sum3 += square * d;
        suffix4[k] = sum4 += square * square;
      }
    }
    sum1 = 0;
    sum2 = 0;
    sum3 = 0;
    sum4 = 0;
    const end = Math.min(block + window, n);
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const d = x[i]! - pivot;
      const square = d * d;
      sum1 += d;
      sum2 += square;
      sum3 += square * d;
      sum4 += square * square;
      const mean = (suffix1[k]! + sum1) * share;
      const r2 = (suffix2[k]! + sum2) * share;
      const r3 = (suffix3[k]! + sum3) * share;
      const r4 = (suffix4[k]! + sum4) * share;
      const m2 = r2 - mean * mean;
      const m3 = r3 - mean * (3 * r2 - 2 * mean * mean);
      const m4 = r4 - mean * (4 * r3 - mean * (6 * r2 - 3 * mean * mean));
      skewness[i] = m2 > 0 ? (skewScale * m3) / (m2 * Math.sqrt(m2)) : Number.NaN;
      kurtosis[i] = m2 > 0 ? kurtosisScale * ((window + 1) * (m4 / (m2 * m2) - 3) + 6) : Number.NaN;
    }
  }
  return { skewness, kurtosis };
}

/** Sums over the last k values of the block before; NaN where there is none. */
function emptySuffix(window: number): Float64Array {
  const suffix = new Float64Array(window).fill(Number.NaN);
  suffix[0] = 0;
  return suffix;
}
