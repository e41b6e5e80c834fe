import { newColumn } from "./columns.ts";

/**
 * Sum of all known values so far; NaN at an unknown one, which is left out.
 *
 * What each addition loses is carried along, so that a million terms cost no more than the last place.
 *
 * @see Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974)
 */
export function runningSum(x: Float64Array): Float64Array {
  const out = newColumn(x.length);
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < out.length; i++) {
    const value = x[i]!;
    if (Number.isNaN(value)) {
      out[i] = Number.NaN;
      continue;
    }
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
    out[i] = sum + lost;
  }
  return out;
}
