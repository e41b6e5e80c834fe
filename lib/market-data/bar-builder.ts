import type { Bars, Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { alignedStart, BAR_MS } from "../core/session.ts";
import { type DateNumber, formatDate, sessionDateOf } from "../core/time.ts";
import { type BarColumn, type BarFault, type BarOrigin, checkBars, dataInvalid, MAX_LISTED_FAULTS } from "./bar-checks.ts";
import type { TimeStamp } from "./time-stamp.ts";

/** How a user's series is to be read. */
export interface BarSourceOptions {
  readonly symbol: string;
  readonly cadence: Cadence;
  /** Our column to the source's column. What is not named is recognised by its usual names. */
  readonly map?: Partial<Record<BarColumn, string>>;
  /** IANA zone of stamps that carry none. Default `America/New_York`. */
  readonly timezone?: string;
  /** Whether a stamp marks the bar's start (default) or its end. */
  readonly barLabel?: "start" | "end";
  /** The source's name in messages and notes. */
  readonly name?: string;
}

/** A user's series after it was read and checked. */
export interface ParsedBars {
  readonly bars: Bars;
  /** What was left out or is missing, in plain sentences. Nothing is changed silently. */
  readonly notes: readonly string[];
  /** Rows of the source, and how many of them became no bar. */
  readonly sourceRows: number;
  readonly droppedRows: number;
  /** Columns that the source lacks: `volume` (NaN in every row), `factor` (1 in every row). */
  readonly absent: readonly BarColumn[];
}

/** Numbers of one source row. Volume NaN = unknown; factor 1 when the source has none. */
interface BarValues {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly factor: number;
}

export interface BarBuilder {
  /** One row of the source. @param position - its line or row number, 1-based */
  add(position: number, stamp: TimeStamp, values: BarValues): void;
  /** A cell that could not be read. */
  fault(position: number, column: string, issue: string): void;
  /** @throws DATA_INVALID naming place, column and found value */
  finish(): ParsedBars;
}

/**
 * Turns source rows into checked bars: stamps become bar starts, bars are clipped to their session (a 09:00 hourly bar
 * covers 09:30 to 10:00), intraday rows outside every session are dropped and counted, rows before the calendar begins
 * likewise.
 *
 * @param place - what a position is called: `line` or `row`
 */
export function createBarBuilder(
  options: BarSourceOptions,
  place: "line" | "row",
  columnOf: (column: BarColumn) => string,
  absent: readonly BarColumn[],
): BarBuilder {
  const { symbol, cadence, barLabel = "start", name = symbol } = options;
  const columns = { position: column(), start: column(), end: column() };
  const values = { open: column(), high: column(), low: column(), close: column(), volume: column(), factor: column() };
  const faults: BarFault[] = [];
  const dropped = { extended: 0, beforeCalendar: 0, preMarketHour: 0 };
  let total = 0;
  let sourceRows = 0;

  const fault = (position: number, columnName: string, issue: string): void => {
    total += 1;
    if (faults.length < MAX_LISTED_FAULTS) faults.push({ place: `${place} ${position}`, column: columnName, issue });
  };

  /** Start and end of the bar that a stamp labels; one object for all rows. */
  const span = { start: Number.NaN, end: Number.NaN };

  const locateDaily = (position: number, stamp: TimeStamp): boolean => {
    const date = stamp.date ?? sessionDateOf(stamp.utcMs);
    if (date < NYSE.firstDate) {
      dropped.beforeCalendar += 1;
      return false;
    }
    const refusal = date > NYSE.lastDate ? `the calendar ends on ${formatDate(NYSE.lastDate)}` : NYSE.closureOf(date);
    if (refusal !== null) {
      fault(position, columnOf("ts"), `expected a trading session, found "${formatDate(date)}" (${refusal})`);
      return false;
    }
    span.start = NYSE.openOf(date);
    span.end = NYSE.closeOf(date);
    return true;
  };

  const locateIntraday = (position: number, stamp: TimeStamp, cadence: Exclude<Cadence, "daily">): boolean => {
    // A label at the end names the bar that the instant just before it belongs to.
    const inside = barLabel === "end" ? stamp.utcMs - 1 : stamp.utcMs;
    const date = sessionDateOf(inside);
    if (date < NYSE.firstDate) {
      dropped.beforeCalendar += 1;
      return false;
    }
    if (date > NYSE.lastDate) {
      fault(position, columnOf("ts"), `expected a date up to ${formatDate(NYSE.lastDate)}, found "${formatDate(date)}"`);
      return false;
    }
    const labelled = alignedStart(inside, cadence);
    if (!NYSE.isSession(date) || labelled + BAR_MS[cadence] <= NYSE.openOf(date) || labelled >= NYSE.closeOf(date)) {
      if (cadence === "hourly" && NYSE.isSession(date) && labelled + BAR_MS.hourly === alignedStart(NYSE.openOf(date), "hourly")) {
        dropped.preMarketHour += 1;
      }
      dropped.extended += 1;
      return false;
    }
    span.start = Math.max(labelled, NYSE.openOf(date));
    span.end = Math.min(labelled + BAR_MS[cadence], NYSE.closeOf(date));
    const aligned =
      barLabel === "end"
        ? stamp.utcMs === span.end || stamp.utcMs === labelled + BAR_MS[cadence]
        : stamp.utcMs === span.start || stamp.utcMs === labelled;
    if (!aligned) {
      const expected = new Date(barLabel === "end" ? span.end : span.start).toISOString();
      fault(
        position,
        columnOf("ts"),
        `expected ${cadence} bars aligned to New York's clock, such as "${expected}"; found "${new Date(stamp.utcMs).toISOString()}"`,
      );
      return false;
    }
    return true;
  };

  return {
    fault,

    add(position, stamp, row) {
      sourceRows += 1;
      const located = cadence === "daily" ? locateDaily(position, stamp) : locateIntraday(position, stamp, cadence);
      if (!located) return;
      columns.position.push(position);
      columns.start.push(span.start);
      columns.end.push(span.end);
      values.open.push(row.open);
      values.high.push(row.high);
      values.low.push(row.low);
      values.close.push(row.close);
      values.volume.push(row.volume);
      values.factor.push(row.factor);
    },

    finish() {
      if (total > 0) throw dataInvalid(name, faults, total);
      const length = columns.start.length();
      const droppedRows = dropped.extended + dropped.beforeCalendar;
      if (length === 0 && droppedRows > 0) throw dataInvalid(name, [nothingLeft(options, dropped, place, columnOf("ts"))]);
      const positions = columns.position.take();
      const bars: Bars = {
        symbol,
        cadence,
        length,
        start: columns.start.take(),
        end: columns.end.take(),
        open: values.open.take(),
        high: values.high.take(),
        low: values.low.take(),
        close: values.close.take(),
        volume: values.volume.take(),
        factor: values.factor.take(),
      };
      const origin: BarOrigin = { name, placeOf: (row) => `${place} ${positions[row]}`, columnOf };
      checkBars(bars, origin);
      checkStep(bars, name, columnOf("ts"));
      return { bars, notes: notesOf(bars, dropped, absent), sourceRows, droppedRows, absent };
    },
  };
}

/** Rows that are regularly further apart than the cadence says are bars of a larger size. */
function checkStep(bars: Bars, name: string, column: string): void {
  if (bars.cadence === "daily") return;
  const size = BAR_MS[bars.cadence];
  let pairs = 0;
  let adjacent = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let row = 1; row < bars.length; row++) {
    const step = alignedStart(bars.start[row]!, bars.cadence) - alignedStart(bars.start[row - 1]!, bars.cadence);
    if (step > 6.5 * 3_600_000) continue;
    pairs += 1;
    if (step === size) adjacent += 1;
    else smallest = Math.min(smallest, step);
  }
  if (pairs < 5 || adjacent * 20 >= pairs) return;
  const issue = `expected ${bars.cadence} bars to follow each other at "${size / 60_000}" minutes, found steps of "${smallest / 60_000}" minutes or more; check the cadence`;
  throw dataInvalid(name, [{ place: "every row", column, issue }]);
}

