import type { Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { barEndOf, barStartsOf } from "../core/session.ts";
import type { DateNumber } from "../core/time.ts";

/**
 * End of the bar that lies a number of bars after a bar, by the exchange's calendar: when a hold ends.
 *
 * @param session - session of the bar, and `barEnd` its end, UTC ms
 * @returns UTC ms
 */
export function holdEnd(session: DateNumber, barEnd: number, cadence: Cadence, bars: number): number {
  if (cadence === "daily") return NYSE.closeOf(NYSE.addSessions(session, bars));
  let left = bars;
  let date = session;
  for (;;) {
    const ends = barStartsOf(date, cadence)
      .map((start) => barEndOf(start, cadence))
      .filter((end) => end > barEnd);
    if (ends.length >= left) return ends[left - 1]!;
    left -= ends.length;
    date = NYSE.nextSession(date);
  }
}

/** End of the next bar: until then a signal of this bar can be acted on. */
export const nextBarEnd = (session: DateNumber, barEnd: number, cadence: Cadence): number => holdEnd(session, barEnd, cadence, 1);
