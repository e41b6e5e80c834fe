import type { Columns } from "./series.ts";

/**
 * The value of each column at bar t, straight from the formula: no running sums, no shared work, every window summed
 * anew. Slow and plain, so that it can be checked by reading. An indicator that is not listed here fails the suite.
 */
type Oracle = (bars: Columns, params: Record<string, number>, t: number) => number[];

const last = (x: Float64Array, t: number, window: number): number[] =>
  t - window + 1 < 0 ? [Number.NaN] : [...x.slice(t - window + 1, t + 1)];
const sum = (x: readonly number[]): number => {
  // Neumaier's compensation: exact to the last place for any length used here.
  let [total, lost] = [0, 0];
  for (const value of x) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
};
const mean = (x: readonly number[]): number => sum(x) / x.length;
const deviation = (x: readonly number[], ddof = 0): number => {
  const centre = mean(x);
  return Math.sqrt(sum(x.map((value) => (value - centre) ** 2)) / (x.length - ddof));
};
const score = (x: readonly number[]): number => {
  const spread = x.every((value) => value === x[0]) ? 0 : deviation(x);
  return spread > 0 ? (x.at(-1)! - mean(x)) / spread : Number.NaN;
};
const change = (x: Float64Array, t: number, lag: number): number => (t < lag ? Number.NaN : x[t]! / x[t - lag]! - 1);
const position = (value: number, low: number, high: number): number => (high > low ? (value - low) / (high - low) : Number.NaN);