type Dropped = { readonly extended: number; readonly beforeCalendar: number; readonly preMarketHour: number };

function nothingLeft(options: BarSourceOptions, dropped: Dropped, place: string, column: string): BarFault {
  const zone = options.timezone ?? "America/New_York";
  const issue =
    dropped.extended === 0
      ? `expected dates from ${formatDate(NYSE.firstDate)} on, found only earlier ones`
      : `expected ${options.cadence} bars inside 09:30 to 16:00 New York time, found none in ${dropped.extended} rows; check the cadence and the time zone ("${zone}")`;
  return { place: `every ${place}`, column, issue };
}

function notesOf(bars: Bars, dropped: Dropped, absent: readonly BarColumn[]): string[] {
  const notes: string[] = [];
  if (dropped.beforeCalendar > 0) {
    notes.push(`${dropped.beforeCalendar} rows before ${formatDate(NYSE.firstDate)}, where the trading calendar begins, were left out.`);
  }
  if (dropped.extended > 0) notes.push(`${dropped.extended} rows outside regular trading hours were left out.`);
  if (dropped.preMarketHour > 0) {
    notes.push("The source holds pre-market hours, so its 09:00 bars may contain trades before 09:30.");
  }
  const missing = missingSessions(bars);
  if (missing.length > 0) {
    const shown = missing.slice(0, 3).map(formatDate).join(", ");
    notes.push(`${missing.length} sessions between the first and the last bar have no bar (${shown}${missing.length > 3 ? ", ..." : ""}).`);
  }
  if (absent.includes("volume")) notes.push("The source has no volume: volume is unknown in every bar.");
  if (absent.includes("factor")) {
    notes.push("The source has no adjustment factor: prices are taken as they are, and dividends are not in the returns.");
  }
  return notes;
}

function missingSessions(bars: Bars): DateNumber[] {
  if (bars.length === 0) return [];
  const first = sessionDateOf(bars.start[0]!);
  const last = sessionDateOf(bars.start[bars.length - 1]!);
  const missing: DateNumber[] = [];
  let row = 0;
  for (const date of NYSE.sessionsBetween(first, last)) {
    const open = NYSE.openOf(date);
    while (row < bars.length && bars.start[row]! < open) row++;
    if (row === bars.length || bars.start[row]! >= NYSE.closeOf(date)) missing.push(date);
  }
  return missing;
}

/** A number column that grows. */
function column(): { push(value: number): void; length(): number; take(): Float64Array } {
  let data = new Float64Array(1024);
  let used = 0;
  return {
    push(value) {
      if (used === data.length) {
        const grown = new Float64Array(used * 2);
        grown.set(data);
        data = grown;
      }
      data[used++] = value;
    },
    length: () => used,
    take: () => data.slice(0, used),
  };
}
