import type { Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { alignedStart } from "../core/session.ts";
import { type DateNumber, sessionDateOf } from "../core/time.ts";

/** So large a part of the sessions must look like the other label before a file is refused for it. */
const CLEAR_PART = 0.8;

export interface LabelEvidence {
  /** In any order. @param utcMs - a stamp */
  see(utcMs: number): void;
  /** Undefined when the stamps do not contradict the label that was given. */
  contradiction(): string | undefined;
}

/**
 * What intraday stamps say about which end of a bar they mark. A session whose first stamp is its open and whose last is before
 * its close is labelled by starts; one whose first stamp comes after the open and whose last is exactly the close, by ends.
 * Sessions with extended hours or gaps at their ends say nothing.
 */
export function createLabelEvidence(barLabel: "start" | "end", cadence: Exclude<Cadence, "daily">): LabelEvidence {
  const spans = new Map<DateNumber, { first: number; last: number }>();
  let date: DateNumber = Number.NaN;
  let span = { first: Number.NaN, last: Number.NaN };

  return {
    see(utcMs) {
      const found = sessionDateOf(utcMs);
      if (found !== date) {
        date = found;
        span = spans.get(date) ?? { first: utcMs, last: utcMs };
        spans.set(date, span);
      }
      if (utcMs < span.first) span.first = utcMs;
      if (utcMs > span.last) span.last = utcMs;
    },
    contradiction() {
      let sessions = 0;
      let against = 0;
      for (const [session, { first, last }] of spans) {
        if (session < NYSE.firstDate || session > NYSE.lastDate || !NYSE.isSession(session)) continue;
        sessions += 1;
        const [open, close] = [NYSE.openOf(session), NYSE.closeOf(session)];
        const byStart = (first === open || first === alignedStart(open, cadence)) && last < close;
        const byEnd = first > open && last === close;
        if (barLabel === "start" ? byEnd : byStart) against += 1;
      }
      if (sessions === 0 || against < CLEAR_PART * sessions) return undefined;
      const [found, other] =
        barLabel === "start"
          ? ["their first time comes after the open and their last is the close", "end"]
          : ["their first time is the open and their last comes before the close", "start"];
      return `the bar label is "${barLabel}", but in ${against} of ${sessions} sessions ${found}; set it to "${other}"`;
    },
  };
}
