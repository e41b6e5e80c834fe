import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";

const HOUR = 3_600_000;
const DAY = 86_400_000;
const MEAN_YEAR = 365.2425 * DAY;

/** A calendar date as a number, such as 20240701. Numbers order as dates do. */
export type DateNumber = number;

/**
 * New York's offset from UTC, negative: -4 hours in daylight time, -5 hours in standard time.
 *
 * Daylight time starts and ends at 02:00 wall clock. 1987 to 2006: first Sunday of April to last Sunday of October;
 * from 2007: second Sunday of March to first Sunday of November. Years before 1987 had other rules and are not meant:
 * the trading calendar starts in 1990.
 *
 * @param utcMs - UTC milliseconds
 * @returns milliseconds to add to UTC
 * @see Uniform Time Act as amended in 1986; Energy Policy Act of 2005, section 110
 */
export function newYorkOffsetMs(utcMs: number): number {
  return isDaylight(utcMs) ? -4 * HOUR : -5 * HOUR;
}

/**
 * The instant of a New York wall-clock time. In the hour that a clock change repeats, the first (daylight) instant; in
 * the hour that it skips, the instant that standard time would give (02:30 means 03:30 daylight time).
 *
 * @param month - 1 to 12
 * @returns UTC milliseconds
 */
export function newYorkWallToUtc(year: number, month: number, day: number, hour: number, minute: number, second = 0): number {
  const asUtc = daysFromCivil(year, month, day) * DAY + hour * HOUR + minute * 60_000 + second * 1000;
  return isDaylight(asUtc + 4 * HOUR) ? asUtc + 4 * HOUR : asUtc + 5 * HOUR;
}

/** New York date of an instant, as a number: 20240701. */
export function sessionDateOf(utcMs: number): DateNumber {
  return dateOfDayNumber(Math.floor((utcMs + newYorkOffsetMs(utcMs)) / DAY));
}

/** New York hour of an instant, 0 to 23. */
export function hourEtOf(utcMs: number): number {
  return Math.floor(modulo(utcMs + newYorkOffsetMs(utcMs), DAY) / HOUR);
}

/** Minutes of an instant after New York's midnight, 0 to 1439. */
export function minuteEtOf(utcMs: number): number {
  return Math.floor(modulo(utcMs + newYorkOffsetMs(utcMs), DAY) / 60_000);
}

/** Weekday of a date: Monday = 0, Sunday = 6. */
export function dayOfWeekOf(date: DateNumber): number {
  // 1970-01-01 was a Thursday.
  return modulo(dayNumberOf(date) + 3, 7);
}

