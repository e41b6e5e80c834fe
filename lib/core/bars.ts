/** Bar sizes that the product knows; hourly bars are clock-aligned in New York. */
export const CADENCES = ["1m", "5m", "15m", "hourly", "daily"] as const;
export type Cadence = (typeof CADENCES)[number];

/**
 * A price history in columns, oldest bar first, strictly ascending in time. Every array has `length` rows.
 * Prices are raw, as traded; NaN = unknown.
 */
export interface Bars {
  readonly symbol: string;
  readonly cadence: Cadence;
  readonly length: number;
  /** Bar start, UTC milliseconds. A daily bar starts at its session's open. */
  readonly start: Float64Array;
  /** Bar end, UTC milliseconds: the decision time. A daily bar ends at its session's actual close. */
  readonly end: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /**
   * Cumulative adjustment for splits and dividends; raw price x factor is continuous across an action. Only
   * ratios of two rows are meaningful. All ones when the source knows no actions.
   */
  readonly factor: Float64Array;
  /**
   * External series only, such as an index level that is published after the close: when a row's values are known, UTC
   * milliseconds, never before `end`. Nothing decided earlier may use the row. Absent = at the bar's end.
   */
  readonly availableAt?: Float64Array;
}

/** What is known of a series beside its numbers; travels into lineage, reports and signals. */
export interface SeriesFacts {
  /** Who supplied it: `sample`, `simulated`, `files`, ... */
  readonly provider: string;
  /** SHA-256 over the canonical columns: the data's fingerprint. */
  readonly fingerprint: string;
  /** Stamps such as `price_return_only`, `not_tradable`, `simulated`, sorted. */
  readonly stamps: readonly string[];
  /** For a simulated series: what was planted, so that a report can say it. Null for real data. */
  readonly simulation: { readonly generator: string; readonly seed: number; readonly statement: string } | null;
}

export interface PriceSeries {
  readonly bars: Bars;
  readonly facts: SeriesFacts;
}
