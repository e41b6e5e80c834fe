/**
 * Mean absolute deviation of the last `window` values from their own mean.
 *
 * Every bar has another mean, so no running sum helps: this costs `window` steps a bar, which is why its users bound
 * the window.
 *
 * @param mean - the rolling mean over the same window; NaN where there is none
 */
export function rollingMeanDeviation(x: Float64Array, mean: Float64Array, window: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i++) {
    const centre = mean[i]!;
    if (Number.isNaN(centre)) {
      out[i] = Number.NaN;
      continue;
    }
    let sum = 0;
    for (let k = i - window + 1; k <= i; k++) sum += Math.abs(x[k]! - centre);
    out[i] = sum / window;
  }
  return out;
}
