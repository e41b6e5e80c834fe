import { SigmaError } from "../errors/sigma-error.ts";
import { closuresOfYear, earlyClosesOfYear, FIRST_YEAR, LAST_YEAR } from "./calendar-table.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf, formatDate, isCalendarDate, newYorkWallToUtc } from "./time.ts";

/**
 * The sessions of one exchange. Dates are New York dates as numbers (20240701), instants UTC milliseconds. Every method
 * throws INVALID_PARAM for what is no date or lies outside the table, and names the table's range.
 */
export interface TradingCalendar {
  /** Grows when any session, open or close of the table changes; part of a matrix's identity. */
  readonly version: number;
  /** First and last date of the table. */
  readonly firstDate: DateNumber;
  readonly lastDate: DateNumber;
  /** How many sessions the table has. */
  readonly sessionCount: number;

  isSession(date: DateNumber): boolean;
  /** Why there is no session: `weekend`, the holiday's or closure's name; null on a session. */
  closureOf(date: DateNumber): string | null;
  /** 09:30 in New York. @throws INVALID_PARAM when the date is not a session */
  openOf(date: DateNumber): number;
  /** The session's actual end: 16:00 in New York, earlier on half days. @throws INVALID_PARAM when the date is not a session */
  closeOf(date: DateNumber): number;
  isEarlyClose(date: DateNumber): boolean;

  /** Sessions on `startDate` or later and before `endDate`, ascending. Empty when the range is. */
  sessionsBetween(startDate: DateNumber, endDate: DateNumber): DateNumber[];
  /** The first session after the date (never the date itself). */
  nextSession(date: DateNumber): DateNumber;
  /** The last session before the date (never the date itself). */
  previousSession(date: DateNumber): DateNumber;
  /**
   * The session so many sessions later (or earlier, when negative). From a date without a session, 1 is the next session
   * and -1 the previous one; 0 needs a session.
   */
  addSessions(date: DateNumber, count: number): DateNumber;
  /** Position of a session in the table, from 0; -1 when the date is not a session. Differences count sessions. */
  sessionIndex(date: DateNumber): number;
  /** The session at a position of the table. */
  sessionAt(index: number): DateNumber;
}

/** New York Stock Exchange, regular trading hours, 1990 to 2030. */
export const NYSE: TradingCalendar = createCalendar();

function createCalendar(): TradingCalendar {
  const firstDate = FIRST_YEAR * 10_000 + 101;
  const lastDate = LAST_YEAR * 10_000 + 1231;
  const firstDay = dayNumberOf(firstDate);
  const dayCount = dayNumberOf(lastDate) - firstDay + 1;

  const closures = new Map<DateNumber, string>();
  const earlyCloses = new Map<DateNumber, number>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const [date, name] of closuresOfYear(year)) closures.set(date, name);
    for (const [date, minutes] of earlyClosesOfYear(year)) earlyCloses.set(date, minutes);
  }

  /** Sessions before each day of the table; one entry more than days. */
  const sessionsBefore = new Int32Array(dayCount + 1);
  const dates: DateNumber[] = [];
  const opens: number[] = [];
  const closes: number[] = [];
  for (let i = 0; i < dayCount; i++) {
    const date = dateOfDayNumber(firstDay + i);
    if (dayOfWeekOf(date) < 5 && !closures.has(date)) {
      const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
      const closeMinute = earlyCloses.get(date) ?? 16 * 60;
      dates.push(date);
      opens.push(newYorkWallToUtc(year, month, day, 9, 30));
      closes.push(newYorkWallToUtc(year, month, day, 0, closeMinute));
    }
    sessionsBefore[i + 1] = dates.length;
  }

  const range = `"${formatDate(firstDate)}" to "${formatDate(lastDate)}"`;

  const dayIndexOf = (date: DateNumber): number => {
    const year = Math.floor(date / 10_000);
    if (!Number.isInteger(date) || !isCalendarDate(year, Math.floor(date / 100) % 100, date % 100)) {
      throw new SigmaError("INVALID_PARAM", `Expected a date as a number such as 20240701; found "${date}".`, { date: String(date) });
    }
    const index = dayNumberOf(date) - firstDay;
    if (index < 0 || index >= dayCount) {
      throw new SigmaError(
        "INVALID_PARAM",
        `The trading calendar covers ${range}; found "${formatDate(date)}". Choose dates inside that range.`,
        { date: formatDate(date), firstDate: formatDate(firstDate), lastDate: formatDate(lastDate) },
      );
    }
    return index;
  };
  /** As dayIndexOf, but the day after the last one may end a half-open range. */
  const boundOf = (date: DateNumber): number => (date === (LAST_YEAR + 1) * 10_000 + 101 ? dayCount : dayIndexOf(date));

  const indexOf = (date: DateNumber): number => {
    const day = dayIndexOf(date);
    const before = sessionsBefore[day]!;
    return sessionsBefore[day + 1]! > before ? before : -1;
  };
  const requireSession = (date: DateNumber): number => {
    const index = indexOf(date);
    if (index >= 0) return index;
    throw new SigmaError("INVALID_PARAM", `"${formatDate(date)}" is not a trading session (${closureOf(date)}).`, {
      date: formatDate(date),
      reason: closureOf(date),
    });
  };
  const closureOf = (date: DateNumber): string | null => {
    if (indexOf(date) >= 0) return null;
    return closures.get(date) ?? "weekend";
  };
  const sessionAt = (index: number): DateNumber => {
    const date = dates[index];
    if (date !== undefined) return date;
    throw new SigmaError("INVALID_PARAM", `The trading calendar covers ${range}; the session asked for lies outside.`, {
      firstDate: formatDate(firstDate),
      lastDate: formatDate(lastDate),
    });
  };

  return {
    version: 1,
    firstDate,
    lastDate,
    sessionCount: dates.length,
    isSession: (date) => indexOf(date) >= 0,
    closureOf,
    openOf: (date) => opens[requireSession(date)]!,
    closeOf: (date) => closes[requireSession(date)]!,
    isEarlyClose: (date) => earlyCloses.has(dates[requireSession(date)]!),
    sessionsBetween: (startDate, endDate) => dates.slice(sessionsBefore[boundOf(startDate)]!, sessionsBefore[boundOf(endDate)]!),
    nextSession: (date) => sessionAt(sessionsBefore[dayIndexOf(date) + 1]!),
    previousSession: (date) => sessionAt(sessionsBefore[dayIndexOf(date)]! - 1),
    addSessions: (date, count) => {
      if (!Number.isInteger(count)) throw new SigmaError("INVALID_PARAM", `Sessions are counted in whole numbers; found "${count}".`, {});
      const index = indexOf(date);
      if (index >= 0) return sessionAt(index + count);
      if (count === 0) return sessionAt(requireSession(date));
      return sessionAt(sessionsBefore[dayIndexOf(date)]! + (count > 0 ? count - 1 : count));
    },
    sessionIndex: indexOf,
    sessionAt,
  };
}
