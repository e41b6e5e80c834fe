import { directional, emaAt, last, leastSquares, mean, type Oracle, smoothed, sum } from "./arithmetic.ts";
import {
  averages,
  largest,
  lastBars,
  lastOf,
  linearMean,
  middleAt,
  nested,
  over,
  pairwise,
  rangesOf,
  smallest,
  until,
  wmaAt,
} from "./series.ts";
import { stopAt, supertrendAt } from "./trailing-stops.ts";

export const trendOracles: Readonly<Record<string, Oracle>> = {
  sma: ({ close }, { window }, t) => [mean(last(close, t, window!))],
  ema: ({ close }, { window }, t) => [emaAt(close, window!, t)],
  wma: ({ close }, { window }, t) => [wmaAt(close, t, window!)],
  dema({ close }, { window }, t) {
    const [e1, e2] = [1, 2].map((times) => nested(until(close, t), window!, times)[t]!) as [number, number];
    return [2 * e1 - e2];
  },
  tema({ close }, { window }, t) {
    const [e1, e2, e3] = [1, 2, 3].map((times) => nested(until(close, t), window!, times)[t]!) as [number, number, number];
    return [3 * e1 - 3 * e2 + e3];
  },
  hma: ({ close }, { window }, t) => [
    linearMean(lastBars(t, Math.floor(Math.sqrt(window!)), (i) => 2 * wmaAt(close, i, Math.floor(window! / 2)) - wmaAt(close, i, window!))),
  ],
  kama({ close }, { er_period, fast, slow }, t) {
    let state = Number.NaN;
    let now = Number.NaN;
    for (let i = er_period!; i <= t; i++) {
      const steps = lastBars(i, er_period!, (k) => Math.abs(close[k]! - close[k - 1]!));
      const path = sum(steps);
      now = Number.NaN;
      if (Number.isNaN(path)) continue;
      const ratio = path === 0 ? 1 : Math.abs(close[i]! - close[i - er_period!]!) / path;
      const constant = (ratio * (2 / (fast! + 1) - 2 / (slow! + 1)) + 2 / (slow! + 1)) ** 2;
      const before = Number.isNaN(state) ? close[i - 1]! : state;
      state = constant * close[i]! + (1 - constant) * before;
      now = state;
    }
    return [now];
  },
  vwma({ close, volume }, { window }, t) {
    const volumes = last(volume, t, window!);
    return [over(sum(pairwise(last(close, t, window!), volumes, (price, traded) => price * traded)), sum(volumes))];
  },
  t3({ close }, { window, volume_factor: v }, t) {
    const [e3, e4, e5, e6] = [3, 4, 5, 6].map((times) => nested(until(close, t), window!, times)[t]!) as [number, number, number, number];
    const c1 = -(v! ** 3);
    const c2 = 3 * v! ** 2 + 3 * v! ** 3;
    const c3 = -6 * v! ** 2 - 3 * v! - 3 * v! ** 3;
    const c4 = 1 + 3 * v! + v! ** 3 + 3 * v! ** 2;
    return [c1 * e6 + c2 * e5 + c3 * e4 + c4 * e3];
  },
  zlema({ close }, { window }, t) {
    const lag = Math.trunc((window! - 1) / 2);
    const ahead = until(close, t).map((value, i, x) => (i < lag ? Number.NaN : 2 * value - x[i - lag]!));
    return [averages(ahead, window!)[t]!];
  },
  linreg({ close }, { window }, t) {
    const y = last(close, t, window!);
    return [mean(y) + (leastSquares(y).slope * (window! - 1)) / 2];
  },
  lr_slope: ({ close }, { window }, t) => [leastSquares(last(close, t, window!)).slope],
  lr_r2: ({ close }, { window }, t) => [leastSquares(last(close, t, window!)).r2],
  ema_slope: ({ close }, { window, period }, t) => [(emaAt(close, window!, t) / emaAt(close, window!, t - period!) - 1) / period!],
  dist_to_ema: ({ close }, { window, normalize }, t) => [
    normalize ? close[t]! / emaAt(close, window!, t) - 1 : close[t]! - emaAt(close, window!, t),
  ],
  macd({ close }, { fast, slow, signal }, t) {
    let passed = 0;
    // TA-Lib: the fast average ends its first window where the slow one does.
    const late = until(close, t).map((value) => {
      if (!Number.isNaN(value)) passed += 1;
      return passed > slow! - fast! ? value : Number.NaN;
    });
    const lines = pairwise(averages(late, fast!), averages(until(close, t), slow!), (near, far) => near - far);
    const signalValue = smoothed(lines, signal!, 2 / (signal! + 1));
    const line = Number.isNaN(signalValue) ? Number.NaN : lines[t]!;
    return [line, signalValue, line - signalValue];
  },
  ppo({ close }, { fast, slow, exponential }, t) {
    const [near, far] = [fast!, slow!].map((n) => (exponential ? emaAt(close, n, t) : mean(last(close, t, n)))) as [number, number];
    return [100 * (near / far - 1)];
  },
  apo({ close }, { fast, slow, exponential }, t) {
    const [near, far] = [fast!, slow!].map((n) => (exponential ? emaAt(close, n, t) : mean(last(close, t, n)))) as [number, number];
    return [near - far];
  },
  trix({ close }, { window }, t) {
    const average = nested(until(close, t), window!, 3);
    return [t < 1 ? Number.NaN : 100 * (average[t]! / average[t - 1]! - 1)];
  },
  dpo({ close }, { window }, t) {
    const lag = Math.trunc(window! / 2) + 1;
    return [t < lag ? Number.NaN : close[t - lag]! - mean(last(close, t, window!))];
  },
  adx: (bars, { window }, t) => directional(bars, window!, t),
  dx(bars, { window }, t) {
    const [plus, minus] = directional(bars, window!, t) as [number, number];
    return [plus + minus === 0 ? 0 : 100 * (Math.abs(plus - minus) / (plus + minus))];
  },
  adxr: (bars, { window }, t) => [(directional(bars, window!, t)[2]! + directional(bars, window!, t - window! + 1)[2]!) / 2],
  aroon({ high, low }, { window }, t) {
    const [highs, lows] = [last(high, t, window! + 1), last(low, t, window! + 1)];
    const place = (x: number[], extreme: number) => (Number.isNaN(extreme) ? Number.NaN : (100 * x.lastIndexOf(extreme)) / window!);
    const [up, down] = [place(highs, Math.max(...highs)), place(lows, Math.min(...lows))];
    return [up, down, up - down];
  },
  psar(bars, { step, max_step }, t) {
    const stop = stopAt(bars, step!, max_step!, t);
    const price = bars.close[t]!;
    return [stop, price > stop ? 1 : price < stop ? -1 : Number.NaN];
  },
  supertrend: (bars, { period, multiplier }, t) => supertrendAt(bars, period!, multiplier!, t),
  ichimoku(bars, { tenkan, kijun, senkou }, t) {
    const { high, low } = bars;
    const middle = (i: number, n: number) => (Math.max(...last(high, i, n)) + Math.min(...last(low, i, n))) / 2;
    const barIsKnown = Number.isNaN(middleAt(bars, t)) ? Number.NaN : 1;
    const past = t - kijun!;
    return [
      middle(t, tenkan!),
      middle(t, kijun!),
      barIsKnown * ((middle(past, tenkan!) + middle(past, kijun!)) / 2),
      barIsKnown * middle(past, senkou!),
    ];
  },
  vortex(bars, { window }, t) {
    const { high, low } = bars;
    const range = sum(rangesOf(bars, t, window!));
    const plus = sum(lastBars(t, window!, (i) => Math.abs(high[i]! - low[i - 1]!)));
    const minus = sum(lastBars(t, window!, (i) => Math.abs(low[i]! - high[i - 1]!)));
    return [over(plus, range), over(minus, range)];
  },
  mass_index({ high, low }, { fast, slow }, t) {
    const once = averages(
      pairwise(until(high, t), until(low, t), (top, bottom) => top - bottom),
      fast!,
    );
    return [sum(lastOf(pairwise(once, averages(once, fast!), over), t, slow!))];
  },
  qstick: ({ open, close }, { window }, t) => [mean(lastBars(t, window!, (i) => close[i]! - open[i]!))],
  elder_ray: ({ high, low, close }, { window }, t) => [high[t]! - emaAt(close, window!, t), low[t]! - emaAt(close, window!, t)],
  alligator(bars, p, t) {
    const barIsKnown = Number.isNaN(middleAt(bars, t)) ? Number.NaN : 1;
    return ["jaw", "teeth", "lips"].map((line) => {
      const [n, past] = [p[line]!, t - p[`${line}_shift`]!];
      const middles = Array.from({ length: Math.max(0, past + 1) }, (_, i) => middleAt(bars, i));
      return barIsKnown * smoothed(middles, n, 1 / n);
    });
  },
  schaff_trend_cycle({ close }, { cycle, fast, slow }, t) {
    const lines = pairwise(averages(until(close, t), fast!), averages(until(close, t), slow!), (near, far) => near - far);
    const first = halfSmoothed(stochastics(lines, cycle!, () => Number.NaN));
    return [halfSmoothed(stochastics(first, cycle!, (i) => first[i]!))[t]!];
  },
  choppiness(bars, { window }, t) {
    const { high, low, close } = bars;
    const top = largest(lastBars(t, window!, (i) => Math.max(high[i]!, close[i - 1]!)));
    const bottom = smallest(lastBars(t, window!, (i) => Math.min(low[i]!, close[i - 1]!)));
    return [(100 * Math.log10(over(sum(rangesOf(bars, t, window!)), top - bottom))) / Math.log10(window!)];
  },
  hurst({ close }, { window }, t) {
    const logs = last(close, t, window!).map((value) => Math.log(value));
    const points: { x: number; y: number }[] = [];
    for (let lag = 1; lag <= window! / 4; lag *= 2)
      points.push({ x: Math.log(lag), y: Math.log(mean(logs.slice(lag).map((value, i) => (value - logs[i]!) ** 2))) });
    const mx = mean(points.map(({ x }) => x));
    const my = mean(points.map(({ y }) => y));
    const slope = sum(points.map(({ x, y }) => (x - mx) * (y - my))) / sum(points.map(({ x }) => (x - mx) ** 2));
    return [Number.isFinite(slope) ? slope / 2 : Number.NaN];
  },
  ulcer_index({ close }, { window }, t) {
    const drawdowns = lastBars(t, window!, (i) => 100 * (close[i]! / Math.max(...last(close, i, window!)) - 1));
    return [Math.sqrt(mean(drawdowns.map((percent) => percent ** 2)))];
  },
};

/** Place of each value in the range of its last n, in percent; where there is no range the last place, at first `fallback`. */
function stochastics(x: readonly number[], n: number, fallback: (i: number) => number): number[] {
  let place = Number.NaN;
  return x.map((value, i) => {
    const window = lastOf(x, i, n);
    const [top, bottom] = [Math.max(...window), Math.min(...window)];
    if (Number.isNaN(top)) return Number.NaN;
    if (top > bottom) place = 100 * ((value - bottom) / (top - bottom));
    else if (Number.isNaN(place)) place = fallback(i);
    return place;
  });
}

const halfSmoothed = (x: readonly number[]): number[] => averages(x, 1, 0.5);
