import type { TradingCalendar } from "../../core/calendar.ts";
import { type DateNumber, dayNumberOf, sessionDateOf } from "../../core/time.ts";

/** A vendor may still correct the last trades of a session for so long after its close. */
const MARGIN_MS = 15 * 60_000;

/**
 * For so many calendar days a session without data may be a vendor's gap, and an action may still be corrected; what is
 * older counts as settled.
 */
export const SETTLING_DAYS = 7;

/**
 * Whether all that a session will ever hold is there: the clock is past its actual close and the margin, and the vendor's
 * answer reaches past the close.
 *
 * @param publishedAfterMs - how long after the close the day's values are published
 * @param knownTo - up to when the vendor's answer is complete; now when it has not been asked
 */
export function isComplete(
  session: DateNumber,
  at: { readonly now: number; readonly knownTo: number; readonly publishedAfterMs: number; readonly calendar: TradingCalendar },
): boolean {
  const published = at.calendar.closeOf(session) + at.publishedAfterMs;
  return at.now >= published + MARGIN_MS && at.knownTo >= published;
}

/** Whether a date is old enough that what the vendor says of it counts for good. */
export function isSettled(date: DateNumber, now: number): boolean {
  return dayNumberOf(sessionDateOf(now)) - dayNumberOf(date) > SETTLING_DAYS;
}
