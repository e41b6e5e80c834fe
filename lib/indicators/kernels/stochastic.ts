import { newColumn } from "./columns.ts";
import { rollingMean } from "./rolling.ts";

/**
 * Slow %K and %D: the place of a value between the extremes of its window in percent, its mean over `smooth` bars, and
 * that mean's mean over `d` bars. As in TA-Lib the series begin together: %K is withheld until the first %D.
 *
 * @param top - rolling maximum over `k` bars
 * @param bottom - rolling minimum over `k` bars
 * @param options.leadBars - bars that are unknown before the first `top`
 * @param options.noise - a range this small is none; for values that carry rounding errors of their own
 * @returns [%K, %D], 0 to 100; NaN where a window has no range
 */
export function stochasticLines(
  value: Float64Array,
  top: Float64Array,
  bottom: Float64Array,
  { smooth, d, leadBars, noise = 0 }: { readonly smooth: number; readonly d: number; readonly leadBars: number; readonly noise?: number },
): [Float64Array, Float64Array] {
  const n = value.length;
  const position = newColumn(n);
  for (let i = 0; i < n; i++) {
    const range = top[i]! - bottom[i]!;
    const share = range > noise ? (value[i]! - bottom[i]!) / range : Number.NaN;
    position[i] = Math.max(0, Math.min(100, 100 * share));
  }
  const slow = clamped(rollingMean(position, smooth));
  const signal = clamped(rollingMean(slow, d));
  return [slow.fill(Number.NaN, 0, Math.min(n, leadBars + smooth + d - 2)), signal];
}

/** A mean of values within bounds can leave them by a rounding. */
function clamped(x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) x[i] = Math.max(0, Math.min(100, x[i]!));
  return x;
}
