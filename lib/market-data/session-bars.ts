import type { Bars, Cadence } from "../core/bars.ts";
import { NYSE } from "../core/calendar.ts";
import { createGrowingColumn } from "../core/growing-column.ts";
import { barEndOf } from "../core/session.ts";
import { sessionDateOf } from "../core/time.ts";
import { checkBars } from "./bar-checks.ts";
import { resampleBars } from "./resample.ts";

/** One row as a vendor gives it. Volume NaN = unknown. */
export interface VendorBar {
  /** Start of the vendor's span, UTC milliseconds; of a daily bar any instant of its New York date. */
  readonly startMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * The size that vendors are asked for. Their hourly bars mix the half hour before 09:30 into the first bar; bars of 15
 * minutes roll up to hours that begin with the session.
 */
export const vendorCadence = (cadence: Cadence): Cadence => (cadence === "hourly" ? "15m" : cadence);

/**
 * A vendor's rows as bars of sessions: rows outside regular hours and on days without a session are left out, and so is a
 * bar that was not finished, or not published, when the vendor answered.
 *
 * @param rows - of `vendorCadence(cadence)`, ascending
 * @param knownTo - up to when the answer is complete, UTC milliseconds
 * @param publishedAfterMs - how long after its end a daily bar is published; such a series says when each row was available
 * @throws DATA_INVALID when rows do not ascend, are not aligned, or have prices that cannot be
 */
export function sessionBars(
  rows: readonly VendorBar[],
  options: {
    readonly symbol: string;
    readonly cadence: Cadence;
    readonly source: string;
    readonly knownTo: number;
    readonly publishedAfterMs?: number;
  },
): Bars {
  const { symbol, cadence, source, knownTo, publishedAfterMs = 0 } = options;
  const bars = insideSessions(rows, symbol, vendorCadence(cadence));
  if (bars.length > 0)
    checkBars(bars, {
      name: `${symbol} of "${source}"`,
      placeOf: (row) => new Date(bars.start[row]!).toISOString(),
      columnOf: (column) => column,
    });
  const rolled = cadence === bars.cadence ? bars : resampleBars(bars, cadence);
  const lag = cadence === "daily" ? publishedAfterMs : 0;
  let finished = rolled.length;
  while (finished > 0 && rolled.end[finished - 1]! + lag > knownTo) finished -= 1;
  const cut = (column: Float64Array): Float64Array => column.slice(0, finished);
  const end = cut(rolled.end);
  return {
    symbol,
    cadence,
    length: finished,
    start: cut(rolled.start),
    end,
    open: cut(rolled.open),
    high: cut(rolled.high),
    low: cut(rolled.low),
    close: cut(rolled.close),
    volume: cut(rolled.volume),
    factor: cut(rolled.factor),
    ...(lag === 0 ? {} : { availableAt: end.map((ms) => ms + lag) }),
  };
}

function insideSessions(rows: readonly VendorBar[], symbol: string, cadence: Cadence): Bars {
  const columns = {
    start: createGrowingColumn(),
    end: createGrowingColumn(),
    open: createGrowingColumn(),
    high: createGrowingColumn(),
    low: createGrowingColumn(),
    close: createGrowingColumn(),
    volume: createGrowingColumn(),
  };
  for (const { startMs, open, high, low, close, volume } of rows) {
    const start = sessionStart(startMs, cadence);
    if (Number.isNaN(start)) continue;
    columns.start.push(start);
    columns.end.push(barEndOf(start, cadence));
    columns.open.push(open);
    columns.high.push(high);
    columns.low.push(low);
    columns.close.push(close);
    columns.volume.push(volume);
  }
  const length = columns.start.length;
  return {
    symbol,
    cadence,
    length,
    start: columns.start.take(),
    end: columns.end.take(),
    open: columns.open.take(),
    high: columns.high.take(),
    low: columns.low.take(),
    close: columns.close.take(),
    volume: columns.volume.take(),
    factor: new Float64Array(length).fill(1),
  };
}

/** Where the bar of a row starts; NaN when no session holds it. */
function sessionStart(startMs: number, cadence: Cadence): number {
  const date = sessionDateOf(startMs);
  if (date < NYSE.firstDate || date > NYSE.lastDate || !NYSE.isSession(date)) return Number.NaN;
  if (cadence === "daily") return NYSE.openOf(date);
  return startMs >= NYSE.openOf(date) && startMs < NYSE.closeOf(date) ? startMs : Number.NaN;
}
