/**
 * Features in bins. Bin `b` of a feature holds `cuts[b - 1] <= x < cuts[b]`, so `x < cuts[b]` means a bin of at most
 * `b`. Known values fill the bins 0 to `cuts.length`, unknown ones the bin after those (at most 255).
 */
export interface BinnedFeatures {
  readonly rows: number;
  /** Column-major: feature `f` has `[f * rows, (f + 1) * rows)`. */
  readonly bins: Uint8Array;
  /** Ascending thresholds of each feature: one fewer than its bins. */
  readonly cuts: readonly Float64Array[];
  /** Whether a training row of the feature is unknown. */
  readonly hasMissing: Uint8Array;
  /** Whether no known value is +Infinity, so that `x < Infinity` separates known from unknown. */
  readonly bounded: Uint8Array;
}

/**
 * Puts training rows into at most `maxBins` bins a feature, of about equal numbers of rows.
 *
 * Up to `maxBins` distinct values get one bin each, with the thresholds half-way between neighbours. Row weights do
 * not move the thresholds. NaN has a bin of its own.
 *
 * @param features - one array for each feature, `rows` long
 * @param maxBins - 2 to 255
 * @param bins - where they are put, `features.length * rows` long
 */
export function binFeatures(
  features: readonly Float64Array[],
  rows: number,
  maxBins: number,
  bins: Uint8Array = new Uint8Array(features.length * rows),
): BinnedFeatures {
  const hasMissing = new Uint8Array(features.length);
  const bounded = new Uint8Array(features.length);
  const known = new Float64Array(rows);
  const cuts = features.map((column, feature) => {
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const x = column[row]!;
      if (!Number.isNaN(x)) known[count++] = x;
    }
    const sorted = known.subarray(0, count).sort();
    hasMissing[feature] = count < rows ? 1 : 0;
    bounded[feature] = count === 0 || sorted[count - 1]! < Number.POSITIVE_INFINITY ? 1 : 0;
    const thresholds = quantileCuts(sorted, maxBins);
    assignBins(column, thresholds, bins.subarray(feature * rows, (feature + 1) * rows));
    return thresholds;
  });
  return { rows, bins, cuts, hasMissing, bounded };
}

/**
 * Thresholds between runs of equal values. A bin closes when it holds its share of the rows that are left, and
 * before a value that fills a bin alone.
 */
function quantileCuts(sorted: Float64Array, maxBins: number): Float64Array {
  const starts = runStarts(sorted);
  const runs = starts.length - 1;
  if (runs <= 1) return new Float64Array(0);
  const cuts: number[] = [];
  let rowsLeft = sorted.length;
  let binsLeft = maxBins;
  let inBin = 0;
  for (let run = 0; run < runs - 1 && binsLeft > 1; run++) {
    inBin += starts[run + 1]! - starts[run]!;
    const nextRun = starts[run + 2]! - starts[run + 1]!;
    const share = rowsLeft / binsLeft;
    if (runs <= maxBins || inBin >= share || nextRun >= share) {
      cuts.push(midpoint(sorted[starts[run]!]!, sorted[starts[run + 1]!]!));
      rowsLeft -= inBin;
      binsLeft -= 1;
      inBin = 0;
    }
  }
  return Float64Array.from(cuts);
}

/** Indices at which a new value begins, and the length at the end. */
function runStarts(sorted: Float64Array): Int32Array {
  const starts = new Int32Array(sorted.length + 1);
  let runs = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i]! !== sorted[i - 1]!) starts[runs++] = i;
  }
  starts[runs] = sorted.length;
  return starts.subarray(0, runs + 1);
}

/** A threshold with `low < t <= high`, also for neighbouring doubles and infinities. */
function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low && middle <= high ? middle : high;
}

function assignBins(column: Float64Array, cuts: Float64Array, out: Uint8Array): void {
  for (let row = 0; row < out.length; row++) {
    const x = column[row]!;
    if (Number.isNaN(x)) {
      out[row] = cuts.length + 1;
      continue;
    }
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x < cuts[middle]!) high = middle;
      else low = middle + 1;
    }
    out[row] = low;
  }
}
