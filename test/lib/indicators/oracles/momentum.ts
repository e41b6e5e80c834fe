import { change, last, mean, type Oracle, position, rsiOf, slowStochasticAt, upTo } from "./arithmetic.ts";
import { published } from "./regime.ts";

export const momentumOracles: Readonly<Record<string, Oracle>> = {
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
  relative_strength(bars, params, t) {
    const { window } = params;
    const growth = (at: (i: number) => number): number => at(t) / at(t - window!);
    const benchmark = (i: number): number => {
      const found = i < 0 ? undefined : published(bars, String(params["benchmark"]), i);
      return found && found.session === bars.sessionDate[i] ? found.close : Number.NaN;
    };
    return [growth((i) => bars.close[i] ?? Number.NaN) / growth(benchmark) - 1];
  },
  log_ret: ({ close }, { window }, t) => [Math.log1p(change(close, t, window!))],
};
