/**
 * Moves the k smallest of the first n values to the front (quickselect, in place), so that `values[k - 1]` is the
 * k-th smallest. Expected O(n); the order inside both parts is arbitrary but deterministic. NaN is not allowed.
 *
 * @param k - 1 to n
 */
export function selectSmallest(values: Float64Array, n: number, k: number): void {
  let low = 0;
  let high = n - 1;
  const target = k - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
      if (i <= j) {
        const swap = values[i]!;
        values[i] = values[j]!;
        values[j] = swap;
        i += 1;
        j -= 1;
      }
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else return;
  }
}

const medianOfThree = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/**
 * Quantile by nearest rank: the ceil(q n)-th smallest of the known values.
 *
 * @param values - NaN = unknown, left out; not changed
 * @param count - how many of them are read
 * @returns NaN when nothing is known
 */
export function nearestRankQuantile(values: Float64Array, q: number, count = values.length): number {
  const known = values.slice(0, count).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return Number.NaN;
  const rank = Math.min(known.length, Math.max(1, Math.ceil(q * known.length - 1e-9)));
  selectSmallest(known, known.length, rank);
  return known[rank - 1]!;
}
