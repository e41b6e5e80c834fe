import { directional, emaAt, last, leastSquares, mean, type Oracle, smoothed, upTo } from "./arithmetic.ts";

export const trendOracles: Readonly<Record<string, Oracle>> = {
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
};