/** s(seed) = mean of the first n known inputs, then s += (x - s) alpha; unknown inputs are skipped. NaN at an unknown input. */
function smoothed(inputs: Iterable<number>, n: number, alpha: number): number {
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
const upTo = (x: Float64Array, t: number): Float64Array => x.subarray(0, Math.max(0, t + 1));
const emaAt = (x: Float64Array, n: number, t: number): number => (t < 0 ? Number.NaN : smoothed(upTo(x, t), n, 2 / (n + 1)));

const rangeAt = ({ high, low, close }: Columns, i: number): number =>
  i === 0 ? Number.NaN : Math.max(high[i]! - low[i]!, Math.abs(high[i]! - close[i - 1]!), Math.abs(low[i]! - close[i - 1]!));
function* ranges(bars: Columns, t: number): Generator<number> {
  for (let i = 0; i <= t; i++) yield rangeAt(bars, i);
}
const atrAt = (bars: Columns, n: number, t: number): number => smoothed(ranges(bars, t), n, 1 / n);

function rsiOf(x: Float64Array, n: number): number {
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
function leastSquares(y: readonly number[]): { slope: number; r2: number } {
  if (y.length < 2) return { slope: Number.NaN, r2: Number.NaN };
  const [mx, my] = [(y.length - 1) / 2, mean(y)];
  const sxy = sum(y.map((value, i) => (i - mx) * (value - my)));
  const sxx = sum(y.map((_, i) => (i - mx) ** 2));
  const syy = y.every((value) => value === y[0]) ? 0 : sum(y.map((value) => (value - my) ** 2));
  return { slope: sxy / sxx, r2: (sxy * sxy) / (sxx * syy) };
}

/** TA-Lib: n - 1 changes summed, then s - s / n + x at every change; DX; the mean of n DX, then Wilder's average. */
function directional({ high, low, close }: Columns, n: number, t: number): number[] {
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
const slowStochasticAt = (bars: Columns, k: number, smooth: number, t: number): number =>
  mean(Array.from({ length: smooth }, (_, i) => stochasticAt(bars, k, t - i)));

/** Closes of the sessions that ended before bar t's session began. */
function completedCloses({ close, sessionDate }: Columns, t: number): Float64Array {
  const closes = new Map<number, number>();
  for (let i = 0; i <= t; i++) {
    if (sessionDate[i] === sessionDate[t]) continue;
    if (!closes.has(sessionDate[i]!) || !Number.isNaN(close[i]!)) closes.set(sessionDate[i]!, close[i]!);
  }
  return Float64Array.from(closes.values());
}

export const ORACLES: Readonly<Record<string, Oracle>> = {
  sma: ({ close }, { window }, t) => [mean(last(close, t, window!))],
  ema: ({ close }, { window }, t) => [emaAt(close, window!, t)],
  ema_slope: ({ close }, { window, period }, t) => [(emaAt(close, window!, t) / emaAt(close, window!, t - period!) - 1) / period!],
  dist_to_ema: ({ close }, { window, normalize }, t) => [
    normalize ? close[t]! / emaAt(close, window!, t) - 1 : close[t]! - emaAt(close, window!, t),
  ],
  macd({ close }, { fast, slow, signal }, t) {
    const lines = Array.from(upTo(close, t), (_, i) => emaAt(close, fast!, i) - emaAt(close, slow!, i));
    const signalValue = smoothed(lines, signal!, 2 / (signal! + 1));
    return [lines[t]!, signalValue, lines[t]! - signalValue];
  },
  adx: (bars, { window }, t) => directional(bars, window!, t),
  lr_slope: ({ close }, { window }, t) => [leastSquares(last(close, t, window!)).slope],
  lr_r2: ({ close }, { window }, t) => [leastSquares(last(close, t, window!)).r2],
  rsi: ({ close }, { window }, t) => [rsiOf(upTo(close, t), window!)],
  stochastic: (bars, { k, d, smooth }, t) => [
    slowStochasticAt(bars, k!, smooth!, t),
    mean(Array.from({ length: d! }, (_, i) => slowStochasticAt(bars, k!, smooth!, t - i))),
  ],
  williams_r: ({ high, low, close }, { window }, t) => [
    -100 * (1 - position(close[t]!, Math.min(...last(low, t, window!)), Math.max(...last(high, t, window!)))),
  ],
  cci({ high, low, close }, { window }, t) {
    const typical = last(close, t, window!).map((_, k, { length }) => {
      const i = t - length + 1 + k;
      return t - window! + 1 < 0 ? Number.NaN : (high[i]! + low[i]! + close[i]!) / 3;
    });
    const spread = typical.every((value) => value === typical[0]) ? 0 : mean(typical.map((value) => Math.abs(value - mean(typical))));
    return [spread > 0 ? (typical.at(-1)! - mean(typical)) / (0.015 * spread) : Number.NaN];
  },
  roc: ({ close }, { window }, t) => [100 * change(close, t, window!)],
  momentum: ({ close }, { window }, t) => [change(close, t, window!)],
  ret: ({ close }, { window }, t) => [change(close, t, window!)],
  log_ret: ({ close }, { window }, t) => [Math.log1p(change(close, t, window!))],
  atr: (bars, { window }, t) => [atrAt(bars, window!, t)],
  natr: (bars, { window }, t) => [(100 * atrAt(bars, window!, t)) / bars.close[t]!],
  true_range: (bars, _, t) => [rangeAt(bars, t)],
  rolling_std: ({ close }, { window }, t) => [deviation(last(close, t, window!))],
  volatility({ close, barsPerYear }, { window }, t) {
    const returns = Array.from({ length: window! }, (_, i) => Math.log1p(change(close, t - i, 1)));
    return [deviation(returns, 1) * Math.sqrt(barsPerYear)];
  },
  bollinger_bands({ close }, { window, num_std }, t) {
    const values = last(close, t, window!);
    const [middle, half] = [mean(values), num_std! * (values.every((value) => value === values[0]) ? 0 : deviation(values))];
    return [middle, middle + half, middle - half, (2 * half) / middle, position(close[t]!, middle - half, middle + half)];
  },
  donchian({ high, low, close }, { window }, t) {
    const [top, bottom] = [Math.max(...last(high, t - 1, window!)), Math.min(...last(low, t - 1, window!))];
    return [top, bottom, (top + bottom) / 2, position(close[t]!, bottom, top)];
  },
  zscore: ({ close }, { window }, t) => [score(last(close, t, window!))],
  obv({ close, volume }, _, t) {
    let [before, total, started] = [Number.NaN, 0n, false];
    for (let i = 0; i <= t; i++) {
      if (Number.isNaN(close[i]!) || Number.isNaN(volume[i]!)) continue;
      if (!started) total = BigInt(volume[i]!);
      else total += BigInt(Math.sign(close[i]! - before) * volume[i]!);
      [before, started] = [close[i]!, true];
    }
    return [Number.isNaN(close[t]!) || Number.isNaN(volume[t]!) ? Number.NaN : Number(total)];
  },
  vol_zscore: ({ volume }, { window }, t) => [score(last(volume, t, window!))],
  vol_ratio({ volume }, { window }, t) {
    const usual = mean(last(volume, t, window!));
    return [usual > 0 ? volume[t]! / usual : Number.NaN];
  },
  day_of_week({ sessionDate }, _, t) {
    const digits = String(sessionDate[t]);
    const weekday = new Date(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`).getUTCDay();
    return [(weekday + 6) % 7];
  },
  momentum_score_total(bars, { w_hourly, w_daily, window }, t) {
    const z = (lag: number) => score(Array.from({ length: window! }, (_, i) => change(bars.close, t - window! + 1 + i, lag)));
    const daily = bars.barsPerYear > 252 ? completedCloses(bars, t) : upTo(bars.close, t);
    const rsi = daily.length === 0 ? Number.NaN : rsiOf(daily, 14);
    return [(w_hourly! * (z(1) + z(3))) / 2 + (w_daily! * (rsi - 50)) / 50];
  },
};
