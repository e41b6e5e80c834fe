/** Infinities are set to this size: the package takes differences and means of values. */
const LARGEST = 1e300;

/**
 * Median of each feature's known training values; of an even number the mean of the middle two; 0 where none is known.
 *
 * @param features - one array for each feature, NaN = unknown
 */
export function trainingMedians(features: readonly Float64Array[]): Float64Array {
  return Float64Array.from(features, (column) => {
    const known = column.filter((x) => !Number.isNaN(x)).sort();
    if (known.length === 0) return 0;
    const middle = known.length >> 1;
    const low = bounded(known[known.length % 2 === 1 ? middle : middle - 1]!);
    return low + (bounded(known[middle]!) - low) / 2;
  });
}

/** Features with the medians in the place of unknown values, and infinities made finite. */
export function knownColumns(features: readonly Float64Array[], medians: Float64Array): Float64Array[] {
  return features.map((column, j) => column.map((x) => (Number.isNaN(x) ? medians[j]! : bounded(x))));
}

const bounded = (x: number): number => Math.min(LARGEST, Math.max(-LARGEST, x));
