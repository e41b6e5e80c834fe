import { newColumn } from "./columns.ts";

/**
 * Largest fall from a value to a later one inside the last `window` values, as a fraction of the former; 0 where nothing
 * fell. In O(n) whatever the window.
 *
 * Drawdowns join: that of two stretches is the larger of theirs, or the fall from the first one's top to the second
 * one's bottom. So the block decomposition of the rolling extremes serves here too.
 *
 * @param x - positive values; NaN = unknown
 * @returns 0 to 1; NaN while the window holds a NaN and before it is full
 * @see van Herk (1992) and Gil & Werman (1993) for the decomposition
 */
export function rollingMaxDrawdown(x: Float64Array, window: number): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  // The last k values of the block before: their top, and the largest fall among them.
  const suffixTop = new Float64Array(window).fill(Number.NaN);
  const suffixFall = new Float64Array(window).fill(Number.NaN);
  suffixFall[0] = 0;
  for (let block = 0; block < n; block += window) {
    if (block > 0) {
      let top = Number.NEGATIVE_INFINITY;
      let bottom = Number.POSITIVE_INFINITY;
      let fall = 0;
      for (let k = 1; k < window; k++) {
        const value = x[block - k]!;
        bottom = Math.min(bottom, value);
        top = Math.max(top, value);
        fall = Math.max(fall, 1 - bottom / value);
        suffixTop[k] = top;
        suffixFall[k] = fall;
      }
    }
    const end = Math.min(block + window, n);
    let top = Number.NEGATIVE_INFINITY;
    let bottom = Number.POSITIVE_INFINITY;
    let fall = 0;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const value = x[i]!;
      top = Math.max(top, value);
      bottom = Math.min(bottom, value);
      fall = Math.max(fall, 1 - value / top);
      const across = k > 0 ? 1 - bottom / suffixTop[k]! : 0;
      out[i] = Math.max(fall, suffixFall[k]!, across);
    }
  }
  return out;
}
