import { type Bars, CADENCES, type Cadence } from "../core/bars.ts";
import { barEndOf, barStartOf } from "../core/session.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/** The columns that an aggregated bar is made of; all have as many rows as there are groups. */
type Columns = Omit<Bars, "symbol" | "cadence" | "length">;

/**
 * Rolls bars up to a larger size on New York's clock: 1m to 5m to 15m to hourly to daily, by any path with the same result.
 * A bar never holds rows of two sessions; the first hourly bar of a day covers 09:30 to 10:00, the last bar ends at the
 * session's actual close.
 *
 * Open is the first known one, high and low are the extremes of the known ones, close is the last known one, each NaN when
 * none is known. Volume is the sum, and NaN when a part is unknown: an unknown part is not 0. The factor is the last row's.
 * An external series' `availableAt` is the latest of its rows'.
 * A span without rows gives no bar. A source that stops inside a bar gives a last bar of the part that it has, known at the
 * end of the whole bar.
 *
 * @param bars - obey the rules of bars (`checkBars`): ascending, aligned, inside sessions
 * @returns the same object when the cadence is the bars' own
 * @throws INVALID_PARAM when the cadence is finer than the bars
 */
export function resampleBars(bars: Bars, cadence: Cadence): Bars {
  const from = CADENCES.indexOf(bars.cadence);
  const to = CADENCES.indexOf(cadence);
  if (to < from) throw finer(bars, cadence);
  if (to === from) return bars;

  const rows = emptyColumns(bars);
  let group = -1;
  let groupEnd = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < bars.length; row++) {
    const start = bars.start[row]!;
    if (start >= groupEnd) {
      group += 1;
      // Also refuses a row outside every session.
      groupEnd = barEndOf(start, cadence);
      rows.start[group] = barStartOf(start, cadence);
      rows.end[group] = groupEnd;
      rows.open[group] = rows.high[group] = rows.low[group] = rows.close[group] = Number.NaN;
      rows.volume[group] = 0;
    }
    addRow(rows, group, bars, row);
  }
  return { symbol: bars.symbol, cadence, length: group + 1, ...cut(rows, group + 1) };
}

/** Adds one row to its group. Comparisons are false for NaN, which leaves out what is unknown. */
function addRow(rows: Columns, group: number, bars: Bars, row: number): void {
  const high = bars.high[row]!;
  const low = bars.low[row]!;
  const close = bars.close[row]!;
  if (Number.isNaN(rows.open[group]!)) rows.open[group] = bars.open[row]!;
  if (high > rows.high[group]! || Number.isNaN(rows.high[group]!)) rows.high[group] = high;
  if (low < rows.low[group]! || Number.isNaN(rows.low[group]!)) rows.low[group] = low;
  if (!Number.isNaN(close)) rows.close[group] = close;
  // NaN + x is NaN: a sum with an unknown part is unknown.
  rows.volume[group] = rows.volume[group]! + bars.volume[row]!;
  rows.factor[group] = bars.factor[row]!;
  // Times are above 0, with which a group begins.
  if (rows.availableAt) rows.availableAt[group] = Math.max(rows.availableAt[group]!, bars.availableAt![row]!);
}

function emptyColumns({ length, availableAt }: Bars): Columns {
  const column = (): Float64Array => new Float64Array(length);
  return {
    start: column(),
    end: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    factor: column(),
    ...(availableAt === undefined ? {} : { availableAt: column() }),
  };
}

function cut(rows: Columns, length: number): Columns {
  return {
    start: rows.start.slice(0, length),
    end: rows.end.slice(0, length),
    open: rows.open.slice(0, length),
    high: rows.high.slice(0, length),
    low: rows.low.slice(0, length),
    close: rows.close.slice(0, length),
    volume: rows.volume.slice(0, length),
    factor: rows.factor.slice(0, length),
    ...(rows.availableAt === undefined ? {} : { availableAt: rows.availableAt.slice(0, length) }),
  };
}

function finer(bars: Bars, cadence: Cadence): SigmaError {
  const issue = `must be ${bars.cadence} or coarser: bars can be rolled up, not divided`;
  return new SigmaError(
    "INVALID_PARAM",
    `cadence ${issue}; found "${cadence}" for the ${bars.cadence} bars of "${bars.symbol}". Bring bars of ${cadence} or finer.`,
    { field: "cadence", symbol: bars.symbol, has: bars.cadence, asked: cadence },
    { fieldErrors: [{ path: "cadence", issue }] },
  );
}
