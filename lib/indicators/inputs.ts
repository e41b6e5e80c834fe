import type { Cadence } from "../core/bars.ts";
import type { FlowCells, IvHistory, OptionChain, UnderlyingTape } from "../core/option-data.ts";

/** Series that several indicators need, computed once for one inputs object. */
interface SharedSeries {
  /**
   * The series of this key, made on first use. It is read-only for whoever gets it.
   *
   * @param key - names the expression with all its parameters, such as `ema:close:20`
   */
  get(key: string, make: () => Float64Array): Float64Array;
  /** Forgets this array, so that its next user makes it anew and whoever holds it may write to it. */
  release(series: Float64Array): void;
}

/**
 * Another symbol's bars, each with the moment from which it may be used. Prices are on that symbol's first scale, as the own
 * ones are on theirs. `availableAt` ascends.
 */
export interface OtherSeries {
  readonly symbol: string;
  readonly length: number;
  /** When the bar was known, UTC milliseconds: its end, or later where the source publishes later. */
  readonly availableAt: Float64Array;
  readonly sessionDate: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** The closes of a universe as each row knew them: one array for each symbol, aligned with the rows; NaN = not a member then, or unknown. */
export interface UniverseCloses {
  readonly symbols: readonly string[];
  readonly closes: readonly Float64Array[];
}

/**
 * What an indicator may read: one symbol's bars, oldest first. Every array has `length` entries; NaN = unknown.
 * Prices are already adjusted onto one scale (raw price x cumulative factor, or raw when there are no actions).
 */
export interface IndicatorInputs {
  readonly length: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** New York session date as a number, 20240701. */
  readonly sessionDate: Float64Array;
  /** Bar start, UTC milliseconds. */
  readonly barStart: Float64Array;
  /** Bar end, UTC milliseconds: the decision time. Nothing known later may enter the row. */
  readonly barEnd: Float64Array;
  /** Adjusted price over raw price: raw close = close / scale. Strikes and quotes are raw. */
  readonly scale: Float64Array;
  /** Bars of a full trading year at this cadence: 252 for daily bars. More than 252 means intraday bars. */
  readonly barsPerYear: number;
  readonly shared: SharedSeries;
  /** Other symbols' bars by symbol, those that the definitions asked for in `needs`. */
  readonly others: ReadonlyMap<string, OtherSeries>;
  /** Chain snapshots of the underlying, ascending by `knownAt`; empty = there are none. */
  readonly chains: readonly OptionChain[];
  /** At-the-money volatilities of past sessions by tenor (`tenorKey`), those that the definitions asked for in `needs`. */
  readonly ivHistory: ReadonlyMap<string, IvHistory>;
  /** Columns of the same-day option flow by name, aligned with the rows (`calls_sold_total`, ...); null = there is none. */
  readonly flow: ReadonlyMap<string, Float64Array> | null;
  /** The same-day option flow by bar and strike, of the bars that the rows are; null = there is none. */
  readonly flowCells: FlowCells | null;
  /** Trades and quotes of the symbol itself; null = there are none. */
  readonly tape: UnderlyingTape | null;
  /** Null outside a universe. */
  readonly universe: UniverseCloses | null;
}

/** What only some indicators need; absent = there is none. */
type OptionalInput = "others" | "chains" | "ivHistory" | "flow" | "flowCells" | "tape" | "universe";

export const SESSIONS_PER_YEAR = 252;

/** Bars of one full session; hourly bars are clock-aligned in New York, so there are seven. */
export const BARS_PER_SESSION: Readonly<Record<Cadence, number>> = { "1m": 390, "5m": 78, "15m": 26, hourly: 7, daily: 1 };

/** Bars of a full trading year of 252 sessions. */
export const barsPerYearOf = (cadence: Cadence): number => BARS_PER_SESSION[cadence] * SESSIONS_PER_YEAR;

/** Adds the memory for shared series to a set of columns. Make one for each series of bars and use it for all its indicators. */
export function createIndicatorInputs(
  columns: Omit<IndicatorInputs, "shared" | OptionalInput> & Partial<Pick<IndicatorInputs, OptionalInput>>,
): IndicatorInputs {
  return {
    others: new Map(),
    chains: [],
    ivHistory: new Map(),
    flow: null,
    flowCells: null,
    tape: null,
    universe: null,
    ...columns,
    shared: createSharedSeries(),
  };
}

function createSharedSeries(): SharedSeries {
  const byKey = new Map<string, Float64Array>();
  return {
    get(key, make) {
      const known = byKey.get(key);
      if (known) return known;
      const series = make();
      byKey.set(key, series);
      return series;
    },
    release(series) {
      for (const [key, known] of byKey) if (known === series) byKey.delete(key);
    },
  };
}
