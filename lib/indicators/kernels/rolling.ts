import { newColumn } from "./columns.ts";

/**
 * Rolling sums, moments and extremes in O(n) whatever the window.
 *
 * The series is cut into blocks as long as the window. A window that ends in a block is a suffix of the block before
 * plus a prefix of its own, and both grow by one addition each. Nothing is ever subtracted from a sum, so there is
 * no drift and no cancellation over any length, a NaN leaves no trace once it is outside the window, and a value
 * depends on the bars of its window and their position only.
 *
 * Sums are of deviations from the block's first value, which lies in every window that ends in the block: a constant
 * window gives exactly its value and exactly zero variance, and the variance loses at most about `window` ulps.
 *
 * @see van Herk (1992) and Gil & Werman (1993) for the decomposition, there for extremes
 */

/** Mean of the last `window` values; NaN while the window holds a NaN and before it is full. */
export function rollingMean(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffix = emptySuffix(window);
  const share = 1 / window;
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    if (block > 0) {
      let sum = 0;
      for (let k = 1; k < window; k++) {
        sum += x[block - k]! - pivot;
        suffix[k] = sum;
      }
    }
    const end = Math.min(block + window, n);
    let sum = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      sum += x[i]! - pivot;
      out[i] = pivot + (suffix[k]! + sum) * share;
    }
  }
  return out;
}

/**
 * Mean and standard deviation of the last `window` values.
 *
 * @param ddof - 0: population (divisor n); 1: sample (divisor n - 1)
 */
export function rollingMoments(x: Float64Array, window: number, ddof: 0 | 1): { mean: Float64Array; std: Float64Array } {
  const n = x.length;
  const mean = newColumn(n);
  const std = newColumn(n);
  const suffix1 = emptySuffix(window);
  const suffix2 = emptySuffix(window);
  const share = 1 / window;
  const varianceShare = 1 / (window - ddof);
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    if (block > 0) {
      let sum1 = 0;
      let sum2 = 0;
      for (let k = 1; k < window; k++) {
        const d = x[block - k]! - pivot;
        sum1 += d;
        sum2 += d * d;
        suffix1[k] = sum1;
        suffix2[k] = sum2;
      }
    }
    const end = Math.min(block + window, n);
    let sum1 = 0;
    let sum2 = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const d = x[i]! - pivot;
      sum1 += d;
      sum2 += d * d;
      const s1 = suffix1[k]! + sum1;
      const offset = s1 * share;
      const squares = suffix2[k]! + sum2 - s1 * offset;
      mean[i] = pivot + offset;
      std[i] = Math.sqrt(Math.max(squares, 0) * varianceShare);
    }
  }
  return { mean, std };
}

/** Largest of the last `window` values; NaN while the window holds a NaN and before it is full. */
export function rollingMax(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffix = emptySuffix(window, Number.NEGATIVE_INFINITY);
  for (let block = 0; block < n; block += window) {
    if (block > 0) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 1; k < window; k++) {
        most = Math.max(most, x[block - k]!);
        suffix[k] = most;
      }
    }
    const end = Math.min(block + window, n);
    let most = Number.NEGATIVE_INFINITY;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      most = Math.max(most, x[i]!);
      out[i] = Math.max(suffix[k]!, most);
    }
  }
  return out;
}

/** Smallest of the last `window` values; NaN while the window holds a NaN and before it is full. */
export function rollingMin(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffix = emptySuffix(window, Number.POSITIVE_INFINITY);
  for (let block = 0; block < n; block += window) {
    if (block > 0) {
      let least = Number.POSITIVE_INFINITY;
      for (let k = 1; k < window; k++) {
        least = Math.min(least, x[block - k]!);
        suffix[k] = least;
      }
    }
    const end = Math.min(block + window, n);
    let least = Number.POSITIVE_INFINITY;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      least = Math.min(least, x[i]!);
      out[i] = Math.min(suffix[k]!, least);
    }
  }
  return out;
}

/**
 * Least-squares line through the last `window` values against 0, 1, 2, ...: its slope per bar and its R squared
 * (NaN where all values are equal).
 */
export function rollingRegression(x: Float64Array, window: number): { slope: Float64Array; r2: Float64Array } {
  const n = x.length;
  const slope = newColumn(n);
  const r2 = newColumn(n);
  const suffix1 = emptySuffix(window);
  const suffix2 = emptySuffix(window);
  const suffixT = emptySuffix(window);
  const timeSquares = (window * (window * window - 1)) / 12;
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    if (block > 0) {
      let sum1 = 0;
      let sum2 = 0;
      let sumT = 0;
      for (let k = 1; k < window; k++) {
        const d = x[block - k]! - pivot;
        sum1 += d;
        sum2 += d * d;
        sumT -= k * d;
        suffix1[k] = sum1;
        suffix2[k] = sum2;
        suffixT[k] = sumT;
      }
    }
    const end = Math.min(block + window, n);
    let sum1 = 0;
    let sum2 = 0;
    let sumT = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const d = x[i]! - pivot;
      sum1 += d;
      sum2 += d * d;
      sumT += (i - block) * d;
      const s1 = suffix1[k]! + sum1;
      // Times are counted from the block's first bar, so the window's mean time is (j - k) / 2 with j = i - block.
      const cross = suffixT[k]! + sumT - ((i - block - k) / 2) * s1;
      const squares = Math.max(0, suffix2[k]! + sum2 - (s1 * s1) / window);
      slope[i] = cross / timeSquares;
      r2[i] = Math.min(1, (cross * cross) / (timeSquares * squares));
    }
  }
  return { slope, r2 };
}

/** (x - mean) / std, entry by entry; NaN where the deviation is zero. */
export function standardised(x: Float64Array, mean: Float64Array, std: Float64Array): Float64Array {
  const out = newColumn(x.length);
  for (let i = 0; i < out.length; i++) {
    const deviation = std[i]!;
    out[i] = deviation > 0 ? (x[i]! - mean[i]!) / deviation : Number.NaN;
  }
  return out;
}

/** Partial results of the block before: entry k covers its last k values. NaN where there is no block before. */
function emptySuffix(window: number, ofNothing = 0): Float64Array {
  const suffix = new Float64Array(window).fill(Number.NaN);
  suffix[0] = ofNothing;
  return suffix;
}
