import { newColumn } from "./columns.ts";

/**
 * Wilder's plus and minus directional indicators, 0 to 100: how much of the smoothed true range was movement up and down.
 *
 * The sums run over the first `window` - 1 changes, then s - s / window + x at every change, TA-Lib's seeding. An unknown
 * change gives NaN and leaves the sums alone.
 *
 * @param range - the true range
 * @returns [plus, minus], NaN before the first `window` changes
 */
export function directionalIndicators(
  high: Float64Array,
  low: Float64Array,
  range: Float64Array,
  window: number,
): [Float64Array, Float64Array] {
  const n = high.length;
  const plusOut = newColumn(n).fill(Number.NaN);
  const minusOut = newColumn(n).fill(Number.NaN);
  let changes = 0;
  let plus = 0;
  let minus = 0;
  let total = 0;
  for (let i = 1; i < n; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const rangeNow = range[i]!;
    if (Number.isNaN(up + down + rangeNow)) continue;
    changes += 1;
    const decay = changes < window ? 1 : 1 - 1 / window;
    plus = plus * decay + (up > down && up > 0 ? up : 0);
    minus = minus * decay + (down > up && down > 0 ? down : 0);
    total = total * decay + rangeNow;
    if (changes < window) continue;
    plusOut[i] = total > 0 ? Math.min(100, (100 * plus) / total) : 0;
    minusOut[i] = total > 0 ? Math.min(100, (100 * minus) / total) : 0;
  }
  return [plusOut, minusOut];
}

/** Directional index, 0 to 100: the difference of the two indicators as a percentage of their sum; 0 where both are 0. */
export function directionalIndex(plus: Float64Array, minus: Float64Array): Float64Array {
  const out = newColumn(plus.length);
  for (let i = 0; i < out.length; i++) {
    const sum = plus[i]! + minus[i]!;
    // 0 / 1 where both are 0; NaN stays NaN.
    out[i] = Math.min(100, (100 * Math.abs(plus[i]! - minus[i]!)) / (sum === 0 ? 1 : sum));
  }
  return out;
}
