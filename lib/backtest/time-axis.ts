/** The distinct decision times of rows that are sorted by time. With one row a time they are the rows themselves. */
export interface TimeAxis {
  /** Ascending, UTC milliseconds. */
  readonly times: Float64Array;
  /** First row of each time; one entry more than there are times, the last is the number of rows. */
  readonly start: Int32Array;
}

/**
 * Groups rows by their decision time, so that splits and accounts never cut between two symbols of one time.
 *
 * @param ts - decision time of each row, ascending
 */
export function timeAxis(ts: Float64Array): TimeAxis {
  const start = new Int32Array(ts.length + 1);
  let count = 0;
  for (let row = 0; row < ts.length; row++) if (row === 0 || ts[row] !== ts[row - 1]) start[count++] = row;
  start[count] = ts.length;
  const times = new Float64Array(count);
  for (let time = 0; time < count; time++) times[time] = ts[start[time]!]!;
  return { times, start: start.slice(0, count + 1) };
}

/** How many distinct decision times a list of ascending rows has. */
export function timesOf(ts: Float64Array, rows: Int32Array): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (i === 0 || ts[rows[i]!] !== ts[rows[i - 1]!]) count++;
  return count;
}
