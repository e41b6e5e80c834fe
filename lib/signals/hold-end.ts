import type { Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { barEndOf, barStartsOf } from "../core/session.ts";
import type { DateNumber } from "../core/time.ts";
import type { LabelEntry } from "../matrix/label.schema.ts";

const MS_PER_MINUTE = 60_000;

/**
 * End of the bar that lies a number of bars after a bar, by the exchange's calendar: when a hold ends.
 *
 * @param session - session of the bar, and `barEnd` its end, UTC ms
 * @param bars - 1 or more
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

/** Start of the next bar, UTC ms: when an order for the next open fills. */
export function nextBarStart(session: DateNumber, barEnd: number): number {
  return barEnd < NYSE.closeOf(session) ? barEnd : NYSE.openOf(NYSE.nextSession(session));
}

export interface ExitTerms {
  readonly entry: LabelEntry;
  readonly holdBars: number;
  readonly timeStopBars: number | null;
  readonly timeStopMinutes: number | null;
}

/** End of the bar at which a trade closes at the latest: that of the hold, or of a time stop that comes first. */
export function latestExit(session: DateNumber, barEnd: number, cadence: Cadence, terms: ExitTerms): number {
  const bars = Math.min(terms.holdBars, terms.timeStopBars ?? Number.POSITIVE_INFINITY);
  const minutes = terms.timeStopMinutes ?? Number.POSITIVE_INFINITY;
  const entered = terms.entry === "next_open" ? nextBarStart(session, barEnd) : barEnd;
  for (let bar = 1; bar < bars; bar++) {
    const end = holdEnd(session, barEnd, cadence, bar);
    if (end - entered >= minutes * MS_PER_MINUTE) return end;
  }
  return holdEnd(session, barEnd, cadence, bars);
}
