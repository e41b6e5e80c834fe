import { NYSE } from "#lib/core/calendar.ts";
import type { Columns } from "../series.ts";
import { completedCloses, deviation, last, mean, type Oracle, upTo } from "./arithmetic.ts";

const known = (x: number): boolean => !Number.isNaN(x);

/** The last close that was published by row t's end, if it is of the row's session or the one before. */
export function published(
  { extras, barEnd, sessionDate }: Columns,
  symbol: string,
  t: number,
): { session: number; close: number } | undefined {
  const { availableAt, sessionDate: sessions, close } = extras!.others.get(symbol)!;
  const i = availableAt.findLastIndex((at) => at <= barEnd[t]!);
  const fresh = i >= 0 && [sessionDate[t], NYSE.previousSession(sessionDate[t]!)].includes(sessions[i]!);
  return fresh ? { session: sessions[i]!, close: close[i]! } : undefined;
}

const closeOn = ({ extras }: Columns, symbol: string, session: number): number => {
  const { sessionDate, close } = extras!.others.get(symbol)!;
  return close[sessionDate.indexOf(session)] ?? Number.NaN;
};

/** Closes of sessions as row t may know them: on daily bars its own is among them. */
const knownCloses = (bars: Columns, t: number): Float64Array => (bars.barsPerYear > 252 ? completedCloses(bars, t) : upTo(bars.close, t));

const volatilities = (closes: Float64Array, window: number, end: number): number => {
  const returns = Array.from({ length: window }, (_, k) => Math.log(closes[end - k]! / closes[end - k - 1]!));
  return deviation(returns, 1);
};

export const regimeOracles: Readonly<Record<string, Oracle>> = {
  vix_level: (bars, _, t) => [published(bars, "VIX", t)?.close ?? Number.NaN],
  vix_delta(bars, { window }, t) {
    const now = published(bars, "VIX", t);
    return [now ? now.close - closeOn(bars, "VIX", NYSE.addSessions(now.session, -window!)) : Number.NaN];
  },
  vix_term_slope(bars, params, t) {
    const [near, far] = [published(bars, String(params["near"]), t), published(bars, String(params["far"]), t)];
    return [near && far && near.session === far.session ? far.close / near.close - 1 : Number.NaN];
  },
  vix_percentile(bars, { window }, t) {
    const now = published(bars, "VIX", t);
    if (!now || !known(now.close)) return [Number.NaN];
    const past = Array.from({ length: window! }, (_, k) => closeOn(bars, "VIX", NYSE.addSessions(now.session, -1 - k))).filter(known);
    return [past.length >= 0.6 * window! ? (100 * past.filter((close) => close < now.close).length) / past.length : Number.NaN];
  },
  trend_regime(bars, { window }, t) {
    const closes = knownCloses(bars, t);
    return [Math.sign(bars.close[t]! - mean(last(closes, closes.length - 1, window!)))];
  },
  vol_regime(bars, { window, lookback }, t) {
    const closes = knownCloses(bars, t);
    const end = closes.length - 1;
    if (!known(bars.close[t]!) || end < window! + lookback!) return [Number.NaN];
    const now = volatilities(closes, window!, end);
    const past = Array.from({ length: lookback! }, (_, k) => volatilities(closes, window!, end - 1 - k)).filter(known);
    if (!known(now) || past.length < 0.6 * lookback! || past.every((vol) => vol === past[0])) return [Number.NaN];
    const share = past.filter((vol) => vol < now).length / past.length;
    return [share < 1 / 3 ? 0 : share < 2 / 3 ? 1 : 2];
  },
  market_breadth({ extras }, { window }, t) {
    const members = extras!
      .universe!.closes.map((closes) => ({ close: closes[t]!, mean: mean(last(closes, t, window!)) }))
      .filter((member) => known(member.mean));
    return [members.length > 0 ? members.filter(({ close, mean: usual }) => close > usual).length / members.length : Number.NaN];
  },
};
