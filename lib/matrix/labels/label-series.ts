/** What labels read: one entry for each bar of the full series, oldest first. Prices are adjusted; only their ratios matter. */
export interface LabelSeries {
  readonly length: number;
  /** Bar end, UTC milliseconds. */
  readonly end: Float64Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** New York session date of each bar as a number, 20240701. */
  readonly sessionDate: Float64Array;
}

/**
 * A label for each bar. All three are NaN while the label is not known: its end lies beyond the series or, where that
 * is not allowed, beyond the session; or a price that it needs is missing.
 */
export interface LabelColumns {
  /** 1 = UP, 0 = FLAT, -1 = DOWN; NaN also for a zero return without a band, which is neither. */
  readonly y: Float64Array;
  /** Forward return from the entry reference to the label's end, a fraction. */
  readonly retFwd: Float64Array;
  /** End of the bar that ends the label, UTC milliseconds. */
  readonly t1: Float64Array;
}
