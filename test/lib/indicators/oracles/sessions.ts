import type { Columns } from "../series.ts";

/** Sessions as lists of bars, for the formulas that look at them. */

const clock = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const minutes = new Map<number, number>();

/** Minutes after New York's midnight, by the runtime's time zone data. */
export function minuteOfDay(ms: number): number {
  let minute = minutes.get(ms);
  if (minute === undefined) {
    const parts = Object.fromEntries(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    minute = parts["hour"]! * 60 + parts["minute"]!;
    minutes.set(ms, minute);
  }
  return minute;
}

/** Whether bar i lies in a first session whose first bars the series lacks. */
export const inCutSession = ({ sessionDate, barStart }: Columns, i: number): boolean =>
  sessionDate[i] === sessionDate[0] && minuteOfDay(barStart[0]!) > 9 * 60 + 30;

/** Bars of t's session up to t; none in a session whose beginning is missing. */
export function sessionSoFar(bars: Columns, t: number): number[] {
  if (inCutSession(bars, t)) return [];
  return barsOfSession(bars, t, t);
}

/** All bars up to `end` of the session that bar i belongs to. */
export function barsOfSession({ sessionDate }: Columns, i: number, end: number): number[] {
  let [first, after] = [i, i];
  while (first > 0 && sessionDate[first - 1] === sessionDate[i]) first -= 1;
  while (after <= end && sessionDate[after] === sessionDate[i]) after += 1;
  return Array.from({ length: after - first }, (_, k) => first + k);
}

/** The last `count` sessions that ended before t's began, newest first; fewer where there are no more. */
export function sessionsBefore(bars: Columns, t: number, count: number): number[][] {
  const found: number[][] = [];
  let first = barsOfSession(bars, t, t)[0]!;
  while (first > 0 && found.length < count) {
    found.push(barsOfSession(bars, first - 1, first - 1));
    first = found.at(-1)![0]!;
  }
  return found;
}

/** The last known value among some bars; NaN where none is known. */
export const lastKnown = (x: Float64Array, bars: readonly number[]): number =>
  bars.map((i) => x[i]!).findLast((value) => !Number.isNaN(value)) ?? Number.NaN;
