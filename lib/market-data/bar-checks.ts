import type { Bars } from "../core/bars.ts";
import { NYSE, type TradingCalendar } from "../core/calendar.ts";
import { barEndOf, barStartOf } from "../core/session.ts";
import { sessionDateOf } from "../core/time.ts";
import { type FieldError, SigmaError } from "../errors/sigma-error.ts";

/** Where a series came from, so that a complaint can name the place where the user will find the fault. */
export interface BarOrigin {
  /** The file or provider, such as `prices.csv`. */
  readonly name: string;
  /** Names the place of a row: a CSV's 1-based line (the header is line 1), a Parquet file's 1-based row. */
  readonly placeOf: (row: number) => string;
  /** The source's name of a column; our own name when the source has none. */
  readonly columnOf: (column: BarColumn) => string;
}

export type BarColumn = "ts" | "open" | "high" | "low" | "close" | "volume" | "factor";

/** One thing that is wrong in one cell. */
export interface BarFault {
  /** Such as `line 17`. */
  readonly place: string;
  readonly column: string;
  /** What was expected and what was found, values in quotes. */
  readonly issue: string;
}

/** So many faults are listed in full; the rest are counted. */
export const MAX_LISTED_FAULTS = 20;

/** The error for a series that breaks the rules: the first three faults in the message, twenty as field errors. */
export function dataInvalid(name: string, faults: readonly BarFault[], total = faults.length): SigmaError {
  const shown = faults.slice(0, 3).map(({ place, column, issue }) => `${place}, column "${column}": ${issue}`);
  const more = total > shown.length ? ` (and ${total - shown.length} more)` : "";
  const fieldErrors: FieldError[] = faults
    .slice(0, MAX_LISTED_FAULTS)
    .map(({ place, column, issue }) => ({ path: `${place}.${column}`, issue }));
  return new SigmaError(
    "DATA_INVALID",
    `${name}: ${shown.join("; ")}${more}. Correct the source and bring it in again.`,
    { source: name, faults: total },
    { fieldErrors },
  );
}

/**
 * Checks the rules that every series obeys: at least one bar; starts strictly ascending and inside a session; each end
 * where the calendar puts it; prices finite and positive, high and low around open and close; volume not negative
 * (NaN = unknown is allowed); factor finite and positive. An external series (`availableAt`) is a level that nobody trades:
 * its open, high and low may be unknown, and no row is available before its bar ends. Whether the numbers make sense beyond that (stale prices,
 * gaps) is judged by the matrix's quality report.
 *
 * @param origin - names places in messages; by default the row's number and our column names
 * @throws DATA_INVALID naming place, column and found value of each fault
 */
export function checkBars(bars: Bars, origin: BarOrigin = rowOrigin(bars.symbol), calendar: TradingCalendar = NYSE): void {
  if (bars.length === 0) {
    throw new SigmaError(
      "DATA_INVALID",
      `${origin.name}: expected at least one bar, found none. Check the file, its columns and its cadence.`,
      {
        source: origin.name,
        faults: 1,
      },
    );
  }
  const faults: BarFault[] = [];
  let total = 0;
  const fault = (row: number, column: BarColumn, issue: string): void => {
    total += 1;
    if (faults.length < MAX_LISTED_FAULTS) faults.push({ place: origin.placeOf(row), column: origin.columnOf(column), issue });
  };

  for (let row = 0; row < bars.length; row++) {
    checkTime(bars, row, calendar, origin, fault);
    if (bars.availableAt === undefined) checkPrices(bars, row, fault);
    else checkLevels(bars, bars.availableAt[row]!, row, fault);
    checkVolumeAndFactor(bars, row, fault);
  }
  if (total > 0) throw dataInvalid(origin.name, faults, total);
}

/** The origin of a series that came from no file: rows are counted from 1. */
export function rowOrigin(name: string): BarOrigin {
  return { name, placeOf: (row) => `row ${row + 1}`, columnOf: (column) => column };
}

type Report = (row: number, column: BarColumn, issue: string) => void;

