import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import type { IndicatorDefinition } from "#lib/indicators/define-indicator.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";

/** Data beside the bars, as inputs carry them. */
export type Extras = Pick<IndicatorInputs, "others" | "chains" | "ivHistory" | "flow" | "flowCells" | "tape" | "universe">;

/** Where a series of bars came from, so that the data beside them can be made to fit. */
export interface Origin {
  readonly kind: "smooth" | "rough" | "flat";
  readonly seed: string;
  readonly grid: Grid;
}

type Bars = Pick<
  IndicatorInputs,
  "open" | "high" | "low" | "close" | "volume" | "sessionDate" | "barStart" | "barEnd" | "scale" | "barsPerYear"
>;

export interface Columns extends Bars {
  readonly origin?: Origin;
  /** Present once a definition's needs were supplied; may hold data of any time, `inputsOf` cuts what was not known yet. */
  extras?: Extras & { readonly historySessions: number; readonly ivSessions: number };
}

export type Grid = {
  readonly name: string;
  readonly cadence: Cadence;
  readonly barsPerSession: number;
  /** Whether early closes are sessions too. */
  readonly halfDays?: boolean;
};
export const DAILY: Grid = { name: "daily", cadence: "daily", barsPerSession: 1 };
/** For what reads other data by session: a session that the bars leave out would be a gap. */
export const EVERY_DAY: Grid = { ...DAILY, name: "every day", halfDays: true };
export const HOURLY: Grid = { name: "hourly", cadence: "hourly", barsPerSession: 7 };
export const FIVE_MINUTES: Grid = { name: "5m", cadence: "5m", barsPerSession: 78 };
export const MINUTE: Grid = { name: "1m", cadence: "1m", barsPerSession: 390 };

/** Where an indicator must know values: what needs minutes knows next to none on hourly and daily bars. */
export const gridsOf = ({ timeframe }: Pick<IndicatorDefinition, "timeframe">): readonly Grid[] =>
  timeframe === "minute" ? [FIVE_MINUTES] : [DAILY, HOURLY];

/** A random walk of valid bars: low <= open, close <= high; whole volumes. */
export function randomWalk(length: number, seed: number | string, grid: Grid = DAILY): Columns {
  const rng = createRng(seed);
  const columns = emptyColumns(length, { kind: "smooth", seed: String(seed), grid });
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
  const columns: Columns = { ...randomWalk(length, seed, grid), origin: { kind: "rough", seed: String(seed), grid } };
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
  const columns = emptyColumns(length, { kind: "flat", seed: `${price}/${volume}`, grid });
  for (const column of [columns.open, columns.high, columns.low, columns.close]) column.fill(price);
  columns.volume.fill(volume);
  return columns;
}

function emptyColumns(length: number, origin: Origin): Columns {
  return {
    origin,
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
    ...sessionColumns(length, origin.grid),
  };
}

const FIRST_SESSION = 20150105;

