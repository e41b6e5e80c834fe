import type { Columns } from "../series.ts";
import { last, mean, rangeAt, sum } from "./arithmetic.ts";

/** Whole series up to a bar, for formulas that average averages. Plain arrays, one pass each; NaN = unknown. */

export const until = (x: Float64Array, t: number): number[] => [...x.subarray(0, Math.max(0, t + 1))];

/** s = mean of the first n known values, then s += (x - s) alpha; NaN at unknown values and before the seed. */
export function averages(x: readonly number[], n: number, alpha = 2 / (n + 1)): number[] {
  const seed: number[] = [];
  let state = Number.NaN;
  return x.map((value) => {
    if (Number.isNaN(value)) return value;
    if (seed.length < n) {
      seed.push(value);
      if (seed.length === n) state = mean(seed);
    } else state = alpha * value + (1 - alpha) * state;
    return state;
  });
}

/** The average of the average of ... `times` times. */
export const nested = (x: readonly number[], n: number, times: number): number[] =>
  Array.from({ length: times }).reduce<number[]>((series) => averages(series, n), [...x]);

export const changes = (x: readonly number[]): number[] => x.map((value, i) => (i === 0 ? Number.NaN : value - x[i - 1]!));

export const pairwise = (a: readonly number[], b: readonly number[], f: (a: number, b: number) => number): number[] =>
  a.map((value, i) => f(value, b[i]!));

export function rsiSeries(x: readonly number[], n: number): number[] {
  const gains = averages(
    changes(x).map((d) => (Number.isNaN(d) ? d : Math.max(d, 0))),
    n,
    1 / n,
  );
  const losses = averages(
    changes(x).map((d) => (Number.isNaN(d) ? d : Math.max(-d, 0))),
    n,
    1 / n,
  );
  return pairwise(gains, losses, (gain, loss) => (gain + loss === 0 ? 50 : (100 * gain) / (gain + loss)));
}

/** The last n values up to t of a plain array; NaN alone when there are not so many. */
export const lastOf = (x: readonly number[], t: number, n: number): number[] => (t - n + 1 < 0 ? [Number.NaN] : x.slice(t - n + 1, t + 1));

/** Weights 1, 2, ..., n, the newest weighs most. */
export const linearMean = (x: readonly number[]): number => sum(x.map((value, i) => (i + 1) * value)) / ((x.length * (x.length + 1)) / 2);
export const wmaAt = (x: Float64Array, t: number, n: number): number => linearMean(last(x, t, n));

/** What a window function gives for each of the last n bars, oldest first; NaN where a bar is before the first. */
export const lastBars = (t: number, n: number, at: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, k) => (t - n + 1 + k < 0 ? Number.NaN : at(t - n + 1 + k)));

export const largest = (x: readonly number[]): number => x.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
export const smallest = (x: readonly number[]): number => x.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);

export const middleAt = ({ high, low }: Columns, t: number): number => (t < 0 ? Number.NaN : (high[t]! + low[t]!) / 2);
export const rangesOf = (bars: Columns, t: number, n: number): number[] => lastBars(t, n, (i) => rangeAt(bars, i));

/** a / b where b is positive; NaN elsewhere. */
export const over = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN);
