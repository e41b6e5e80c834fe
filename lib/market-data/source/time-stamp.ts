import {
  type DateNumber,
  dateOfDayNumber,
  isCalendarDate,
  sessionDateOf,
  wallMsOf,
  zonedWallToUtc,
  zoneOffsetMs,
} from "../../core/time.ts";
import type { DateOrder, TableFormat, TimeColumn } from "./source-table.ts";

const DAY = 86_400_000;

/** What a time cell says: an instant, or a date without a time of day. */
export type TimeStamp = { readonly utcMs: number; readonly date: DateNumber | null };

const ISO_FORMATS = '"YYYY-MM-DD", "YYYYMMDD", "YYYY-MM-DDTHH:MM[:SS]" with or without "Z" or an offset, or epoch seconds or milliseconds';

const CIVIL = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|z|[+-]\d{2}:?\d{2})?)?$/;
const EPOCH = /^\d{9,10}(?:\.\d+)?$|^\d{12,13}$/;

/** Reads a time cell; undefined for what is no known format or not a time that exists. */
export type StampReader = (text: string) => TimeStamp | undefined;

/** What a reader of this date order takes, for messages. */
export function stampFormats(order: DateOrder = "year_first"): string {
  if (order === "year_first") return ISO_FORMATS;
  return `"${order === "month_first" ? "MM/DD/YYYY" : "DD/MM/YYYY"}" with or without " HH:MM[:SS]"`;
}

/**
 * A reader of the times of one file.
 *
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function stampReader({ timezone = "America/New_York", dates = "year_first" }: TableFormat): StampReader {
  zoneOffsetMs(timezone, 0);
  if (dates === "year_first") return (text) => readTimeStamp(text, timezone);
  return (text) => readSlashedStamp(text, timezone, dates === "month_first");
}

/**
 * Reads a time cell.
 *
 * Midnight as written (and an epoch at midnight UTC) is a date: vendors mark daily bars so, in whatever zone. A stamp
 * with `Z` or an offset is absolute; one without is wall clock in the zone.
 *
 * @returns undefined when the text is no known format or not a time that exists
 * @throws INVALID_PARAM when no time zone has this name
 */
export function readTimeStamp(text: string, zone: string): TimeStamp | undefined {
  const match = CIVIL.exec(text);
  if (match) return civilStamp(match, zone);
  if (!EPOCH.test(text)) return undefined;
  return epochStamp(Number(text) * (text.length >= 12 && !text.includes(".") ? 1 : 1000));
}

/** The stamp of an instant that carries no zone question: an epoch or an absolute Parquet timestamp. */
export function epochStamp(utcMs: number): TimeStamp {
  const date = utcMs % DAY === 0 ? dateOfDayNumber(utcMs / DAY) : null;
  return { utcMs, date };
}

/** The stamp of a wall-clock time without a zone of its own. @param wallMs - as if it were UTC, milliseconds */
export function wallStamp(wallMs: number, zone: string): TimeStamp {
  return { utcMs: zonedWallToUtc(zone, wallMs), date: wallMs % DAY === 0 ? dateOfDayNumber(wallMs / DAY) : null };
}

/** The date of a time cell: its own, or New York's at its instant. */
export function dateOf({ utcMs, date }: TimeColumn, row: number): DateNumber {
  return Number.isNaN(date[row]!) ? sessionDateOf(utcMs[row]!) : date[row]!;
}

function civilStamp(match: RegExpExecArray, zone: string): TimeStamp | undefined {
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (!isCalendarDate(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  const wallMs = wallMsOf(year, month, day, hour, minute, second) + Number(`0.${match[7] ?? 0}`) * 1000;
  const offset = match[8];
  if (offset === undefined) return wallStamp(wallMs, zone);
  const offsetMs = readOffset(offset);
  return { utcMs: wallMs - offsetMs, date: wallMs % DAY === 0 ? dateOfDayNumber(wallMs / DAY) : null };
}

function readOffset(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith("-") ? -minutes : minutes) * 60_000;
}

const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** A wall-clock time whose date is written with the year last. */
function readSlashedStamp(text: string, zone: string, monthFirst: boolean): TimeStamp | undefined {
  const match = SLASHED.exec(text);
  if (match === null) return undefined;
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [month, day] = monthFirst ? [first, second] : [second, first];
  const [hour, minute, seconds] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (!isCalendarDate(year, month, day) || hour > 23 || minute > 59 || seconds > 59) return undefined;
  return wallStamp(wallMsOf(year, month, day, hour, minute, seconds), zone);
}
