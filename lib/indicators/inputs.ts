import type { Cadence } from "../core/bars.ts";

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
  readonly barStart?: Float64Array;
  /** Bars of a full trading year at this cadence: 252 for daily bars. More than 252 means intraday bars. */
  readonly barsPerYear: number;
  readonly shared: SharedSeries;
}

export const SESSIONS_PER_YEAR = 252;

/** Bars of one full session; hourly bars are clock-aligned in New York, so there are seven. */
export const BARS_PER_SESSION: Readonly<Record<Cadence, number>> = { "1m": 390, "5m": 78, "15m": 26, hourly: 7, daily: 1 };

/** Bars of a full trading year of 252 sessions. */
export const barsPerYearOf = (cadence: Cadence): number => BARS_PER_SESSION[cadence] * SESSIONS_PER_YEAR;

/** Adds the memory for shared series to a set of columns. Make one for each series of bars and use it for all its indicators. */
export function createIndicatorInputs(columns: Omit<IndicatorInputs, "shared">): IndicatorInputs {
  return { ...columns, shared: createSharedSeries() };
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