/** The times of full sessions; half days are left out unless the grid has them, so that every session has as many bars as its grid says. */
export function sessionColumns(length: number, grid: Grid): Pick<Columns, "sessionDate" | "barStart" | "barEnd" | "scale" | "barsPerYear"> {
  const sessionDate = new Float64Array(length);
  const barStart = new Float64Array(length);
  const barEnd = new Float64Array(length);
  // Long series begin earlier, so that they end inside the calendar.
  let session = NYSE.sessionIndex(FIRST_SESSION) - Math.max(0, Math.ceil(length / grid.barsPerSession) - 3500);
  for (let i = 0; i < length; session++) {
    const date = NYSE.sessionAt(session);
    if (!grid.halfDays && NYSE.isEarlyClose(date)) continue;
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

/**
 * Inputs over the rows [start, end): nothing that was not known at the last row's end, and when rows are cut off in front no chain,
 * close or trade of more sessions before the first row's than the definition says that it reads.
 */
export function inputsOf(columns: Columns, start = 0, end = columns.close.length): IndicatorInputs {
  const part = Object.fromEntries(SERIES.map((name) => [name, columns[name].slice(start, end)])) as Omit<Bars, "barsPerYear">;
  const extras = columns.extras && knownExtras(columns, columns.extras, start, end);
  return createIndicatorInputs({ ...part, ...extras, length: Math.max(0, end - start), barsPerYear: columns.barsPerYear });
}

function knownExtras(
  { barEnd, barStart, sessionDate }: Columns,
  extras: NonNullable<Columns["extras"]>,
  start: number,
  end: number,
): Extras {
  const now = end > 0 ? barEnd[end - 1]! : Number.NEGATIVE_INFINITY;
  const sessionsBefore = (count: number): number => (start > 0 ? NYSE.addSessions(sessionDate[start]!, -count) : 0);
  const first = sessionsBefore(extras.historySessions);
  const firstIv = sessionsBefore(extras.ivSessions);
  const { others, chains, ivHistory, flow, flowCells, tape, universe } = extras;
  const after = (times: { readonly length: number }, at: (i: number) => number, limit: number): number => {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const cells =
    flowCells &&
    cut(
      flowCells,
      0,
      after(flowCells, (i) => flowCells.barStart[i]!, now),
    );
  const open = start > 0 ? barStart[start]! - 1000 : 0;
  const between = <T extends { readonly length: number; readonly ts: Float64Array }>(list: T): T =>
    cut(
      list,
      after(list, (i) => list.ts[i]!, open),
      after(list, (i) => list.ts[i]!, now),
    );
  return {
    others: new Map(
      [...others].map(([symbol, series]) => {
        const from = after(series, (i) => series.sessionDate[i]!, first);
        return [
          symbol,
          cut(
            series,
            from,
            Math.max(
              from,
              after(series, (i) => series.availableAt[i]!, now + 1),
            ),
          ),
        ];
      }),
    ),
    chains: chains.slice(
      after(chains, (i) => chains[i]!.sessionDate, first),
      after(chains, (i) => chains[i]!.knownAt, now + 1),
    ),
    ivHistory: new Map(
      [...ivHistory].map(([tenor, history]) => {
        const known = cut(
          history,
          0,
          after(history, (i) => history.knownAt[i]!, now + 1),
        );
        return [tenor, keeping(known, (i) => known.session[i]! >= firstIv)];
      }),
    ),
    flow: flow && new Map([...flow].map(([name, column]) => [name, column.slice(start, end)])),
    flowCells: cells,
    tape: tape && { ...tape, trades: between(tape.trades), quotes: between(tape.quotes) },
    universe: universe && { ...universe, closes: universe.closes.map((column) => column.slice(start, end)) },
  };
}

/** Entries [from, to) of every column of a table. */
function cut<T extends { readonly length: number }>(table: T, from: number, to: number): T {
  const columns = Object.entries<unknown>({ ...table }).map(([name, value]) => [
    name,
    value instanceof Float64Array ? value.slice(from, to) : value,
  ]);
  return { ...(Object.fromEntries(columns) as T), length: Math.max(0, to - from) };
}

/** The rows of a table that stay. */
export function keeping<T extends { readonly length: number }>(table: T, stays: (i: number) => boolean): T {
  const columns = Object.entries<unknown>({ ...table }).map(([name, value]) => [
    name,
    value instanceof Float64Array ? value.filter((_, i) => stays(i)) : value,
  ]);
  const kept = Array.from({ length: table.length }, (_, i) => i).filter(stays).length;
  return { ...(Object.fromEntries(columns) as T), length: kept };
}

/** A copy whose series were changed by the given function. */
export function changed(columns: Columns, change: (copy: Columns) => void): Columns {
  const copy = { ...columns, ...Object.fromEntries(SERIES.map((name) => [name, columns[name].slice()])) };
  change(copy);
  return copy;
}
