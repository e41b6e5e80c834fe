import { change, completedCloses, type Oracle, rsiOf, score, upTo } from "./arithmetic.ts";

export const compositeOracles: Readonly<Record<string, Oracle>> = {
  momentum_score_total(bars, { w_hourly, w_daily, window }, t) {
    const z = (lag: number) => score(Array.from({ length: window! }, (_, i) => change(bars.close, t - window! + 1 + i, lag)));
    const daily = bars.barsPerYear > 252 ? completedCloses(bars, t) : upTo(bars.close, t);
    const rsi = daily.length === 0 ? Number.NaN : rsiOf(daily, 14);
    return [(w_hourly! * (z(1) + z(3))) / 2 + (w_daily! * (rsi - 50)) / 50];
  },
};
