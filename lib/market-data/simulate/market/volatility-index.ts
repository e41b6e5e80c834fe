import { NYSE } from "../../../core/calendar.ts";
import type { DateNumber } from "../../../core/time.ts";
import { yearsToExpiry } from "../../../options/expiry-time.ts";
import { listedExpiries } from "../options/expiries.ts";
import { createExpiryClock } from "../options/expiry-clock.ts";
import type { MarketPath } from "./market-path.ts";
import type { MinutePath } from "./minute-path.ts";
import type { Pieces, PricePath } from "./price-path.ts";
import { expectedVariances } from "./volatility.ts";

/** Horizons of the indices, in years of 365 calendar days. */
const HORIZON_YEARS = { VIX: 30 / 365, VIX3M: 93 / 365 } as const;
export type VolatilityIndex = keyof typeof HORIZON_YEARS;

/**
 * An index of the market's implied volatility at a constant horizon, in percent a year: the total variance at the money of the two
 * listed Friday expiries around the horizon, on the straight line between them. It has a level at the ends of each piece and runs
 * straight between them; it has no volume.
 *
 * @see Cboe Volatility Index Methodology, for the interpolation; there it is of variance over all strikes
 */
export function volatilityIndexOf(symbol: string, index: VolatilityIndex, market: MarketPath): PricePath {
  const { drivers, sessions, firstPiece } = market;
  const length = market.pieces.open.length;
  const column = (): Float64Array => new Float64Array(length);
  const pieces: Pieces = {
    fromMinute: market.pieces.fromMinute,
    toMinute: market.pieces.toMinute,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    deviation: column(),
    volume: column().fill(Number.NaN),
  };
  const level = createLevel(market, HORIZON_YEARS[index]);
  for (let t = 0; t < sessions.length; t++) {
    for (let p = firstPiece[t]!; p < firstPiece[t + 1]!; p++) {
      const open = level(sessions[t]!, pieces.fromMinute[p]!, drivers.slowAtOpen[p]!, drivers.fastAtOpen[p]!);
      const close = level(sessions[t]!, pieces.toMinute[p]!, drivers.slowAtClose[p]!, drivers.fastAtClose[p]!);
      pieces.open[p] = open;
      pieces.close[p] = close;
      pieces.high[p] = Math.max(open, close);
      pieces.low[p] = Math.min(open, close);
    }
  }
  return { symbol, sessions, firstPiece, pieces, logScale: new Float64Array(sessions.length), actions: [] };
}

/** Log of the index at a minute of a session, by the state of the log volatility. */
function createLevel(
  { model, spec }: MarketPath,
  horizon: number,
): (session: DateNumber, minute: number, slow: number, fast: number) => number {
  const clock = createExpiryClock(spec.overnight_share);
  const variances = new Float64Array(2);
  let today = 0;
  let open = Number.NaN;
  let listed: readonly DateNumber[] = [];
  return (session, minute, slow, fast) => {
    if (session !== today) {
      today = session;
      open = NYSE.openOf(session);
      listed = listedExpiries(session, "weekly").map(({ date }) => date);
    }
    const now = open + minute * 60_000;
    const [near, far] = expiriesAround(listed, now, horizon);
    expectedVariances(model, slow, fast, clock(session, minute, [near, far]), variances);
    const [nearYears, farYears] = [yearsToExpiry(now, near), yearsToExpiry(now, far)];
    const share = (horizon - nearYears) / (farYears - nearYears);
    const variance = variances[0]! + share * (variances[1]! - variances[0]!);
    return Math.log(100 * spec.options.premium * Math.sqrt(variance / horizon));
  };
}

/** The last expiry before a horizon and the first one after it; the last two where none is that far. */
function expiriesAround(dates: readonly DateNumber[], now: number, horizon: number): readonly [DateNumber, DateNumber] {
  const after = dates.findIndex((date) => yearsToExpiry(now, date) >= horizon);
  const far = after === -1 ? dates.length - 1 : Math.max(after, 1);
  return [dates[far - 1]!, dates[far]!];
}

/** The minutes of such an index: a straight line from a piece's open to its close. */
export function straightMinutes({ pieces, firstPiece }: PricePath, session: number): MinutePath {
  const end = firstPiece[session + 1]!;
  const length = pieces.toMinute[end - 1]!;
  const column = (): Float64Array => new Float64Array(length);
  const minutes: MinutePath = { length, open: column(), high: column(), low: column(), close: column(), volume: column().fill(Number.NaN) };
  for (let p = firstPiece[session]!; p < end; p++) {
    const [from, to] = [pieces.fromMinute[p]!, pieces.toMinute[p]!];
    const at = (minute: number): number => {
      const share = (minute - from) / (to - from);
      return (1 - share) * pieces.open[p]! + share * pieces.close[p]!;
    };
    for (let i = from; i < to; i++) {
      const [open, close] = [at(i), at(i + 1)];
      minutes.open[i] = open;
      minutes.close[i] = close;
      minutes.high[i] = Math.max(open, close);
      minutes.low[i] = Math.min(open, close);
    }
  }
  return minutes;
}
