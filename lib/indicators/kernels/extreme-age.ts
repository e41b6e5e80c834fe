import { newColumn } from "./columns.ts";

/**
 * Bars since the highest of the last `window` values: 0 = it is the current one. Of equal values the latest counts.
 *
 * @returns NaN while the window holds a NaN and before it is full
 */
export function barsSinceMax(x: Float64Array, window: number): Float64Array {
  return barsSinceExtreme(x, window, 1);
}

/** Bars since the lowest of the last `window` values; of equal values the latest counts. */
export function barsSinceMin(x: Float64Array, window: number): Float64Array {
  return barsSinceExtreme(x, window, -1);
}

/** As `rollingMax`: the best of a block's suffix and of the next block's prefix. A NaN beats everything and stays. */
function barsSinceExtreme(x: Float64Array, window: number, sign: 1 | -1): Float64Array {
  const n = x.length;
  const out = newColumn(n);
  const suffixBest = new Float64Array(window).fill(Number.NaN);
  const suffixPlace = new Int32Array(window);
  suffixBest[0] = Number.NEGATIVE_INFINITY;
  for (let block = 0; block < n; block += window) {
    if (block > 0) {
      let best = Number.NEGATIVE_INFINITY;
      let place = block;
      for (let k = 1; k < window; k++) {
        const value = sign * x[block - k]!;
        if (value > best || Number.isNaN(value)) {
          best = value;
          place = block - k;
        }
        suffixBest[k] = best;
        suffixPlace[k] = place;
      }
    }
    const end = Math.min(block + window, n);
    let best = Number.NEGATIVE_INFINITY;
    let place = block;
    for (let i = block, k = window - 1; i < end; i++, k--) {
      const value = sign * x[i]!;
      if (value >= best || Number.isNaN(value)) {
        best = value;
        place = i;
      }
      const before = suffixBest[k]!;
      out[i] = Number.isNaN(best + before) ? Number.NaN : i - (before > best ? suffixPlace[k]! : place);
    }
  }
  return out;
}
