import type { Columns } from "../series.ts";

/**
 * The value of each column at bar t, straight from the formula: no running sums, no shared work, every window summed
 * anew. Slow and plain, so that it can be checked by reading. An indicator without an oracle fails the suite.
 */
export type Oracle = (bars: Columns, params: Record<string, number>, t: number) => number[];

export const last = (x: Float64Array, t: number, window: number): number[] =>
  t - window + 1 < 0 ? [Number.NaN] : [...x.slice(t - window + 1, t + 1)];
export const sum = (x: readonly number[]): number => {
  // Neumaier's compensation: exact to the last place for any length used here.
  let [total, lost] = [0, 0];
  for (const value of x) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
};
export const mean = (x: readonly number[]): number => sum(x) / x.length;
export const deviation = (x: readonly number[], ddof = 0): number => {
  const centre = mean(x);
  return Math.sqrt(sum(x.map((value) => (value - centre) ** 2)) / (x.length - ddof));
};
export const score = (x: readonly number[]): number => {
  const spread = x.every((value) => value === x[0]) ? 0 : deviation(x);
  return spread > 0 ? (x.at(-1)! - mean(x)) / spread : Number.NaN;
};
export const change = (x: Float64Array, t: number, lag: number): number => (t < lag ? Number.NaN : x[t]! / x[t - lag]! - 1);
export const position = (value: number, low: number, high: number): number => (high > low ? (value - low) / (high - low) : Number.NaN);

/** s(seed) = mean of the first n known inputs, then s += (x - s) alpha; unknown inputs are skipped. NaN at an unknown input. */
export function smoothed(inputs: Iterable<number>, n: number, alpha: number): number {
  const seed: number[] = [];
  let state = Number.NaN;
  let now = Number.NaN;
  for (const input of inputs) {
    now = input;
    if (Number.isNaN(input)) continue;
    if (seed.length < n) {
      seed.push(input);
      if (seed.length === n) state = mean(seed);
    } else state = state * (1 - alpha) + input * alpha;
  }
  return Number.isNaN(now) ? Number.NaN : state;
}
export const upTo = (x: Float64Array, t: number): Float64Array => x.subarray(0, Math.max(0, t + 1));
export const emaAt = (x: Float64Array, n: number, t: number): number => (t < 0 ? Number.NaN : smoothed(upTo(x, t), n, 2 / (n + 1)));

export const rangeAt = ({ high, low, close }: Columns, i: number): number =>
  i === 0 ? Number.NaN : Math.max(high[i]! - low[i]!, Math.abs(high[i]! - close[i - 1]!), Math.abs(low[i]! - close[i - 1]!));
function* ranges(bars: Columns, t: number): Generator<number> {
  for (let i = 0; i <= t; i++) yield rangeAt(bars, i);
}
export const atrAt = (bars: Columns, n: number, t: number): number => smoothed(ranges(bars, t), n, 1 / n);

export function rsiOf(x: Float64Array, n: number): number {
  const changes = [...x].map((value, i) => (i === 0 ? Number.NaN : value - x[i - 1]!));
  const gain = smoothed(
    changes.map((d) => (Number.isNaN(d) ? d : Math.max(d, 0))),
    n,
    1 / n,
  );
  const loss = smoothed(
    changes.map((d) => (Number.isNaN(d) ? d : Math.max(-d, 0))),
    n,
    1 / n,
  );
  return gain + loss === 0 ? 50 : 100 - 100 / (1 + gain / loss);
}

/** Lines of the least-squares fit by the normal equations. */
export function leastSquares(y: readonly number[]): { slope: number; r2: number } {
  if (y.length < 2) return { slope: Number.NaN, r2: Number.NaN };
  const [mx, my] = [(y.length - 1) / 2, mean(y)];
  const sxy = sum(y.map((value, i) => (i - mx) * (value - my)));
  const sxx = sum(y.map((_, i) => (i - mx) ** 2));
  const syy = y.every((value) => value === y[0]) ? 0 : sum(y.map((value) => (value - my) ** 2));
  return { slope: sxy / sxx, r2: (sxy * sxy) / (sxx * syy) };
}

/** Slope of the least-squares line through points. */
export function leastSquaresThrough(points: readonly { readonly x: number; readonly y: number }[]): number {
  const [mx, my] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  return sum(points.map(({ x, y }) => (x - mx) * (y - my))) / sum(points.map(({ x }) => (x - mx) ** 2));
}

/** TA-Lib: n - 1 changes summed, then s - s / n + x at every change; DX; the mean of n DX, then Wilder's average. */
export function directional({ high, low, close }: Columns, n: number, t: number): number[] {
  let [plus, minus, range, changes] = [0, 0, 0, 0];
  let [plusIndex, minusIndex] = [Number.NaN, Number.NaN];
  const dx: number[] = [];
  for (let i = 1; i <= t; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const tr = rangeAt({ high, low, close } as Columns, i);
    [plusIndex, minusIndex] = [Number.NaN, Number.NaN];
    if (Number.isNaN(up) || Number.isNaN(down) || Number.isNaN(tr)) {
      if (i === t) return [Number.NaN, Number.NaN, Number.NaN];
      continue;
    }
    changes += 1;
    if (changes >= n) [plus, minus, range] = [plus - plus / n, minus - minus / n, range - range / n];
    if (up > down && up > 0) plus += up;
    if (down > up && down > 0) minus += down;
    range += tr;
    if (changes < n) continue;
    plusIndex = range > 0 ? (100 * plus) / range : 0;
    minusIndex = range > 0 ? (100 * minus) / range : 0;
    dx.push(plusIndex + minusIndex > 0 ? (100 * Math.abs(plusIndex - minusIndex)) / (plusIndex + minusIndex) : 0);
  }
  return [plusIndex, minusIndex, dx.length < n ? Number.NaN : smoothed(dx, n, 1 / n)];
}

const stochasticAt = ({ high, low, close }: Columns, window: number, t: number): number => {
  const top = Math.max(...last(high, t, window));
  const bottom = Math.min(...last(low, t, window));
  return 100 * position(t < 0 ? Number.NaN : close[t]!, bottom, top);
};
export const slowStochasticAt = (bars: Columns, k: number, smooth: number, t: number): number =>
  mean(Array.from({ length: smooth }, (_, i) => stochasticAt(bars, k, t - i)));

/** Closes of the sessions that ended before bar t's session began. */
export function completedCloses({ close, sessionDate }: Columns, t: number): Float64Array {
  const closes = new Map<number, number>();
  for (let i = 0; i <= t; i++) {
    if (sessionDate[i] === sessionDate[t]) continue;
    if (!closes.has(sessionDate[i]!) || !Number.isNaN(close[i]!)) closes.set(sessionDate[i]!, close[i]!);
  }
  return Float64Array.from(closes.values());
}
