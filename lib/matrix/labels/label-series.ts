/**
 * What labels read: one entry for each bar of the full series, oldest first. Prices are adjusted onto one scale; NaN =
 * unknown.
 */
export interface LabelSeries {
  readonly length: number;
  /** Bar start and end, UTC milliseconds. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** New York session date of each bar as a number, 20240701. */
  readonly sessionDate: Float64Array;
}

/**
 * A label for each bar. All three are NaN while the label is not known: its end lies beyond the series or, where that
 * is not allowed, beyond the session; or a price that it needs is missing.
 */
export interface LabelColumns {
  /** 1 = UP, 0 = FLAT, -1 = DOWN; NaN also for a zero return without a band, which is neither. A regression's is the return. */
  readonly y: Float64Array;
  /** Forward return from the entry reference to the label's end, a fraction. */
  readonly retFwd: Float64Array;
  /** When the label was known: the end of the bar that ends it, UTC milliseconds. */
  readonly t1: Float64Array;
  /**
   * What is known at the bar's close of the question that the label puts: NaN where it puts none, so that no trade may be decided
   * there; the sigma in which a triple barrier's distances count, a fraction; 1 for all other labels.
   */
  readonly unit: Float64Array;
}

/** Columns of `length` unknown labels. */
export function noLabels(length: number): LabelColumns {
  const unknown = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return { y: unknown(), retFwd: unknown(), t1: unknown(), unit: unknown() };
}
