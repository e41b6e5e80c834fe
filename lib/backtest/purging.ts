/** What a test block keeps out of training: its time from the first decision to the last label end, and the embargo after it. */
export interface Shadow {
  /** Decision time of the first test row. */
  readonly first: number;
  /** Largest label end of the test rows, never before the last decision. */
  readonly last: number;
  /** End of the embargo: the decision time of its last bar, or `last` without one. */
  readonly embargoEnd: number;
}

/** What purging reads: decision times and label ends of all rows, and the distinct decision times on which an embargo is counted. */
export interface LabelSpans {
  readonly ts: Float64Array;
  readonly t1: Float64Array;
  readonly times: Float64Array;
}

/**
 * The shadow of a test block: of all its rows, whatever their symbol.
 *
 * @param rows - ascending row numbers of the block; label ends may be NaN
 */
export function shadowOf(rows: Int32Array, { ts, t1, times }: LabelSpans, embargoBars: number): Shadow {
  let last = ts[rows[rows.length - 1]!]!;
  for (const row of rows) if (t1[row]! > last) last = t1[row]!;
  return { first: ts[rows[0]!]!, last, embargoEnd: embargoBars === 0 ? last : timeAfter(times, last, embargoBars) };
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

/** The n-th decision time after a time; +Infinity past the end. */
function timeAfter(times: Float64Array, time: number, n: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  const at = low + n - 1;
  return at < times.length ? times[at]! : Number.POSITIVE_INFINITY;
}
