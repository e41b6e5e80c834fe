import { newColumn } from "./columns.ts";

/**
 * Weighted means of a rolling window in O(n) whatever the window: the block decomposition of `rolling.ts`, on deviations
 * from the block's first value, so that a constant window gives exactly its value.
 */

/** Linearly weighted mean of the last `window` values: weight 1 for the oldest, `window` for the newest. */
export function rollingLinearMean(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffix1 = unknownBlock(window);
  const suffixT = unknownBlock(window);
  const share = 2 / (window * (window + 1));
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    if (block > 0) {
      let sum1 = 0;
      let sumT = 0;
      for (let k = 1; k < window; k++) {
        const d = x[block - k]! - pivot;
        sum1 += d;
        sumT -= k * d;
        suffix1[k] = sum1;
        suffixT[k] = sumT;
      }
    }
    const end = Math.min(block + window, n);
    let sum1 = 0;
    let sumT = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const d = x[i]! - pivot;
      sum1 += d;
      sumT += (i - block) * d;
      // The block's first bar weighs k + 1 here, and every later bar one more than the bar before it.
      out[i] = pivot + ((k + 1) * (suffix1[k]! + sum1) + suffixT[k]! + sumT) * share;
    }
  }
  return out;
}

/**
 * Mean of the last `window` values of `x`, each weighted by the entry of `weight` at its bar.
 *
 * @param weight - not negative, such as volumes
 * @returns NaN while the window holds an unknown value or weight, before it is full, and where all its weights are zero
 */
export function rollingMeanWeightedBy(x: Float64Array, weight: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffixX = unknownBlock(window);
  const suffixW = unknownBlock(window);
  for (let block = 0; block < n; block += window) {
    const pivot = x[block]!;
    if (block > 0) {
      let sumX = 0;
      let sumW = 0;
      for (let k = 1; k < window; k++) {
        const w = weight[block - k]!;
        sumX += w * (x[block - k]! - pivot);
        sumW += w;
        suffixX[k] = sumX;
        suffixW[k] = sumW;
      }
    }
    const end = Math.min(block + window, n);
    let sumX = 0;
    let sumW = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const w = weight[i]!;
      sumX += w * (x[i]! - pivot);
      sumW += w;
      const total = suffixW[k]! + sumW;
      out[i] = total > 0 ? pivot + (suffixX[k]! + sumX) / total : Number.NaN;
    }
  }
  return out;
}

/** Partial sums of the block before: entry k covers its last k values. NaN where there is no block before. */
function unknownBlock(window: number): Float64Array {
  const suffix = new Float64Array(window).fill(Number.NaN);
  suffix[0] = 0;
  return suffix;
}
