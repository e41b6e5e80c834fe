import type { Columns } from "../series.ts";
import { atrAt, change, deviation, emaAt, last, mean, type Oracle, position, rangeAt, score, smoothed, sum, upTo } from "./arithmetic.ts";

/** A value of each of the last n bars; all NaN while there are not so many. */
const each = (t: number, n: number, value: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, k) => (t - n + 1 < 0 ? Number.NaN : value(t - n + 1 + k)));
const logReturns = ({ close }: Columns, t: number, n: number): number[] =>
  each(t, n, (i) => (i === 0 ? Number.NaN : Math.log(close[i]!) - Math.log(close[i - 1]!)));
const rogersSatchell = ({ open, high, low, close }: Columns, i: number): number =>
  Math.log(high[i]! / close[i]!) * Math.log(high[i]! / open[i]!) + Math.log(low[i]! / close[i]!) * Math.log(low[i]! / open[i]!);

/** Central moments of divisor n, straight from their definition; [m2, m3, m4]. */
function centralMoments(x: readonly number[]): number[] {
  const centre = mean(x);
  if (x.every((value) => value === x[0])) return [0, 0, 0];
  return [2, 3, 4].map((power) => mean(x.map((value) => (value - centre) ** power)));
}

export const volatilityOracles: Readonly<Record<string, Oracle>> = {
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
  parkinson: ({ high, low, barsPerYear }, { window }, t) => [
    Math.sqrt((mean(each(t, window!, (i) => Math.log(high[i]! / low[i]!) ** 2)) / (4 * Math.log(2))) * barsPerYear),
  ],
  garman_klass({ open, high, low, close, barsPerYear }, { window }, t) {
    const term = (i: number) => Math.log(high[i]! / low[i]!) ** 2 / 2 - (2 * Math.log(2) - 1) * Math.log(close[i]! / open[i]!) ** 2;
    return [Math.sqrt(mean(each(t, window!, term)) * barsPerYear)];
  },
  rogers_satchell: (bars, { window }, t) => [Math.sqrt(mean(each(t, window!, (i) => rogersSatchell(bars, i))) * bars.barsPerYear)],
  yang_zhang(bars, { window }, t) {
    const n = window!;
    const { open, close } = bars;
    const overnight = each(t, n, (i) => (i === 0 ? Number.NaN : Math.log(open[i]! / close[i - 1]!)));
    const openToClose = each(t, n, (i) => Math.log(close[i]! / open[i]!));
    const k = 0.34 / (1.34 + (n + 1) / (n - 1));
    const variance =
      deviation(overnight, 1) ** 2 + k * deviation(openToClose, 1) ** 2 + (1 - k) * mean(each(t, n, (i) => rogersSatchell(bars, i)));
    return [Math.sqrt(variance * bars.barsPerYear)];
  },
  keltner(bars, { window, multiplier, atr_window }, t) {
    const middle = emaAt(bars.close, window!, t);
    const half = multiplier! * atrAt(bars, atr_window!, t);
    const place = (2 * half) / middle > 1e-5 ? position(bars.close[t]!, middle - half, middle + half) : Number.NaN;
    return [middle, middle + half, middle - half, (2 * half) / middle, place];
  },
  squeeze(bars, { window, num_std, multiplier }, t) {
    const values = last(bars.close, t, window!);
    const bollinger = num_std! * (values.every((value) => value === values[0]) ? 0 : deviation(values));
    const channel = multiplier! * atrAt(bars, window!, t);
    if (Number.isNaN(bollinger + channel) || channel === 0) return [Number.NaN, Number.NaN];
    return [bollinger < channel ? 1 : 0, bollinger / channel];
  },
  chaikin_volatility({ high, low }, { window, lag }, t) {
    const average = (end: number) =>
      end < 0
        ? Number.NaN
        : smoothed(
            [...upTo(high, end)].map((top, i) => top - low[i]!),
            window!,
            2 / (window! + 1),
          );
    const before = average(t - lag!);
    return [before > 0 ? 100 * (average(t) / before - 1) : Number.NaN];
  },
  ewma_vol({ close, barsPerYear }, { lambda }, t) {
    const squares = [...upTo(close, t)].map((value, i) => (i === 0 ? Number.NaN : Math.log(value / close[i - 1]!) ** 2));
    return [Math.sqrt(smoothed(squares, Math.round(1 / (1 - lambda!)), 1 - lambda!) * barsPerYear)];
  },
  downside_dev({ close, barsPerYear }, { window }, t) {
    const falls = each(t, window!, (i) => change(close, i, 1)).map((value) => (value < 0 ? value ** 2 : 0 * value));
    return [Math.sqrt((sum(falls) / window!) * barsPerYear)];
  },
  max_drawdown_w({ close }, { window }, t) {
    const values = last(close, t, window!);
    let deepest = 0;
    for (const [i, peak] of values.entries()) for (const later of values.slice(i)) deepest = Math.max(deepest, (peak - later) / peak);
    return [deepest];
  },
  skew(bars, { window }, t) {
    const n = window!;
    const [m2, m3] = centralMoments(logReturns(bars, t, n));
    return [m2 === 0 ? Number.NaN : ((m3! / m2! ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2)];
  },
  kurtosis(bars, { window }, t) {
    const n = window!;
    const [m2, , m4] = centralMoments(logReturns(bars, t, n));
    const biased = m4! / m2! ** 2 - 3;
    return [m2 === 0 ? Number.NaN : ((n - 1) * ((n + 1) * biased + 6)) / ((n - 2) * (n - 3))];
  },
  zscore: ({ close }, { window }, t) => [score(last(close, t, window!))],
};
