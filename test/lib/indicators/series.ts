import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import type { IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";

export type Columns = Pick<
  IndicatorInputs,
  "open" | "high" | "low" | "close" | "volume" | "sessionDate" | "barStart" | "barEnd" | "scale" | "barsPerYear"
>;

export type Grid = { readonly name: string; readonly cadence: Cadence; readonly barsPerSession: number };
export const DAILY: Grid = { name: "daily", cadence: "daily", barsPerSession: 1 };
export const HOURLY: Grid = { name: "hourly", cadence: "hourly", barsPerSession: 7 };
export const FIVE_MINUTES: Grid = { name: "5m", cadence: "5m", barsPerSession: 78 };
export const MINUTE: Grid = { name: "1m", cadence: "1m", barsPerSession: 390 };

/** Where an indicator must know values: what needs minutes knows next to none on hourly and daily bars. */
export const gridsOf = ({ timeframe }: Pick<IndicatorDefinition, "timeframe">): readonly Grid[] =>
  timeframe === "minute" ? [FIVE_MINUTES] : [DAILY, HOURLY];

/** A random walk of valid bars: low <= open, close <= high; whole volumes. */
export function randomWalk(length: number, seed: number | string, grid: Grid = DAILY): Columns {
  const rng = createRng(seed);
  const columns = emptyColumns(length, grid);
  let close = 100;
  for (let i = 0; i < length; i++) {
    const open = close * Math.exp(0.003 * rng.normal());
    close = open * Math.exp(0.01 * rng.normal());
    columns.open[i] = open;
    columns.close[i] = close;
    columns.high[i] = Math.max(open, close) * (1 + 0.004 * rng.uniform());
    columns.low[i] = Math.min(open, close) * (1 - 0.004 * rng.uniform());
    columns.volume[i] = 1000 + rng.int(1_000_000);
  }
  return columns;
}

/** A walk with what real data brings: missing bars, missing single fields, flat stretches and jumps. */
export function roughWalk(length: number, seed: number | string, grid: Grid = DAILY): Columns {
  const columns = randomWalk(length, seed, grid);
  const { open, high, low, close, volume } = columns;
  const rng = createRng(`${seed}/rough`);
  for (let i = 1; i < length; i++) {
    const dice = rng.int(100);
    if (dice < 2) for (const column of [open, high, low, close, volume]) column[i] = Number.NaN;
    else if (dice < 3) close[i] = Number.NaN;
    else if (dice < 4) volume[i] = Number.NaN;
    else if (dice < 5) high[i] = Number.NaN;
    else if (dice < 7)
      for (let k = i; k < Math.min(length, i + 25); k++) {
        for (const column of [open, high, low, close]) column[k] = close[i - 1]!;
        volume[k] = 0;
      }
    else if (dice < 8) {
      const jump = rng.int(2) === 0 ? 3 : 0.3;
      for (let k = i; k < length; k++) for (const column of [open, high, low, close]) column[k]! *= jump;
    }
  }
  return columns;
}

export function constantSeries(length: number, price: number, volume: number, grid: Grid = DAILY): Columns {
  const columns = emptyColumns(length, grid);
  for (const column of [columns.open, columns.high, columns.low, columns.close]) column.fill(price);
  columns.volume.fill(volume);
  return columns;
}

function emptyColumns(length: number, grid: Grid): Columns {
  return {
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
    ...sessionColumns(length, grid),
  };
}

const FIRST_SESSION = 20150105;

/** The times of full sessions; half days are left out, so that every session has as many bars as its grid says. */
export function sessionColumns(length: number, grid: Grid): Pick<Columns, "sessionDate" | "barStart" | "barEnd" | "scale" | "barsPerYear"> {
  const sessionDate = new Float64Array(length);
  const barStart = new Float64Array(length);
  const barEnd = new Float64Array(length);
  // Long series begin earlier, so that they end inside the calendar.
  let session = NYSE.sessionIndex(FIRST_SESSION) - Math.max(0, Math.ceil(length / grid.barsPerSession) - 3500);
  for (let i = 0; i < length; session++) {
    const date = NYSE.sessionAt(session);
    if (NYSE.isEarlyClose(date)) continue;
    for (const start of barStartsOf(date, grid.cadence)) {
      if (i === length) break;
      sessionDate[i] = date;
      barStart[i] = start;
      barEnd[i] = barEndOf(start, grid.cadence);
      i += 1;
    }
  }
  return { sessionDate, barStart, barEnd, scale: new Float64Array(length).fill(1), barsPerYear: 252 * grid.barsPerSession };
}

const SERIES = ["open", "high", "low", "close", "volume", "sessionDate", "barStart", "barEnd", "scale"] as const;

/** Inputs over the rows [start, end). */
export function inputsOf(columns: Columns, start = 0, end = columns.close.length): IndicatorInputs {
  const part = Object.fromEntries(SERIES.map((name) => [name, columns[name].slice(start, end)])) as Omit<Columns, "barsPerYear">;
  return createIndicatorInputs({ ...part, length: Math.max(0, end - start), barsPerYear: columns.barsPerYear });
}

/** A copy whose series were changed by the given function. */
export function changed(columns: Columns, change: (copy: Columns) => void): Columns {
  const copy = { ...columns, ...Object.fromEntries(SERIES.map((name) => [name, columns[name].slice()])) };
  change(copy);
  return copy;
}
