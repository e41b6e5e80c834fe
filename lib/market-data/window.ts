import type { Bars, PriceSeries } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { newYorkWallToUtc, parseDate } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { DateWindow } from "../ports/market-data.ts";
import { columnsOf, fingerprintOf } from "./fingerprint.ts";

/**
 * The bars whose session lies in a half-open range of dates, with the fingerprint of just these bars: data that comes
 * later does not change what an earlier window is called.
 *
 * @throws INVALID_PARAM when a date does not exist, lies outside the calendar, or the range is empty
 * @throws DATA_UNAVAILABLE when the series has no bar in the range; names the range that it has
 */
export function sliceToWindow(series: PriceSeries, window: DateWindow): PriceSeries {
  const { bars, facts } = series;
  const { startMs, endMs } = windowRange(window);
  const from = firstAtOrAfter(bars.start, startMs);
  const to = firstAtOrAfter(bars.start, endMs);
  if (from === to) {
    const [first, last] = [dayOf(bars.start[0]!), dayOf(bars.start[bars.length - 1]!)];
    throw new SigmaError(
      "DATA_UNAVAILABLE",
      `"${facts.provider}" has ${bars.symbol} ${bars.cadence} from ${first} to ${last}; found no bar from "${window.start}" to before "${window.end}".`,
      { provider: facts.provider, symbol: bars.symbol, cadence: bars.cadence, first, last },
    );
  }
  if (from === 0 && to === bars.length) return series;
  const sliced = sliceBars(bars, from, to);
  return { bars: sliced, facts: { ...facts, fingerprint: fingerprintOf(sliced) } };
}

/**
 * The half-open range of instants that a window means, UTC milliseconds; infinite where it is open.
 *
 * @throws INVALID_PARAM when a date does not exist, lies outside the calendar, or the range is empty
 */
export function windowRange(window: DateWindow): { readonly startMs: number; readonly endMs: number } {
  const startMs = window.start === null ? Number.NEGATIVE_INFINITY : midnightOf(window.start, "window.start");
  const endMs = window.end === null ? Number.POSITIVE_INFINITY : midnightOf(window.end, "window.end");
  if (startMs >= endMs) {
    const issue = `must come after window.start ("${window.start}")`;
    throw new SigmaError(
      "INVALID_PARAM",
      `window.end ${issue}; found "${window.end}". The end itself is not in the window.`,
      { field: "window.end" },
      { fieldErrors: [{ path: "window.end", issue }] },
    );
  }
  return { startMs, endMs };
}

/** The bars that start in a half-open range of instants, UTC milliseconds. */
export function barsBetween(bars: Bars, startMs: number, endMs: number): Bars {
  const from = firstAtOrAfter(bars.start, startMs);
  return sliceBars(bars, from, Math.max(from, firstAtOrAfter(bars.start, endMs)));
}

/** Rows `from` to before `to`, copied. */
function sliceBars(bars: Bars, from: number, to: number): Bars {
  const columns = Object.fromEntries(columnsOf(bars).map((name) => [name, bars[name]!.slice(from, to)])) as Omit<
    Bars,
    "symbol" | "cadence" | "length"
  >;
  return { symbol: bars.symbol, cadence: bars.cadence, length: to - from, ...columns };
}

function midnightOf(text: string, field: string): number {
  const date = parseDate(text, field);
  // Refuses dates outside the calendar; the day after its last one may end a window.
  NYSE.sessionsBetween(NYSE.firstDate, date);
  return newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, 0);
}

const dayOf = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10);

/** Position of the first start at or after an instant; the length when there is none. */
function firstAtOrAfter(starts: Float64Array, utcMs: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < utcMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
