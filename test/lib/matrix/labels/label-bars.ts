import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import type { LabelSeries } from "#lib/matrix/labels/label-series.ts";

type Bar = readonly [open: number, high: number, low: number, close: number];

/** Bars of whole sessions from a date on; each session's list must be as long as the session, but for the last one. */
export function labelBars(cadence: Cadence, firstDate: number, sessions: readonly (readonly Bar[])[]): LabelSeries {
  const start: number[] = [];
  const dates: number[] = [];
  let date = firstDate;
  for (const bars of sessions) {
    const starts = barStartsOf(date, cadence).slice(0, bars.length);
    if (starts.length !== bars.length) throw new RangeError(`${date} has ${starts.length} bars, not ${bars.length}.`);
    start.push(...starts);
    dates.push(...starts.map(() => date));
    date = NYSE.nextSession(date);
  }
  const bars = sessions.flat();
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(bars, (bar) => bar[k]);
  return {
    length: bars.length,
    start: Float64Array.from(start),
    end: Float64Array.from(start, (time) => barEndOf(time, cadence)),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    sessionDate: Float64Array.from(dates),
  };
}

/** One bar an hour of 100 ms from 0, for labels that only count bars. */
export function plainBars(options: {
  readonly close: readonly number[];
  readonly open?: readonly number[];
  readonly high?: readonly number[];
  readonly low?: readonly number[];
  readonly sessionDate?: readonly number[];
}): LabelSeries {
  const { close, open = close, high = close, low = close } = options;
  return {
    length: close.length,
    start: Float64Array.from(close, (_, i) => i * 100),
    end: Float64Array.from(close, (_, i) => (i + 1) * 100),
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    sessionDate: Float64Array.from(options.sessionDate ?? close.map(() => 20240701)),
  };
}

/** Hourly bars of one session whose closes are given; open = the close before, high and low follow. */
export function hourly(open: number, ...closes: readonly number[]): Bar[] {
  return closes.map((close, i): Bar => {
    const from = i === 0 ? open : closes[i - 1]!;
    return [from, Math.max(from, close), Math.min(from, close), close];
  });
}
