import type { Columns } from "../series.ts";
import { rangeAt } from "./arithmetic.ts";
import { averages } from "./series.ts";

const isKnown = ({ high, low }: Columns, i: number): boolean => !Number.isNaN(high[i]!) && !Number.isNaN(low[i]!);

/** Wilder's stop as TA-Lib writes it, one branch for each side. */
export function stopAt(bars: Columns, step: number, most: number, t: number): number {
  const { high, low } = bars;
  const places = Array.from({ length: t + 1 }, (_, i) => i).filter((i) => isKnown(bars, i));
  if (places.length < 2 || places.at(-1) !== t) return Number.NaN;
  const [first, second] = places as [number, number];
  const [up, down] = [high[second]! - high[first]!, low[first]! - low[second]!];
  let long = !(down > 0 && down > up);
  let [extreme, stop] = long ? [high[second]!, low[first]!] : [low[second]!, high[first]!];
  let pace = step;
  let shown = Number.NaN;
  places.slice(1).forEach((i, k) => {
    const before = k === 0 ? i : places[k]!;
    if (long && low[i]! > stop) {
      shown = stop;
      if (high[i]! > extreme) [extreme, pace] = [high[i]!, Math.min(most, pace + step)];
      stop = Math.min(stop + pace * (extreme - stop), low[before]!, low[i]!);
    } else if (long) {
      shown = Math.max(extreme, high[before]!, high[i]!);
      [long, pace, extreme] = [false, step, low[i]!];
      stop = Math.max(shown + pace * (extreme - shown), high[before]!, high[i]!);
    } else if (high[i]! < stop) {
      shown = stop;
      if (low[i]! < extreme) [extreme, pace] = [low[i]!, Math.min(most, pace + step)];
      stop = Math.max(stop + pace * (extreme - stop), high[before]!, high[i]!);
    } else {
      shown = Math.min(extreme, low[before]!, low[i]!);
      [long, pace, extreme] = [true, step, high[i]!];
      stop = Math.min(shown + pace * (extreme - shown), low[before]!, low[i]!);
    }
  });
  return shown;
}

/** The final bands first, then the side, as the indicator is usually published. */
export function supertrendAt(bars: Columns, period: number, multiplier: number, t: number): [number, number] {
  const { high, low, close } = bars;
  const atr = averages(
    Array.from({ length: t + 1 }, (_, i) => rangeAt(bars, i)),
    period,
    1 / period,
  );
  let [upper, lower, side, closeBefore] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, Number.NaN];
  let now: [number, number] = [Number.NaN, Number.NaN];
  for (let i = 0; i <= t; i++) {
    const middle = (high[i]! + low[i]!) / 2;
    now = [Number.NaN, Number.NaN];
    if (!Number.isNaN(close[i]! + middle + atr[i]!)) {
      const [basicUpper, basicLower] = [middle + multiplier * atr[i]!, middle - multiplier * atr[i]!];
      upper = basicUpper < upper || closeBefore > upper ? basicUpper : upper;
      lower = basicLower > lower || closeBefore < lower ? basicLower : lower;
      if (side === 1 && close[i]! < lower) side = -1;
      else if (side === -1 && close[i]! > upper) side = 1;
      now = [side === 1 ? lower : upper, side];
    }
    if (!Number.isNaN(close[i]!)) closeBefore = close[i]!;
  }
  return now;
}
