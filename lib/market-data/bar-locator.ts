import type { Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { alignedStart, BAR_MS } from "../core/session.ts";
import { type DateNumber, dayOfWeekOf, formatDate, minuteEtOf, sessionDateOf } from "../core/time.ts";
import { createLabelEvidence } from "./label-evidence.ts";

/** Rows that became no bar. */
export interface DroppedRows {
  /** Outside every session. */
  extended: number;
  beforeCalendar: number;
  /** Dated on a weekday on which the exchange was closed. */
  holidays: number;
  /** Of the first: hours that end where the first bar's hour begins, so the source has pre-market trades. */
  preMarketHour: number;
}

export interface BarLocator {
  /** Start and end of the bar that the last stamp labels; one object for all rows. */
  readonly span: { start: number; end: number };
  readonly dropped: Readonly<DroppedRows>;
  /**
   * @param utcMs - the stamp's instant
   * @param date - the stamp's date where it has no time of day, else NaN
   * @returns `kept`: `span` is the bar; `dropped`: counted; else what is wrong with the stamp
   */
  locate(utcMs: number, date: DateNumber): "kept" | "dropped" | { readonly issue: string };
  /** What the stamps say against the bar label that was given; undefined when they agree with it. */
  contradiction(): string | undefined;
}

/**
 * Finds the bars that stamps label. Bars are clipped to their session (a 09:00 hourly bar covers 09:30 to 10:00); intraday
 * stamps outside every session are dropped, and so are those before the calendar begins.
 *
 * @param holidays - what to do with daily rows dated on a weekday on which the exchange was closed
 */
export function createBarLocator(cadence: Cadence, barLabel: "start" | "end", holidays: "refuse" | "drop" = "refuse"): BarLocator {
  const span = { start: Number.NaN, end: Number.NaN };
  const dropped = { extended: 0, beforeCalendar: 0, holidays: 0, preMarketHour: 0 };
  if (cadence === "daily") {
    return {
      span,
      dropped,
      contradiction: () => undefined,
      locate(utcMs, date) {
        const found = locateDaily(utcMs, date, barLabel, span, dropped);
        if (typeof found === "string" || holidays === "refuse" || !isHoliday(utcMs, date)) return found;
        dropped.holidays += 1;
        return "dropped";
      },
    };
  }
  const evidence = createLabelEvidence(barLabel, cadence);
  return {
    span,
    dropped,
    contradiction: evidence.contradiction,
    locate(utcMs) {
      evidence.see(utcMs);
      return locateIntraday(utcMs, cadence, barLabel, span, dropped);
    },
  };
}

function locateDaily(
  utcMs: number,
  stampDate: DateNumber,
  barLabel: "start" | "end",
  span: { start: number; end: number },
  dropped: DroppedRows,
): ReturnType<BarLocator["locate"]> {
  const isDate = !Number.isNaN(stampDate);
  const date = isDate ? stampDate : sessionDateOf(utcMs);
  if (date < NYSE.firstDate) {
    dropped.beforeCalendar += 1;
    return "dropped";
  }
  const refusal = date > NYSE.lastDate ? `the calendar ends on ${formatDate(NYSE.lastDate)}` : NYSE.closureOf(date);
  if (refusal !== null) return { issue: `expected a trading session, found "${formatDate(date)}" (${refusal})` };
  const issue = isDate ? dateIssue(date, barLabel) : dayTimeIssue(utcMs, date, barLabel);
  if (issue !== undefined) return { issue };
  span.start = NYSE.openOf(date);
  span.end = NYSE.closeOf(date);
  return "kept";
}

/** A weekday within the calendar on which there was no session: rows of a weekend are dated wrongly. */
function isHoliday(utcMs: number, stampDate: DateNumber): boolean {
  const date = Number.isNaN(stampDate) ? sessionDateOf(utcMs) : stampDate;
  return date >= NYSE.firstDate && date <= NYSE.lastDate && !NYSE.isSession(date) && dayOfWeekOf(date) < 5;
}

/** A date names its session; as the end of a bar it could also mean the session before. */
function dateIssue(date: DateNumber, barLabel: "start" | "end"): string | undefined {
  if (barLabel === "start") return undefined;
  return `a date names its session and marks no end of a bar, found "${formatDate(date)}"; leave the bar label at start, or date each row with its own session`;
}

/** Times between the evening and the morning could mean the session before or after midnight. */
function dayTimeIssue(utcMs: number, date: DateNumber, barLabel: "start" | "end"): string | undefined {
  const minute = minuteEtOf(utcMs);
  const found = `found "${new Date(utcMs).toISOString()}"`;
  if (minute !== 0 && (minute < 4 * 60 || minute >= 19 * 60))
    return `the session of a daily bar is not clear from a time at night in New York, ${found}; write the date alone, or give the time zone in which the times are midnight`;
  if (barLabel === "end" && utcMs <= NYSE.openOf(date)) return `expected the end of a session, ${found}; the bar label is start`;
  return undefined;
}

function locateIntraday(
  utcMs: number,
  cadence: Exclude<Cadence, "daily">,
  barLabel: "start" | "end",
  span: { start: number; end: number },
  dropped: DroppedRows,
): ReturnType<BarLocator["locate"]> {
  // A label at the end names the bar that the instant just before it belongs to.
  const inside = barLabel === "end" ? utcMs - 1 : utcMs;
  const date = sessionDateOf(inside);
  if (date < NYSE.firstDate) {
    dropped.beforeCalendar += 1;
    return "dropped";
  }
  if (date > NYSE.lastDate) return { issue: `expected a date up to ${formatDate(NYSE.lastDate)}, found "${formatDate(date)}"` };
  const labelled = alignedStart(inside, cadence);
  const labelledEnd = labelled + BAR_MS[cadence];
  const isSession = NYSE.isSession(date);
  if (!isSession || labelledEnd <= NYSE.openOf(date) || labelled >= NYSE.closeOf(date)) {
    if (cadence === "hourly" && isSession && labelledEnd === alignedStart(NYSE.openOf(date), "hourly")) dropped.preMarketHour += 1;
    dropped.extended += 1;
    return "dropped";
  }
  span.start = Math.max(labelled, NYSE.openOf(date));
  span.end = Math.min(labelledEnd, NYSE.closeOf(date));
  const isAligned = barLabel === "end" ? utcMs === span.end || utcMs === labelledEnd : utcMs === span.start || utcMs === labelled;
  if (isAligned) return "kept";
  const expected = new Date(barLabel === "end" ? span.end : span.start).toISOString();
  const halfPast = cadence === "hourly" && utcMs % BAR_MS.hourly === BAR_MS.hourly / 2;
  const remedy = halfPast ? "; hours that begin at half past are other bars: bring 15m or finer bars instead" : "";
  return {
    issue: `expected ${cadence} bars aligned to New York's clock, such as "${expected}"; found "${new Date(utcMs).toISOString()}"${remedy}`,
  };
}
