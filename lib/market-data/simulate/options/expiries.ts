import { NYSE } from "../../../core/calendar.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "../../../core/time.ts";

/** Which expiries an underlying has: every session, or Fridays (the session before, where Friday is a holiday) only. */
export type ExpiryRule = "daily" | "weekly";

/** An expiry with the first session in which its contracts were listed. */
export interface Expiry {
  readonly date: DateNumber;
  readonly kind: "daily" | "weekly" | "monthly";
  readonly listedFrom: DateNumber;
}

/** How long before their expiry contracts are listed: sessions, for monthly ones expiries of their kind. */
const DAILY_SESSIONS = 5;
const WEEKLY_SESSIONS = 20;
const MONTHLIES = 5;
const FRIDAY = 4;

/**
 * The expiries listed in a session, in order of their dates: the session's own (where the rule has one), the next five
 * sessions', the Fridays of four weeks, the third Fridays of five months. Listing depends on the calendar only. Expiries
 * beyond the calendar's end are not listed.
 */
export function listedExpiries(session: DateNumber, rule: ExpiryRule): Expiry[] {
  const found = new Map<DateNumber, Expiry>();
  const add = (date: DateNumber): void => {
    const expiry = expiryOn(date, rule);
    if (expiry !== undefined && expiry.listedFrom <= session && date >= session) found.set(date, expiry);
  };
  const today = NYSE.sessionIndex(session);
  for (let ahead = 0; ahead <= WEEKLY_SESSIONS && today + ahead < NYSE.sessionCount; ahead++) add(NYSE.sessionAt(today + ahead));
  for (let ahead = 0; ahead <= MONTHLIES; ahead++) {
    const date = monthlyExpiry(session, ahead);
    if (date !== undefined) add(date);
  }
  return [...found.values()].sort((a, b) => a.date - b.date);
}

/**
 * The expiry that falls on a session.
 *
 * @returns undefined when the date is no session, or the rule has no expiry there
 */
export function expiryOn(date: DateNumber, rule: ExpiryRule): Expiry | undefined {
  if (date < NYSE.firstDate || date > NYSE.lastDate || !NYSE.isSession(date)) return undefined;
  const index = NYSE.sessionIndex(date);
  if (monthlyExpiry(date, 0) === date) {
    const earlier = monthlyExpiry(date, -MONTHLIES);
    return { date, kind: "monthly", listedFrom: earlier === undefined ? NYSE.sessionAt(0) : NYSE.nextSession(earlier) };
  }
  const lastOfWeek = index + 1 >= NYSE.sessionCount || weekOf(NYSE.sessionAt(index + 1)) !== weekOf(date);
  if (lastOfWeek) return { date, kind: "weekly", listedFrom: NYSE.sessionAt(Math.max(index - WEEKLY_SESSIONS, 0)) };
  if (rule === "weekly") return undefined;
  return { date, kind: "daily", listedFrom: NYSE.sessionAt(Math.max(index - DAILY_SESSIONS, 0)) };
}

/** The monthly expiry of a date's month, or of so many months later: the third Friday, or the session before it. */
function monthlyExpiry(date: DateNumber, months: number): DateNumber | undefined {
  const month = Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100) - 1 + months;
  const first = Math.floor(month / 12) * 10_000 + ((month % 12) + 1) * 100 + 1;
  if (first < NYSE.firstDate || first > NYSE.lastDate) return undefined;
  const third = dateOfDayNumber(dayNumberOf(first) + ((FRIDAY - dayOfWeekOf(first) + 7) % 7) + 14);
  return NYSE.isSession(third) ? third : NYSE.previousSession(third);
}

/** Number of the Monday-based week. 1970-01-01 was a Thursday. */
const weekOf = (date: DateNumber): number => Math.floor((dayNumberOf(date) + 3) / 7);

/** Width of the strike grid: fine near the expiry, coarser before. US dollars. */
function stepOf(price: number, kind: Expiry["kind"], near: boolean): number {
  const base = price < 25 ? 0.5 : price < 1000 ? 1 : 5;
  if (near) return base;
  return kind === "monthly" ? base * 5 : base * 2;
}

/** Strikes on each side of the previous close for expiries further away. */
const FAR_PER_SIDE = 12;

export interface StrikeGrid {
  /** Between neighbours, US dollars; strikes are its multiples. */
  readonly step: number;
  /** Multiples of the lowest and the highest strike. */
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Strikes that are added for an expiry in a session, where they are not listed yet.
 *
 * @param close - raw close of the session before, US dollars
 * @param sessionsLeft - from this session to the expiry, 0 on its day
 * @param perSide - strikes on each side of the close for expiries of the next five sessions
 */
export function strikesAround(close: number, kind: Expiry["kind"], sessionsLeft: number, perSide: number): StrikeGrid {
  const near = sessionsLeft <= DAILY_SESSIONS;
  const step = stepOf(close, kind, near);
  const middle = Math.round(close / step);
  const side = near ? perSide : FAR_PER_SIDE;
  return { step, lowest: Math.max(middle - side, 1), highest: middle + side };
}

/** Strikes with those of a grid, ascending; the same array when it has them all: a listed contract stays until it expires. */
export function withStrikes(strikes: Float64Array, { step, lowest, highest }: StrikeGrid): Float64Array {
  const known = new Set(strikes);
  const before = known.size;
  for (let k = lowest; k <= highest; k++) known.add(k * step);
  return known.size === before ? strikes : Float64Array.from(known).sort();
}
