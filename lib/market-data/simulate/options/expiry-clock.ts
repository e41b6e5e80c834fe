import { NYSE } from "../../../core/calendar.ts";
import type { DateNumber } from "../../../core/time.ts";
import { segmentsOf } from "../market/intraday-shape.ts";
import { minutesOf } from "../market/market-path.ts";

/**
 * Time from a minute of a session to the close of expiries, in sessions of average variance: what is left of the day by its shape,
 * then nights and whole sessions. The values are overwritten by the next call.
 *
 * @param expiries - ascending, none before the session
 */
export type ExpiryClock = (session: DateNumber, minute: number, expiries: readonly DateNumber[]) => Float64Array;

export function createExpiryClock(overnightShare: number): ExpiryClock {
  /** Time at the close of each session of the calendar, from its first one on. */
  const atClose = new Float64Array(NYSE.sessionCount);
  let total = 0;
  for (let i = 0; i < atClose.length; i++) {
    total += overnightShare;
    for (const segment of segmentsOf(minutesOf(NYSE.sessionAt(i)))) total += (1 - overnightShare) * segment.variance;
    atClose[i] = total;
  }
  let ahead = new Float64Array(0);
  return (session, minute, expiries) => {
    let left = 0;
    for (const { from, to, variance } of segmentsOf(minutesOf(session))) {
      if (to > minute) left += (1 - overnightShare) * variance * Math.min(1, (to - minute) / (to - from));
    }
    if (ahead.length !== expiries.length) ahead = new Float64Array(expiries.length);
    const now = atClose[NYSE.sessionIndex(session)]!;
    for (let i = 0; i < expiries.length; i++) ahead[i] = left + atClose[NYSE.sessionIndex(expiries[i]!)]! - now;
    return ahead;
  };
}
