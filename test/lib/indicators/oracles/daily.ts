import type { Columns } from "../series.ts";
import { change, completedCloses, deviation, type Oracle, rsiOf, smoothed } from "./arithmetic.ts";
import { barsOfSession, inCutSession, lastKnown, sessionsBefore } from "./sessions.ts";
import { sessionVwapAt } from "./volume.ts";

const ema = (x: Iterable<number>, n: number): number => smoothed(x, n, 2 / (n + 1));
const at = ({ close }: Columns, t: number, value: () => number): number[] => [Number.isNaN(close[t]!) ? Number.NaN : value()];

/** Closes of the last `count` completed sessions, oldest first; NaN before the first session. */
const lastCloses = (bars: Columns, t: number, count: number): Float64Array => {
  const sessions = sessionsBefore(bars, t, count).map((session) => lastKnown(bars.close, session));
  return Float64Array.from({ length: count }, (_, k) => sessions[count - 1 - k] ?? Number.NaN);
};

export const dailyOracles: Readonly<Record<string, Oracle>> = {
  daily_rsi: (bars, { window }, t) =>
    at(bars, t, () => {
      const closes = completedCloses(bars, t);
      return closes.length === 0 ? Number.NaN : rsiOf(closes, window!);
    }),
  daily_ema: (bars, { window }, t) => at(bars, t, () => ema(completedCloses(bars, t), window!)),
  daily_ret: (bars, { window }, t) => at(bars, t, () => change(lastCloses(bars, t, window! + 1), window!, window!)),
  daily_dist_to_ema: (bars, { window, normalize }, t) =>
    at(bars, t, () => {
      const closes = completedCloses(bars, t);
      const average = ema(closes, window!);
      const close = closes.at(-1) ?? Number.NaN;
      return normalize ? close / average - 1 : close - average;
    }),
  daily_vwap: (bars, _, t) =>
    at(bars, t, () => {
      const session = sessionsBefore(bars, t, 1)[0] ?? [];
      const lastPriced = session.findLast((i) => !Number.isNaN(sessionVwapAt(bars, i).average));
      return lastPriced === undefined ? Number.NaN : sessionVwapAt(bars, lastPriced).average;
    }),
  daily_atr: (bars, { window }, t) =>
    at(bars, t, () => {
      const ranges: number[] = [];
      let before = Number.NaN;
      for (let i = 0; i <= t && bars.sessionDate[i] !== bars.sessionDate[t]; ) {
        const session = barsOfSession(bars, i, t);
        const cut = inCutSession(bars, i);
        const high = cut ? Number.NaN : Math.max(...session.map((k) => bars.high[k]!));
        const low = cut ? Number.NaN : Math.min(...session.map((k) => bars.low[k]!));
        ranges.push(Math.max(high - low, Math.abs(high - before), Math.abs(low - before)));
        before = lastKnown(bars.close, session);
        i += session.length;
      }
      return smoothed(ranges, window!, 1 / window!);
    }),
  daily_vol: (bars, { window }, t) =>
    at(bars, t, () => {
      const closes = lastCloses(bars, t, window! + 1);
      const returns = Array.from({ length: window! }, (_, k) => Math.log(closes[k + 1]! / closes[k]!));
      return deviation(returns, 1) * Math.sqrt(252);
    }),
};
