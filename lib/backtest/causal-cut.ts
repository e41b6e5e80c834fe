/** Fewest reference values before a top % cut exists; until then nothing passes. */
const MIN_CUT_VALUES = 60;

/**
 * For each value, the cut that the top `share` must reach: the (1 - share) quantile of the reference values and of
 * the values before it, as the inverse of their distribution function (an observed value, no interpolation). The
 * value itself and all later ones are never read. Values of one time (the symbols of a universe) are known together: each
 * is ranked among those of earlier times. O(n log n).
 *
 * @param reference - confidences known before the first value; NaN is left out
 * @param values - confidences in time order; NaN is left out of later references
 * @param share - 0 < share < 1
 * @param ts - decision time of each value, ascending; without it each value has a time of its own
 * @returns one cut for each value; +Infinity while fewer than 60 reference values are known
 */
export function causalCuts(reference: Float64Array, values: Float64Array, share: number, ts?: Float64Array): Float64Array {
  const known = reference.filter((value) => !Number.isNaN(value));
  const all = new Float64Array(known.length + values.length);
  all.set(known);
  all.set(values, known.length);
  const sorted = all.filter((value) => !Number.isNaN(value)).sort();
  const tree = new Int32Array(sorted.length + 1);
  let size = 0;
  const insert = (value: number): void => {
    for (let i = lowerBound(sorted, value) + 1; i < tree.length; i += i & -i) tree[i] = tree[i]! + 1;
    size++;
  };
  let top = 1;
  while (top * 2 < tree.length) top *= 2;
  const kth = (k: number): number => {
    let at = 0;
    let left = k;
    for (let step = top; step > 0; step >>= 1) {
      if (at + step < tree.length && tree[at + step]! < left) {
        at += step;
        left -= tree[at]!;
      }
    }
    return sorted[at]!;
  };

  for (const value of known) insert(value);
  const cuts = new Float64Array(values.length);
  for (let i = 0, joined = 0; i < values.length; i++) {
    // Values of earlier times join the reference before the first one of this time is ranked.
    for (; joined < i && (ts === undefined || ts[joined]! < ts[i]!); joined++) {
      if (!Number.isNaN(values[joined]!)) insert(values[joined]!);
    }
    // Subtracting before rounding up keeps 0.85 x 60 at 51 despite 1 - 0.15 > 0.85 in floating point.
    const rank = Math.max(1, Math.ceil((1 - share) * size - 1e-9));
    cuts[i] = size < MIN_CUT_VALUES ? Number.POSITIVE_INFINITY : kth(rank);
  }
  return cuts;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
