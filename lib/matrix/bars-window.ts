import type { Bars } from "../core/bars.ts";

/** Bars `from` (in) to `to` (out). Arrays are views, not copies. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  return {
    symbol: bars.symbol,
    cadence: bars.cadence,
    length: to - from,
    start: cut(bars.start),
    end: cut(bars.end),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    factor: cut(bars.factor),
    ...(bars.availableAt === undefined ? {} : { availableAt: cut(bars.availableAt) }),
  };
}
