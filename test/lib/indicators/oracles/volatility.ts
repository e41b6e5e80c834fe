import { atrAt, change, deviation, last, mean, type Oracle, position, rangeAt, score } from "./arithmetic.ts";

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
  zscore: ({ close }, { window }, t) => [score(last(close, t, window!))],
};
