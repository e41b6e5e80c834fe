import { NYSE } from "../core/calendar.ts";
import { type DateNumber, newYorkWallToUtc } from "../core/time.ts";

const MINUTE = 60_000;
const MINUTES_PER_YEAR = 365 * 24 * 60;

/**
 * The moment at which a contract's value is settled: the close of the session in which it last trades, 16:00 New York and 13:00
 * on a half day. A date without a session (expiries were dated Saturday until 2015; a holiday) means the session before it.
 *
 * Options that trade on after that do not live on: those on large funds trade until 16:15 and index options until 13:15 on a
 * half day, but both settle on the close. An index option that settles in the morning (the monthly SPX) is worth what the
 * opening auction of its expiry makes it, and last trades the day before: take the close of that day, as its chain does.
 *
 * After the calendar's last date every date is taken for a full session.
 *
 * @returns UTC milliseconds
 * @throws INVALID_PARAM for what is no date, or one before the calendar
 */
export function lastMomentOf(expiryDate: DateNumber): number {
  if (expiryDate > NYSE.lastDate) {
    return newYorkWallToUtc(Math.floor(expiryDate / 10_000), Math.floor(expiryDate / 100) % 100, expiryDate % 100, 16, 0);
  }
  return NYSE.closeOf(NYSE.isSession(expiryDate) ? expiryDate : NYSE.previousSession(expiryDate));
}

/**
 * Time to expiry in years of 365 days of calendar time, nights and weekends included: the convention of volatilities quoted on
 * listed options. Trading-time years (252 sessions of 390 minutes) give other volatilities, most of all on the last day.
 *
 * @returns at least one minute until the contract's last moment, so that a price in the last seconds has a volatility; 0 from
 *   that moment on; NaN when now is NaN
 * @throws INVALID_PARAM for what is no date, or one before the calendar
 */
export function yearsToExpiry(nowUtcMs: number, expiryDate: DateNumber): number {
  const minutes = (lastMomentOf(expiryDate) - nowUtcMs) / MINUTE;
  if (Number.isNaN(minutes)) return Number.NaN;
  return minutes > 0 ? Math.max(minutes, 1) / MINUTES_PER_YEAR : 0;
}
