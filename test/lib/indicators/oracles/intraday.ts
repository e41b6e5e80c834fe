import { NYSE } from "#lib/core/calendar.ts";
import type { Columns } from "../series.ts";
import { mean, type Oracle, position, score, sum } from "./arithmetic.ts";
import { barsOfSession, inCutSession, lastKnown, minuteOfDay, sessionSoFar, sessionsBefore } from "./sessions.ts";
import { sessionVwapAt } from "./volume.ts";

const MINUTE_MS = 60_000;
const unlessUnknown = ({ close }: Columns, t: number, value: number): number => (Number.isNaN(close[t]!) ? Number.NaN : value);

/** First open of the session that bar i belongs to over the last close before it. */
function gapAt(bars: Columns, i: number): number {
  const first = barsOfSession(bars, i, i)[0]!;
  const [before] = sessionsBefore(bars, i, 1);
  return before ? bars.open[first]! / lastKnown(bars.close, before) - 1 : Number.NaN;
}

/** High and low of the session's first minutes, from all its bars that end in time; NaN where a bar straddles their end. */
function openingAt(bars: Columns, session: readonly number[], length: number): [number, number] {
  const end = 9 * 60 + 30 + length;
  const begun = session.filter((i) => minuteOfDay(bars.barStart[i]!) < end);
  if (begun.length === 0 || inCutSession(bars, begun[0]!)) return [Number.NaN, Number.NaN];
  if (begun.some((i) => minuteOfDay(bars.barEnd[i]!) > end)) return [Number.NaN, Number.NaN];
  const [high, low] = [Math.max(...begun.map((i) => bars.high[i]!)), Math.min(...begun.map((i) => bars.low[i]!))];
  return Number.isNaN(high + low) ? [Number.NaN, Number.NaN] : [high, low];
}
const isOver = ({ barEnd }: Columns, t: number, length: number): boolean => minuteOfDay(barEnd[t]!) >= 9 * 60 + 30 + length;

/** Prices from so many minutes before t's end on: the first is that of that moment. None where it is unknown. */
function pricesSince(bars: Columns, t: number, length: number): number[] {
  const since = bars.barEnd[t]! - length * MINUTE_MS;
  const session = barsOfSession(bars, t, t);
  const within = session.filter((i) => bars.barEnd[i]! > since);
  if (bars.barStart[session[0]!]! > since || bars.barStart[within[0]!]! < since) return [Number.NaN];
  const before = session.filter((i) => bars.barEnd[i]! <= since).at(-1);
  return [before === undefined ? bars.open[within[0]!]! : bars.close[before]!, ...within.map((i) => bars.close[i]!)];
}

export const intradayOracles: Readonly<Record<string, Oracle>> = {
  intraday_vwap(bars, { num_std }, t) {
    const { average, deviation } = sessionVwapAt(bars, t);
    return [average, average + num_std! * deviation, average - num_std! * deviation];
  },
  close_vs_vwap(bars, params, t) {
    const { average } = sessionVwapAt(bars, t);
    return [(params as Record<string, unknown>)["kind"] === "ratio" ? bars.close[t]! / average - 1 : bars.close[t]! - average];
  },
  day_range_pos(bars, _, t) {
    const known = sessionSoFar(bars, t).filter((i) => !Number.isNaN(bars.high[i]! + bars.low[i]! + bars.close[i]!));
    if (known.at(-1) !== t) return [Number.NaN];
    return [position(bars.close[t]!, Math.min(...known.map((i) => bars.low[i]!)), Math.max(...known.map((i) => bars.high[i]!)))];
  },
  overnight_gap: (bars, _, t) => [unlessUnknown(bars, t, gapAt(bars, t))],
  open_gap_z(bars, { window }, t) {
    const sessions = sessionsBefore(bars, t, window! - 1);
    const gaps = [...sessions.map(([first]) => gapAt(bars, first!)).toReversed(), gapAt(bars, t)];
    return [sessions.length < window! - 1 ? Number.NaN : unlessUnknown(bars, t, score(gaps))];
  },
  first15m_range_z(bars, { window }, t) {
    const sessions = [...sessionsBefore(bars, t, window! - 1).toReversed(), barsOfSession(bars, t, t)];
    if (sessions.length < window! || !isOver(bars, t, 15)) return [Number.NaN];
    const ranges = sessions.map((session) => {
      const [high, low] = openingAt(bars, session, 15);
      return (high - low) / ((high + low) / 2);
    });
    return [unlessUnknown(bars, t, score(ranges))];
  },
  opening_range(bars, { minutes }, t) {
    const [high, low] = openingAt(bars, barsOfSession(bars, t, t), minutes!);
    if (!isOver(bars, t, minutes!) || Number.isNaN(bars.close[t]!)) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    return [high, low, (high - low) / ((high + low) / 2), position(bars.close[t]!, low, high)];
  },
  returns_last_30m(bars, _, t) {
    const [before] = pricesSince(bars, t, 30);
    return [bars.close[t]! / before! - 1];
  },
  rsi_last_hour(bars, _, t) {
    const prices = pricesSince(bars, t, 60);
    const moves = prices.slice(1).map((price, k) => price - prices[k]!);
    if (moves.length === 0) return [Number.NaN];
    const [gain, loss] = [sum(moves.map((d) => Math.max(d, 0))), sum(moves.map((d) => Math.max(-d, 0)))];
    return [gain + loss === 0 ? 50 : 100 - 100 / (1 + gain / loss)];
  },
  hour_of_day: ({ barStart }, _, t) => [Math.floor(minuteOfDay(barStart[t]!) / 60)],
  minutes_to_close: ({ sessionDate, barEnd }, _, t) => [(NYSE.closeOf(sessionDate[t]!) - barEnd[t]!) / MINUTE_MS],
  prev_day_levels(bars, _, t) {
    const [before] = sessionsBefore(bars, t, 1);
    if (!before) return [Number.NaN, Number.NaN, Number.NaN];
    const cut = inCutSession(bars, before[0]!);
    const high = cut ? Number.NaN : Math.max(...before.map((i) => bars.high[i]!));
    const low = cut ? Number.NaN : Math.min(...before.map((i) => bars.low[i]!));
    return [high, low, lastKnown(bars.close, before)].map((level) => bars.close[t]! / level - 1);
  },
  session_return(bars, _, t) {
    const open = sessionSoFar(bars, t)
      .map((i) => bars.open[i]!)
      .find((value) => !Number.isNaN(value));
    return [bars.close[t]! / (open ?? Number.NaN) - 1];
  },
  intraday_vol_ratio({ volume, barStart }, { window }, t) {
    const same: number[] = [];
    for (let i = t - 1; i >= 0 && same.length < window!; i--)
      if (minuteOfDay(barStart[i]!) === minuteOfDay(barStart[t]!)) same.push(volume[i]!);
    const usual = same.length < window! ? Number.NaN : mean(same);
    return [usual > 0 ? volume[t]! / usual : Number.NaN];
  },
  realized_vol_intraday(bars, _, t) {
    const { open, close, barsPerYear } = bars;
    const session = sessionSoFar(bars, t);
    const returns = session.map((i, k) => {
      const before = k === 0 || Number.isNaN(close[i - 1]!) ? open[i]! : close[i - 1]!;
      return Math.log(close[i]! / before);
    });
    const known = returns.filter((value) => !Number.isNaN(value));
    if (session.length === 0 || Number.isNaN(returns.at(-1)!)) return [Number.NaN];
    return [Math.sqrt(mean(known.map((value) => value ** 2)) * barsPerYear)];
  },
};
