import { NYSE } from "./calendar.ts";
import { type DateNumber, isCalendarDate } from "./time.ts";

/** More missing sessions than this between two bars are a hole: prices on its sides have nothing to do with each other. */
const MOST_MISSED_SESSIONS = 5;

/** Whether more sessions than a feed may miss lie between two session dates. */
export function isHole(before: DateNumber, after: DateNumber): boolean {
  if (before < NYSE.firstDate || after > NYSE.lastDate || !exists(before) || !exists(after)) return false;
  const from = NYSE.sessionIndex(before);
  const to = NYSE.sessionIndex(after);
  return from >= 0 && to >= 0 && to - from - 1 > MOST_MISSED_SESSIONS;
}

const exists = (date: DateNumber): boolean => isCalendarDate(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);

/**
 * For each bar, the next bar after which a hole in the data lies, itself included; Infinity where none follows. A span of
 * bars `t` to `t + n` crosses a hole when this is below `t + n`.
 *
 * @param sessionDate - session of each bar, ascending
 */
export function nextHole(sessionDate: Float64Array): Float64Array {
  const next = new Float64Array(sessionDate.length).fill(Number.POSITIVE_INFINITY);
  for (let t = sessionDate.length - 2; t >= 0; t--) {
    const changes = sessionDate[t] !== sessionDate[t + 1];
    next[t] = changes && isHole(sessionDate[t]!, sessionDate[t + 1]!) ? t : next[t + 1]!;
  }
  return next;
}
