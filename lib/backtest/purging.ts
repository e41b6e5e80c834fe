/** What a test block keeps out of training: its time from the first decision to the last label end, and the embargo after it. */
export interface Shadow {
  /** Decision time of the first test row. */
  readonly first: number;
  /** Largest label end of the test rows, never before the last decision. */
  readonly last: number;
  /** End of the embargo: the decision time of its last bar, or `last` without one. */
  readonly embargoEnd: number;
}

/**
 * The shadow of a test block.
 *
 * @param rows - ascending row numbers of the block; label ends may be NaN
 * @param barTs - decision times of all bars: the axis on which the embargo is counted
 * @param t1 - label ends of all bars
 */
export function shadowOf(rows: Int32Array, barTs: Float64Array, t1: Float64Array, embargoBars: number): Shadow {
  let last = barTs[rows[rows.length - 1]!]!;
  for (const row of rows) if (t1[row]! > last) last = t1[row]!;
  return { first: barTs[rows[0]!]!, last, embargoEnd: embargoBars === 0 ? last : timeAfter(barTs, last, embargoBars) };
}

/**
 * Whether a training row may stay beside a test block: its closed interval [ts, t1] does not meet the block's, and it
 * does not lie in the embargo.
 *
 * @see López de Prado, Advances in Financial Machine Learning (2018), snippets 7.1 to 7.3, closed intervals
 */
export function isClear({ first, last, embargoEnd }: Shadow, ts: number, t1: number): boolean {
  if (ts <= last && t1 >= first) return false;
  return !(ts > last && ts <= embargoEnd);
}

/** Decision time of the n-th bar after a time; +Infinity past the end. */
function timeAfter(barTs: Float64Array, time: number, n: number): number {
  let low = 0;
  let high = barTs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (barTs[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  const at = low + n - 1;
  return at < barTs.length ? barTs[at]! : Number.POSITIVE_INFINITY;
}
