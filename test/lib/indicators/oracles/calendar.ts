import { NYSE } from "#lib/core/calendar.ts";
import type { Oracle } from "./arithmetic.ts";

const DAY_MS = 86_400_000;
const parse = (date: number): Date => {
  const digits = String(date);
  return new Date(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`);
};
const format = (day: Date): number => Number(day.toISOString().slice(0, 10).replaceAll("-", ""));
const shifted = (date: number, days: number): number => format(new Date(parse(date).getTime() + days * DAY_MS));
const weekday = (date: number): number => (parse(date).getUTCDay() + 6) % 7;
const month = (date: number): number => parse(date).getUTCMonth() + 1;

/** Days of mourning in the years that the tests use: sessions, as long as nobody knew of them. */
const UNFORESEEN = [20181205, 20250109];
const expected = (date: number): boolean => NYSE.isSession(date) || UNFORESEEN.includes(date);
const daysAround = (date: number, step: number): number[] => Array.from({ length: 12 }, (_, k) => shifted(date, step * (k + 1)));
const next = (date: number): number => daysAround(date, 1).find(expected)!;
const previous = (date: number): number => daysAround(date, -1).find(expected)!;

/** Expiration day of the month that a date lies in, by counting its Fridays. */
function opex(date: number): number {
  const first = date - (date % 100) + 1;
  const days = Array.from({ length: 28 }, (_, k) => shifted(first, k));
  const friday = days.filter((day) => weekday(day) === 4)[2]!;
  return expected(friday) ? friday : previous(friday);
}

export const calendarOracles: Readonly<Record<string, Oracle>> = {
  day_of_week: ({ sessionDate }, _, t) => [weekday(sessionDate[t]!)],
  month: ({ sessionDate }, _, t) => [month(sessionDate[t]!)],
  week_of_month: ({ sessionDate }, _, t) => [[7, 14, 21, 28, 31].findIndex((end) => parse(sessionDate[t]!).getUTCDate() <= end) + 1],
  days_to_opex({ sessionDate }, _, t) {
    const date = sessionDate[t]!;
    const nextMonth = shifted(date - (date % 100) + 1, 31);
    const end = opex(date) >= date ? opex(date) : opex(nextMonth);
    let sessions = 0;
    for (let day = date; day < end; ) {
      day = shifted(day, 1);
      if (expected(day)) sessions += 1;
    }
    return [sessions];
  },
  calendar_flags({ sessionDate }, _, t) {
    const date = sessionDate[t]!;
    const monthEnd = month(next(date)) !== month(date);
    const expiry = opex(date);
    const weekOfExpiry = Array.from({ length: weekday(expiry) + 1 }, (__, k) => shifted(expiry, -k));
    const between = daysAround(date, 1).filter((day) => day < next(date));
    const firstThree = month(previous(previous(previous(date)))) !== month(date);
    const endsQuarter = [3, 6, 9, 12].includes(month(date));
    return [
      monthEnd,
      monthEnd && endsQuarter,
      weekOfExpiry.includes(date),
      date === expiry,
      date === expiry && endsQuarter,
      between.some((day) => weekday(day) < 5),
      monthEnd || firstThree,
    ].map(Number);
  },
};
