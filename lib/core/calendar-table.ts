import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "./time.ts";

/**
 * When the New York Stock Exchange was or will be closed, or closes early, 1990 to 2030.
 *
 * Rules hold for the regular days; everything that no rule gives is a table with its reason. Late openings (1995-12-18,
 * 1996-01-08, 2002-09-11 and moments of silence) are not modelled: no bar exists then, and no decision depends on it.
 *
 * @see NYSE Rule 7.2 (holidays) and NYSE Group's yearly holiday notices
 */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2030;

/** Days without a session that no rule gives. */
const ONE_OFF_CLOSURES: Readonly<Record<DateNumber, string>> = {
  19940427: "day of mourning for Richard Nixon",
  20010911: "attacks of September 11",
  20010912: "attacks of September 11",
  20010913: "attacks of September 11",
  20010914: "attacks of September 11",
  20040611: "day of mourning for Ronald Reagan",
  20070102: "day of mourning for Gerald Ford",
  20121029: "Hurricane Sandy",
  20121030: "Hurricane Sandy",
  20181205: "day of mourning for George H. W. Bush",
  20250109: "day of mourning for Jimmy Carter",
};

/** Half days that were announced, in minutes after New York's midnight, where no rule says so. */
const ANNOUNCED_EARLY_CLOSES: Readonly<Record<DateNumber, number>> = {
  19971226: 13 * 60,
  19991231: 13 * 60,
  20031226: 13 * 60,
};

/** Sessions that ended early without anybody knowing the day before. */
const SUDDEN_EARLY_CLOSES: Readonly<Record<DateNumber, number>> = {
  19940211: 14 * 60 + 30, // snow
  19960108: 14 * 60, // snow
  19971027: 15 * 60 + 30, // circuit breaker
  20050601: 15 * 60 + 56, // failure of the communication system
};

const MONDAY = 0;
const THURSDAY = 3;
const SATURDAY = 5;
const SUNDAY = 6;

/** The year's full closures on weekdays, with the name of each. */
export function closuresOfYear(year: number): Map<DateNumber, string> {
  const closures = holidaysOfYear(year);
  addOfYear(closures, ONE_OFF_CLOSURES, year);
  return closures;
}

/** The closures that the exchange's rules give, which everybody knows in advance. Any year from 1990 on, the future's too. */
export function holidaysOfYear(year: number): Map<DateNumber, string> {
  const closures = new Map<DateNumber, string>();
  const day = (month: number, dayOfMonth: number): DateNumber => year * 10_000 + month * 100 + dayOfMonth;

  // A Saturday New Year's Day has no Friday in its stead: that Friday ends the accounting year.
  const newYear = day(1, 1);
  if (dayOfWeekOf(newYear) === SUNDAY) closures.set(addDays(newYear, 1), "New Year's Day (observed)");
  else if (dayOfWeekOf(newYear) !== SATURDAY) closures.set(newYear, "New Year's Day");

  if (year >= 1998) closures.set(nthWeekday(year, 1, MONDAY, 3), "Martin Luther King Jr. Day");
  closures.set(nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday");
  closures.set(addDays(easterSunday(year), -2), "Good Friday");
  closures.set(lastMondayOfMay(year), "Memorial Day");
  if (year >= 2022) setObserved(closures, day(6, 19), "Juneteenth");
  setObserved(closures, day(7, 4), "Independence Day");
  closures.set(nthWeekday(year, 9, MONDAY, 1), "Labor Day");
  closures.set(nthWeekday(year, 11, THURSDAY, 4), "Thanksgiving Day");
  setObserved(closures, day(12, 25), "Christmas Day");
  return closures;
}

/** The year's sessions that closed before 16:00: date to minutes after New York's midnight. */
export function earlyClosesOfYear(year: number): Map<DateNumber, number> {
  const closes = announcedEarlyClosesOfYear(year);
  addOfYear(closes, SUDDEN_EARLY_CLOSES, year);
  return closes;
}

/** The half days that everybody knows in advance: date to minutes after New York's midnight. Any year from 1990 on. */
export function announcedEarlyClosesOfYear(year: number): Map<DateNumber, number> {
  const closes = new Map<DateNumber, number>();
  // The half day ended at 14:00 before 1993; the day after Thanksgiving became one in 1992.
  const halfDay = (year < 1993 ? 14 : 13) * 60;
  if (year >= 1992) closes.set(addDays(nthWeekday(year, 11, THURSDAY, 4), 1), halfDay);

  const christmasEve = year * 10_000 + 1224;
  if (dayOfWeekOf(christmasEve) <= THURSDAY) closes.set(christmasEve, halfDay);

  if (year >= 1995) {
    const eve = year * 10_000 + 703;
    const weekday = dayOfWeekOf(eve);
    // With July 4 on a Thursday, the Friday after it was the half day until 2012; since 2013 it is the Wednesday before.
    if (weekday === 2 && year < 2013) closes.set(year * 10_000 + 705, halfDay);
    else if (weekday <= THURSDAY) closes.set(eve, halfDay);
  }

  addOfYear(closes, ANNOUNCED_EARLY_CLOSES, year);
  return closes;
}

function addOfYear<T>(to: Map<DateNumber, T>, table: Readonly<Record<DateNumber, T>>, year: number): void {
  for (const [date, value] of Object.entries(table)) if (Math.floor(Number(date) / 10_000) === year) to.set(Number(date), value);
}

/** A Saturday's holiday closes the Friday before, a Sunday's the Monday after. */
function setObserved(closures: Map<DateNumber, string>, date: DateNumber, name: string): void {
  const weekday = dayOfWeekOf(date);
  if (weekday === SATURDAY) closures.set(addDays(date, -1), `${name} (observed)`);
  else if (weekday === SUNDAY) closures.set(addDays(date, 1), `${name} (observed)`);
  else closures.set(date, name);
}

function addDays(date: DateNumber, days: number): DateNumber {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** The n-th such weekday of a month, n from 1. */
function nthWeekday(year: number, month: number, weekday: number, n: number): DateNumber {
  const first = year * 10_000 + month * 100 + 1;
  return addDays(first, ((weekday - dayOfWeekOf(first) + 7) % 7) + 7 * (n - 1));
}

function lastMondayOfMay(year: number): DateNumber {
  const last = year * 10_000 + 531;
  return addDays(last, -dayOfWeekOf(last));
}

/** @see Meeus, Astronomical Algorithms (1991), ch. 8 (Gregorian Easter) */
function easterSunday(year: number): DateNumber {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return year * 10_000 + Math.floor(sum / 31) * 100 + (sum % 31) + 1;
}
