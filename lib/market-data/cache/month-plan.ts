import type { Cadence } from "../../core/bars.ts";
import type { TradingCalendar } from "../../core/calendar.ts";
import type { DateNumber } from "../../core/time.ts";
import type { BarMonth } from "./bar-months.ts";

/** Sessions, first and last included. */
export interface SessionRange {
  readonly first: DateNumber;
  readonly last: DateNumber;
}

/** So many months are asked for at once: an answer of one or two pages, and little that a kill can lose. */
const MONTHS_A_CALL: Readonly<Record<Cadence, number>> = { "1m": 2, "5m": 2, "15m": 2, hourly: 2, daily: 120 };

/** `20240709` lies in `2024-07`. */
export const monthOf = (date: DateNumber): string =>
  `${Math.floor(date / 10_000)}-${String(Math.floor(date / 100) % 100).padStart(2, "0")}`;

/** The months that have a session in the range, in order, each with its sessions that lie in the range. */
export function monthsOf({ first, last }: SessionRange, calendar: TradingCalendar): Map<string, DateNumber[]> {
  const months = new Map<string, DateNumber[]>();
  if (first > last) return months;
  for (const session of [...calendar.sessionsBetween(first, last), last]) {
    const sessions = months.get(monthOf(session));
    if (sessions === undefined) months.set(monthOf(session), [session]);
    else sessions.push(session);
  }
  return months;
}

/**
 * What a month lacks of the sessions that are wanted. A month that is known from its beginning is extended; one whose known
 * part begins too late is fetched whole, so that a month is always known without a hole.
 */
export function lackingOf(known: BarMonth | undefined, wanted: readonly DateNumber[], calendar: TradingCalendar): SessionRange | undefined {
  const [first, last] = [wanted[0]!, wanted.at(-1)!];
  if (known === undefined || known.from > first) return { first, last: known === undefined || known.through < last ? last : known.through };
  return known.through >= last ? undefined : { first: calendar.nextSession(known.through), last };
}

/** Ranges that follow each other without a gap, joined into as few calls as the cadence allows. */
export function callsOf(lacking: readonly SessionRange[], cadence: Cadence, calendar: TradingCalendar): SessionRange[] {
  const calls: { first: DateNumber; last: DateNumber; months: number }[] = [];
  for (const { first, last } of lacking) {
    const call = calls.at(-1);
    if (call !== undefined && call.months < MONTHS_A_CALL[cadence] && calendar.nextSession(call.last) === first) {
      call.last = last;
      call.months += 1;
    } else calls.push({ first, last, months: 1 });
  }
  return calls.map(({ first, last }) => ({ first, last }));
}
