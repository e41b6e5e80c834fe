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
  /** What ends the trade where nothing shortens it: bars, the close of a later session, or the next session's open. */
  readonly trade: { readonly kind: "bars" | "overnight" } | { readonly kind: "session_close"; readonly sessions: number };
  readonly holdBars: number;
  readonly timeStopBars: number | null;
  readonly timeStopMinutes: number | null;
}

/** When a trade closes at the latest: at the end of its hold, or at that of the bar of a time stop that comes first. */
export function latestExit(session: DateNumber, barEnd: number, cadence: Cadence, terms: ExitTerms): number {
  const end = tradeEnd(session, barEnd, cadence, terms);
  const bars = terms.timeStopBars ?? Number.POSITIVE_INFINITY;
  const minutes = terms.timeStopMinutes ?? Number.POSITIVE_INFINITY;
  const entered = terms.entry === "next_open" ? nextBarStart(session, barEnd) : barEnd;
  for (let bar = 1; ; bar++) {
    const at = holdEnd(session, barEnd, cadence, bar);
    if (at >= end) return end;
    if (bar >= bars || at - entered >= minutes * MS_PER_MINUTE) return at;
  }
}

function tradeEnd(session: DateNumber, barEnd: number, cadence: Cadence, { trade, holdBars }: ExitTerms): number {
  switch (trade.kind) {
    case "bars":
      return holdEnd(session, barEnd, cadence, holdBars);
    case "session_close":
      return NYSE.closeOf(trade.sessions === 0 ? session : NYSE.addSessions(session, trade.sessions));
    case "overnight":
      return NYSE.openOf(NYSE.nextSession(session));
  }
}