function checkTime(bars: Bars, row: number, calendar: TradingCalendar, origin: BarOrigin, fault: Report): void {
  const start = bars.start[row]!;
  if (!Number.isFinite(start)) {
    fault(row, "ts", `expected a time, found "${start}"`);
    return;
  }
  if (row > 0) {
    const previous = bars.start[row - 1]!;
    if (start === previous) fault(row, "ts", `duplicated bar: "${isoOf(start)}" is also at ${origin.placeOf(row - 1)}`);
    else if (start < previous) {
      fault(row, "ts", `out of order: "${isoOf(start)}" comes after "${isoOf(previous)}"; bars must ascend in time`);
    }
  }
  const date = sessionDateOf(start);
  if (date < calendar.firstDate || date > calendar.lastDate) {
    fault(row, "ts", `"${isoOf(start)}" lies outside the trading calendar, ${calendar.firstDate} to ${calendar.lastDate}`);
    return;
  }
  const expectedStart = barStartOf(start, bars.cadence, calendar);
  if (Number.isNaN(expectedStart)) {
    const reason = calendar.closureOf(date);
    fault(row, "ts", `"${isoOf(start)}" lies outside a session${reason === null ? "" : ` (${reason})`}`);
    return;
  }
  if (start !== expectedStart) {
    fault(row, "ts", `expected a ${bars.cadence} bar to start at "${isoOf(expectedStart)}", found "${isoOf(start)}"`);
    return;
  }
  const expectedEnd = barEndOf(start, bars.cadence, calendar);
  if (bars.end[row] !== expectedEnd) {
    fault(row, "ts", `expected the bar to end at "${isoOf(expectedEnd)}", found "${isoOf(bars.end[row]!)}"`);
  }
}

function checkPrices(bars: Bars, row: number, fault: Report): void {
  const open = bars.open[row]!;
  const high = bars.high[row]!;
  const low = bars.low[row]!;
  const close = bars.close[row]!;

  // One comparison passes the sound row; NaN fails it.
  const sound = low > 0 && low <= open && low <= close && open <= high && close <= high && high < Number.POSITIVE_INFINITY;
  if (!sound) explainPrices(row, { open, high, low, close }, fault);
}

/** As `checkPrices`, with an unknown open, high or low taken for whatever fits. */
function checkLevels(bars: Bars, availableAt: number, row: number, fault: Report): void {
  const close = bars.close[row]!;
  if (!(availableAt >= bars.end[row]!)) {
    fault(row, "ts", `expected the row to be available from "${isoOf(bars.end[row]!)}" on, its bar's end; found "${isoOf(availableAt)}"`);
  }
  if (!(close > 0 && close < Number.POSITIVE_INFINITY)) {
    fault(row, "close", `expected a finite price above 0, found "${close}"`);
    return;
  }
  const known = (price: number, otherwise: number): number => (Number.isNaN(price) ? otherwise : price);
  const open = known(bars.open[row]!, close);
  const high = known(bars.high[row]!, Math.max(open, close));
  const low = known(bars.low[row]!, Math.min(open, close));
  explainPrices(row, { open, high, low, close }, fault);
}

function checkVolumeAndFactor(bars: Bars, row: number, fault: Report): void {
  const volume = bars.volume[row]!;
  const factor = bars.factor[row]!;
  if (volume < 0 || volume === Number.POSITIVE_INFINITY) {
    fault(row, "volume", `expected a volume of 0 or more, or an empty cell for unknown; found "${volume}"`);
  }
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) {
    fault(row, "factor", `expected a finite adjustment factor above 0, found "${factor}"`);
  }
}

type Prices = { readonly open: number; readonly high: number; readonly low: number; readonly close: number };

function explainPrices(row: number, prices: Prices, fault: Report): void {
  let usable = true;
  for (const column of ["open", "high", "low", "close"] as const) {
    const price = prices[column];
    if (price > 0 && price < Number.POSITIVE_INFINITY) continue;
    usable = false;
    fault(row, column, `expected a finite price above 0, found "${price}"`);
  }
  if (!usable) return;
  const { open, high, low, close } = prices;
  const top = Math.max(open, low, close);
  const bottom = Math.min(open, close);
  if (high < top) fault(row, "high", `expected the high to be at least "${top}", found "${high}"`);
  if (low > bottom) fault(row, "low", `expected the low to be at most "${bottom}", found "${low}"`);
}

function isoOf(utcMs: number): string {
  // Beyond this, Date has no text.
  return Math.abs(utcMs) <= 8.64e15 ? new Date(utcMs).toISOString() : String(utcMs);
}
