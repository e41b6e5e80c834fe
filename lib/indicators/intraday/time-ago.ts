import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { sessionPosition } from "../session-series.ts";

/**
 * For each bar, the first bar of its own session that began so many minutes before its end, or later; the price then is
 * the close of the bar before it, or its own open when it is the session's first.
 *
 * @returns an index; -1 where that moment lies before the session's first bar, or inside a bar, so that its price is
 *   unknown
 */
export function firstBarSince(inputs: IndicatorInputs, minutes: number): Float64Array {
  const { length, barStart, barEnd } = inputs;
  const position = sessionPosition(inputs);
  const out = newColumn(length);
  let sessionFirst = 0;
  let first = 0;
  for (let i = 0; i < length; i++) {
    if (i > 0 && position[i] !== position[i - 1]) {
      sessionFirst = i;
      first = i;
    }
    const since = barEnd[i]! - minutes * 60_000;
    while (first < i && barEnd[first]! <= since) first += 1;
    const known = barStart[first]! >= since && barStart[sessionFirst]! <= since;
    out[i] = known ? first : -1;
  }
  return out;
}

/** Close of the bar before `first`, or the open of `first` when that is the first bar of its session. */
export function priceBefore({ open, close }: IndicatorInputs, position: Float64Array, first: number): number {
  return first > 0 && position[first - 1] === position[first] ? close[first - 1]! : open[first]!;
}
