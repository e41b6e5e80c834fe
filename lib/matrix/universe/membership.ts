import type { Bars } from "../../core/bars.ts";
import { NYSE } from "../../core/calendar.ts";
import { barEndOf, barStartsOf } from "../../core/session.ts";
import { type DateNumber, sessionDateOf } from "../../core/time.ts";
import type { UniverseStay } from "../matrix.ts";

/** When a symbol belonged to a universe, and how it ended. */
export interface Membership {
  readonly symbol: string;
  /** Ascending. */
  readonly stays: readonly UniverseStay[];
}

/** Whether a session lies inside a membership. */
export const isMember = ({ stays }: Membership, session: DateNumber): boolean =>
  stays.some(({ from, to }) => (from === null || session >= from) && (to === null || session < to));

/**
 * A delisted symbol's bars with its end: bars of the sessions after the last close, all at the price that holders got, so
 * that labels which reach beyond the last close have their true return. Without a known delisting return, or where the bars
 * do not end with the membership's last session (they go on, or the history is cut before), they come back as they are.
 *
 * @param count - bars to add
 */
export function withDelisting(bars: Bars, membership: Membership, count: number): Bars {
  const stay = membership.stays.at(-1);
  if (!stay || stay.delistingReturn === null || stay.to === null || bars.length === 0 || count === 0) return bars;
  const { delistingReturn, to } = stay;
  const last = bars.length - 1;
  if (NYSE.nextSession(sessionDateOf(bars.start[last]!)) !== to) return bars;
  const starts = startsAfter(sessionDateOf(bars.start[last]!), bars.cadence, count);
  if (starts === undefined) return bars;
  const price = bars.close[last]! * (1 + delistingReturn);
  const extended = (column: Float64Array, value: (i: number) => number): Float64Array => {
    const out = new Float64Array(bars.length + count);
    out.set(column);
    for (let i = 0; i < count; i++) out[bars.length + i] = value(i);
    return out;
  };
  const ended = (column: Float64Array): Float64Array => extended(column, () => price);
  return {
    symbol: bars.symbol,
    cadence: bars.cadence,
    length: bars.length + count,
    start: extended(bars.start, (i) => starts[i]!),
    end: extended(bars.end, (i) => barEndOf(starts[i]!, bars.cadence)),
    open: ended(bars.open),
    high: ended(bars.high),
    low: ended(bars.low),
    close: ended(bars.close),
    volume: extended(bars.volume, () => 0),
    factor: extended(bars.factor, () => bars.factor[last]!),
  };
}

/** Starts of the next bars after a session; undefined beyond the calendar. */
function startsAfter(date: DateNumber, cadence: Bars["cadence"], count: number): number[] | undefined {
  const starts: number[] = [];
  for (let session = date; starts.length < count; ) {
    if (NYSE.sessionIndex(session) + 1 >= NYSE.sessionCount) return undefined;
    session = NYSE.nextSession(session);
    starts.push(...barStartsOf(session, cadence));
  }
  return starts;
}
