import { isScheduledSession, previousScheduledSession } from "./exchange-schedule.ts";
import { type DateNumber, dayOfWeekOf } from "./time.ts";

/**
 * The last trading day of a month's standard options: its third Friday, or the session before when the exchange is
 * closed then (Good Friday, an observed Juneteenth). Until January 2015 these options were dated the Saturday after;
 * their last trading day was the same.
 *
 * @param month - 1 to 12
 * @see Cboe, options expiration calendars; OCC, by-laws on expiration dates
 */
export function monthlyOpexOf(year: number, month: number): DateNumber {
  const first = year * 10_000 + month * 100 + 1;
  const friday = first + ((4 - dayOfWeekOf(first) + 7) % 7) + 14;
  return isScheduledSession(friday) ? friday : previousScheduledSession(friday);
}

/** The next monthly expiration on a date or after it. */
export function nextMonthlyOpex(date: DateNumber): DateNumber {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const current = monthlyOpexOf(year, month);
  if (current >= date) return current;
  return month === 12 ? monthlyOpexOf(year + 1, 1) : monthlyOpexOf(year, month + 1);
}
