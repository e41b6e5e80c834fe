/** Most columns that are held against each other; the work grows with their square. */
const MOST_COLUMNS = 150;
/** Most rows that are read for it. */
const MOST_ROWS = 20_000;

export interface Correlations {
  /** How many columns, from the first on, were looked at. */
  readonly columns: number;
  /** How many rows, evenly spread, were read. */
  readonly rows: number;
  /** Row i holds the correlations of column i with the columns before it; NaN = undefined. */
  readonly lower: readonly Float64Array[];
}

/**
 * Pearson correlations of columns, each pair over the rows where both are known. Undefined (NaN) where fewer than three
 * such rows exist or one of the two does not vary over them.
 *
 * @param columns - of equal length; NaN = unknown
 * @see https://en.wikipedia.org/wiki/Pearson_correlation_coefficient
 */
export function correlate(columns: readonly Float64Array[]): Correlations {
  const length = columns[0]?.length ?? 0;
  const step = Math.max(1, Math.ceil(length / MOST_ROWS));
  const shown = columns.slice(0, MOST_COLUMNS).map((column) => centred(column, step));
  return {
    columns: shown.length,
    rows: Math.ceil(length / step),
    lower: shown.map((column, i) => Float64Array.from(shown.slice(0, i), (other) => correlation(column, other))),
  };
}

/** Every `step`th value less the mean of the known ones, so that sums of squares keep their digits. */
function centred(column: Float64Array, step: number): Float64Array {
  const values = new Float64Array(Math.ceil(column.length / step));
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    const value = column[i * step]!;
    values[i] = Number.isFinite(value) ? value : Number.NaN;
    if (!Number.isFinite(value)) continue;
    sum += value;
    known += 1;
  }
  const mean = sum / known;
  for (let i = 0; i < values.length; i++) values[i]! -= mean;
  return values;
}

function correlation(x: Float64Array, y: Float64Array): number {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n += 1;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  const varX = sxx - (sx * sx) / n;
  const varY = syy - (sy * sy) / n;
  // What is left of a constant column by rounding is no variation.
  if (n < 3 || varX <= 1e-12 * sxx || varY <= 1e-12 * syy) return Number.NaN;
  return Math.max(-1, Math.min(1, (sxy - (sx * sy) / n) / Math.sqrt(varX * varY)));
}
