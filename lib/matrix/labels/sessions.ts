import { NYSE } from "../../core/calendar.ts";
import { minuteEtOf } from "../../core/time.ts";
import type { LabelSeries } from "./label-series.ts";

/** The bars of one session, as a half-open range, and whether its last bar is the one that ends with the session. */
export interface SessionRows {
  readonly date: number;
  readonly first: number;
  readonly end: number;
  readonly complete: boolean;
}

/** The sessions of a series in order. A session is complete when its last bar ends with the session's actual close. */
export function sessionsOf({ length, sessionDate, end }: LabelSeries): SessionRows[] {
  const sessions: SessionRows[] = [];
  for (let first = 0; first < length; ) {
    const date = sessionDate[first]!;
    let next = first + 1;
    while (next < length && sessionDate[next] === date) next += 1;
    const close = NYSE.isSession(date) ? NYSE.closeOf(date) : Number.NaN;
    sessions.push({ date, first, end: next, complete: end[next - 1]! >= close });
    first = next;
  }
  return sessions;
}

/** 16:00, in minutes after New York's midnight. */
export const FULL_SESSION_CLOSE = 16 * 60;

/** A session's close by the calendar, in minutes after New York's midnight. */
export const closeMinutesOf = (date: number): number => (NYSE.isSession(date) ? minuteEtOf(NYSE.closeOf(date)) : FULL_SESSION_CLOSE);

/** The session's bar that ends at a New York clock time, in minutes after midnight; -1 when none does. */
export function rowEndingAt({ end }: LabelSeries, session: SessionRows, minutes: number): number {
  for (let row = session.first; row < session.end; row++) if (minuteEtOf(end[row]!) === minutes) return row;
  return -1;
}

/** The session's last bar that ends by a New York clock time; -1 when all end later. */
export function lastRowBy({ end }: LabelSeries, session: SessionRows, minutes: number): number {
  for (let row = session.end - 1; row >= session.first; row--) if (minuteEtOf(end[row]!) <= minutes) return row;
  return -1;
}
