import { change, deviation, last, mean, type Oracle, position, rsiOf, slowStochasticAt, sum, upTo } from "./arithmetic.ts";
import { published } from "./regime.ts";
import { averages, changes, lastBars, lastOf, linearMean, middleAt, over, rangesOf, rsiSeries, until } from "./series.ts";

export const momentumOracles: Readonly<Record<string, Oracle>> = {
  rsi: ({ close }, { window }, t) => [rsiOf(upTo(close, t), window!)],
  stochastic: (bars, { k, d, smooth }, t) => [
    // TA-Lib withholds %K until there is a %D.
    t < k! + smooth! + d! - 3 ? Number.NaN : slowStochasticAt(bars, k!, smooth!, t),
    mean(Array.from({ length: d! }, (_, i) => slowStochasticAt(bars, k!, smooth!, t - i))),
  ],
  stoch_rsi({ close }, { window, k, d, smooth }, t) {
    const rsi = rsiSeries(until(close, t), window!);
    const fast = (i: number) => {
      const [low, high] = [Math.min(...lastOf(rsi, i, k!)), Math.max(...lastOf(rsi, i, k!))];
      return high - low > 1e-9 ? 100 * position(rsi[i]!, low, high) : Number.NaN;
    };
    const slow = (i: number) => mean(lastBars(i, smooth!, fast));
    return [t < window! + k! + smooth! + d! - 3 ? Number.NaN : slow(t), mean(lastBars(t, d!, slow))];
  },
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
  momentum_ladder({ close }, { fast, medium, slow, vol_window }, t) {
    const returns = lastBars(t, vol_window!, (i) => Math.log(close[i]! / close[i - 1]!));
    const spread = returns.every((value) => value === returns[0]) ? 0 : deviation(returns, 1);
    return [fast!, medium!, slow!].map((bars) => over(Math.log(close[t]! / close[t - bars]!), spread * Math.sqrt(bars)));
  },
  tsi({ close }, { r, s }, t) {
    const steps = changes(until(close, t));
    const twice = (x: readonly number[]) => averages(averages(x, r!), s!)[t]!;
    return [100 * over(twice(steps), twice(steps.map(Math.abs)))];
  },
  ultimate_oscillator(bars, { fast, medium, slow }, t) {
    const { low, close } = bars;
    const [a, b, c] = [fast!, medium!, slow!].map((n) => {
      const bought = lastBars(t, n, (i) => close[i]! - Math.min(low[i]!, close[i - 1]!));
      return over(sum(bought), sum(rangesOf(bars, t, n)));
    }) as [number, number, number];
    return [(100 * (4 * a + 2 * b + c)) / 7];
  },
  awesome_oscillator(bars, { fast, slow }, t) {
    const [near, far] = [fast!, slow!].map((n) => mean(lastBars(t, n, (i) => middleAt(bars, i)))) as [number, number];
    return [near - far];
  },
  cmo({ close }, { window }, t) {
    const [gain, loss] = [1, -1].map((sign) => {
      const moves = changes(until(close, t)).map((step) => (Number.isNaN(step) ? step : Math.max(0, sign * step)));
      return averages(moves, window!, 1 / window!)[t]!;
    }) as [number, number];
    return [gain + loss === 0 ? 0 : (100 * (gain - loss)) / (gain + loss)];
  },
  coppock: ({ close }, { window, fast, slow }, t) => [
    100 * linearMean(lastBars(t, window!, (i) => change(close, i, fast!) + change(close, i, slow!))),
  ],
  kst({ close }, { roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4, signal }, t) {
    const part = (i: number, lag: number, n: number) => 100 * mean(lastBars(i, n, (k) => change(close, k, lag)));
    const line = (i: number) => part(i, roc1!, sma1!) + 2 * part(i, roc2!, sma2!) + 3 * part(i, roc3!, sma3!) + 4 * part(i, roc4!, sma4!);
    return [line(t), mean(lastBars(t, signal!, line))];
  },
  fisher_transform(bars, { window }, t) {
    let [place, fisher, shown, before] = [0, 0, Number.NaN, Number.NaN];
    for (let i = 0; i <= t; i++) {
      const middles = lastBars(i, window!, (k) => middleAt(bars, k));
      const share = position(middles.at(-1)!, Math.min(...middles), Math.max(...middles));
      before = shown;
      shown = Number.NaN;
      if (Number.isNaN(share)) continue;
      place = 0.33 * 2 * (share - 0.5) + 0.67 * place;
      if (place > 0.99) place = 0.999;
      if (place < -0.99) place = -0.999;
      fisher = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * fisher;
      shown = fisher;
    }
    return [shown, Number.isNaN(shown) ? Number.NaN : before];
  },
  connors_rsi({ close }, { window, streak, rank }, t) {
    const prices = until(close, t);
    const runs: number[] = [];
    changes(prices).forEach((step, i) => {
      const run = Math.sign(step) === Math.sign(runs[i - 1] ?? 0) ? runs[i - 1]! + Math.sign(step) : Math.sign(step);
      runs.push(Number.isNaN(prices[i]!) ? Number.NaN : Number.isNaN(step) ? 0 : run);
    });
    const earlier = Array.from({ length: rank! }, (_, k) => change(close, t - 1 - k, 1));
    const now = change(close, t, 1);
    const lower = Number.isNaN(now) || earlier.some(Number.isNaN) ? Number.NaN : earlier.filter((value) => value < now).length;
    return [(rsiSeries(prices, window!)[t]! + rsiSeries(runs, streak!)[t]! + (100 * lower) / rank!) / 3];
  },
  rvi({ open, high, low, close }, { window }, t) {
    const smooth = (at: (i: number) => number) => (i: number) => (at(i) + 2 * at(i - 1) + 2 * at(i - 2) + at(i - 3)) / 6;
    const body = smooth((i) => close[i]! - open[i]!);
    const range = smooth((i) => high[i]! - low[i]!);
    const line = (i: number) => over(sum(lastBars(i, window!, body)), sum(lastBars(i, window!, range)));
    return [line(t), smooth(line)(t)];
  },
  bop: ({ open, high, low, close }, { window }, t) => [mean(lastBars(t, window!, (i) => over(close[i]! - open[i]!, high[i]! - low[i]!)))],
};