/** Days since 1970-01-01 of a date. Differences are calendar days. */
export function dayNumberOf(date: DateNumber): number {
  return daysFromCivil(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
}

/**
 * The date that lies so many days after 1970-01-01.
 *
 * @see Howard Hinnant, chrono-Compatible Low-Level Date Algorithms (civil_from_days)
 */
export function dateOfDayNumber(dayNumber: number): DateNumber {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}

/** `20240701` as `"2024-07-01"`. */
export function formatDate(date: DateNumber): string {
  const digits = String(date).padStart(8, "0");
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** Whether year, month and day name a day of the Gregorian calendar. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * `"2024-07-01"` as `20240701`.
 *
 * @param field - names the value in the message, such as `window.start`
 * @throws INVALID_PARAM when the text is not a date that exists
 */
export function parseDate(text: string, field = "date"): DateNumber {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = match ? [Number(match[1]), Number(match[2]), Number(match[3])] : [0, 0, 0];
  if (!isCalendarDate(year, month, day)) {
    const issue = 'must be a date that exists, written "YYYY-MM-DD"';
    throw new SigmaError(
      "INVALID_PARAM",
      `${field} ${issue}; found ${JSON.stringify(text.slice(0, 40))}.`,
      { field },
      { fieldErrors: [{ path: field, issue }] },
    );
  }
  return year * 10_000 + month * 100 + day;
}

/** Days from 1970-01-01 to a civil date. @see Hinnant (as above), days_from_civil */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}

/** Day number of the first Sunday on or after a date. */
function sundayOnOrAfter(year: number, month: number, day: number): number {
  const first = daysFromCivil(year, month, day);
  return first + modulo(3 - first, 7);
}

const FIRST_RULE_YEAR = 1900;
const LAST_RULE_YEAR = 2100;
/** Start and end of daylight time, two entries a year, UTC milliseconds. */
const DAYLIGHT = new Float64Array(2 * (LAST_RULE_YEAR - FIRST_RULE_YEAR + 1));
for (let year = FIRST_RULE_YEAR; year <= LAST_RULE_YEAR; year++) {
  const slot = 2 * (year - FIRST_RULE_YEAR);
  const startDay = year >= 2007 ? sundayOnOrAfter(year, 3, 8) : sundayOnOrAfter(year, 4, 1);
  const endDay = year >= 2007 ? sundayOnOrAfter(year, 11, 1) : sundayOnOrAfter(year, 10, 25);
  // 02:00 standard time is 07:00 UTC, 02:00 daylight time is 06:00 UTC.
  DAYLIGHT[slot] = startDay * DAY + 7 * HOUR;
  DAYLIGHT[slot + 1] = endDay * DAY + 6 * HOUR;
}

function isDaylight(utcMs: number): boolean {
  // The mean year may name a neighbour of the true one around New Year, where both rules say standard time.
  const year = Math.floor(1970 + utcMs / MEAN_YEAR);
  const slot = 2 * (Math.min(Math.max(year, FIRST_RULE_YEAR), LAST_RULE_YEAR) - FIRST_RULE_YEAR);
  return utcMs >= DAYLIGHT[slot]! && utcMs < DAYLIGHT[slot + 1]!;
}

/** Formatters are slow to make and quick to use. */
const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

/** @throws INVALID_PARAM when no time zone has this name */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(zone);
  if (known) return known;
  try {
    const formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    FORMATTERS.set(zone, formatter);
    return formatter;
  } catch (cause) {
    const nearest = nearestZone(zone);
    const issue = 'must be an IANA time zone such as "America/New_York" or "UTC"';
    throw new SigmaError(
      "INVALID_PARAM",
      `The time zone ${issue}; found ${JSON.stringify(zone.slice(0, 80))}.${nearest === undefined ? "" : ` Did you mean "${nearest}"?`}`,
      { field: "timezone" },
      { cause, fieldErrors: [{ path: "timezone", issue: nearest === undefined ? issue : `${issue}; did you mean "${nearest}"?` }] },
    );
  }
}

/** The zone that a name was probably meant for: its city alone, or a misspelt name. */
function nearestZone(zone: string): string | undefined {
  const zones = Intl.supportedValuesOf("timeZone");
  const city = zone.trim().replaceAll(" ", "_").toLowerCase();
  return zones.find((known) => known.toLowerCase().endsWith(`/${city}`)) ?? nearestName(zone.slice(0, 80), zones);
}

/**
 * A zone's offset from UTC at an instant, by the runtime's time zone data. For imports; hot loops use
 * `newYorkOffsetMs`.
 *
 * @returns milliseconds to add to UTC
 * @throws INVALID_PARAM when no time zone has this name
 */
export function zoneOffsetMs(zone: string, utcMs: number): number {
  if (zone === "America/New_York") return newYorkOffsetMs(utcMs);
  if (zone === "UTC") return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(utcMs)) part[type] = Number(value);
  const wall =
    daysFromCivil(part["year"]!, part["month"]!, part["day"]!) * DAY +
    part["hour"]! * HOUR +
    part["minute"]! * 60_000 +
    part["second"]! * 1000;
  return wall - Math.floor(utcMs / 1000) * 1000;
}

/**
 * The instant of a wall-clock time in any zone. In a repeated hour the first instant; in a skipped hour the instant that
 * the offset before the change would give.
 *
 * @param wallMs - the wall-clock time as if it were UTC, in milliseconds
 * @returns UTC milliseconds
 * @throws INVALID_PARAM when no time zone has this name
 */
export function zonedWallToUtc(zone: string, wallMs: number): number {
  // The offsets a day before and after embrace at most one change.
  const before = zoneOffsetMs(zone, wallMs - DAY);
  const after = zoneOffsetMs(zone, wallMs + DAY);
  if (before === after || zoneOffsetMs(zone, wallMs - before) === before) return wallMs - before;
  return zoneOffsetMs(zone, wallMs - after) === after ? wallMs - after : wallMs - before;
}

/** A civil date and time as if it were UTC, in milliseconds: the argument of `zonedWallToUtc`. */
export function wallMsOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  return daysFromCivil(year, month, day) * DAY + hour * HOUR + minute * 60_000 + second * 1000;
}
