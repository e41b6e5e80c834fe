import { announcedEarlyClosesOfYear, FIRST_YEAR, holidaysOfYear } from "./calendar-table.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf, isCalendarDate, newYorkWallToUtc } from "./time.ts";

/**
 * The New York Stock Exchange's calendar as it is known in advance: weekends, the holidays of its rules, announced half
 * days. Closures that nobody foresaw (a hurricane, an attack) and days of mourning, announced a few days before, are
 * sessions here. What looks ahead in dates must look here: the trading calendar knows those closures only because they
 * have happened.
 *
 * Rules do not end, so every year from 1990 on has an answer.
 */

/** Whether a date as a number, such as 20240701, is a day of the schedule's range. */
export function isScheduleDate(date: number): boolean {
  const year = Math.floor(date / 10_000);
  return Number.isInteger(date) && year >= FIRST_YEAR && isCalendarDate(year, Math.floor(date / 100) % 100, date % 100);
}

/** Whether a session was expected on a date. */
export function isScheduledSession(date: DateNumber): boolean {
  return dayOfWeekOf(date) < 5 && !isHoliday(date);
}

/** Whether a rule closes the exchange on a date; observed days among them, weekends not. */
export function isHoliday(date: DateNumber): boolean {
  return yearOf(date).holidays.has(date);
}

/** The first expected session after a date (never the date itself). */
export function nextScheduledSession(date: DateNumber): DateNumber {
  return scheduledFrom(date, 1);
}

/** The last expected session before a date (never the date itself). */
export function previousScheduledSession(date: DateNumber): DateNumber {
  return scheduledFrom(date, -1);
}

/** When a session was expected to end: 16:00 in New York, earlier on announced half days. UTC milliseconds. */
export function scheduledCloseOf(date: DateNumber): number {
  const minutes = yearOf(date).earlyCloses.get(date) ?? 16 * 60;
  return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, minutes);
}

/** When a session begins: 09:30 in New York. UTC milliseconds. */
export function scheduledOpenOf(date: DateNumber): number {
  return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 9, 30);
}

function scheduledFrom(date: DateNumber, step: 1 | -1): DateNumber {
  let day = dayNumberOf(date) + step;
  while (!isScheduledSession(dateOfDayNumber(day))) day += step;
  return dateOfDayNumber(day);
}

interface ScheduleYear {
  readonly holidays: ReadonlyMap<DateNumber, string>;
  readonly earlyCloses: ReadonlyMap<DateNumber, number>;
}

const YEARS = new Map<number, ScheduleYear>();

function yearOf(date: DateNumber): ScheduleYear {
  const year = Math.floor(date / 10_000);
  const known = YEARS.get(year);
  if (known) return known;
  const made = { holidays: holidaysOfYear(year), earlyCloses: announcedEarlyClosesOfYear(year) };
  YEARS.set(year, made);
  return made;
}
