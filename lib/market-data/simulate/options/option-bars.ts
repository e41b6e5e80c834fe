import { NYSE } from "../../../core/calendar.ts";
import type { OptionBars } from "../../../core/option-data.ts";
import type { Board } from "./board.ts";
import { rightOf, strikeOf } from "./listing.ts";

/** One-minute bars of a board: exactly what its trades sum to. Minutes without a trade have no bar. */
export function barsOfBoard(underlying: string, board: Board): OptionBars {
  const { listing, minutes, volumes, desk } = board;
  const contracts = 2 * listing.strikes.length;
  const cells = {
    open: new Int32Array(volumes.length),
    high: new Int32Array(volumes.length),
    low: new Int32Array(volumes.length),
    close: new Int32Array(volumes.length),
  };
  const traded = new Float64Array(volumes.length);
  let cell = 0;
  const add = (_ts: number, cents: number, size: number): void => {
    if (cells.open[cell] === 0) cells.open[cell] = cells.low[cell] = cents;
    if (cents > cells.high[cell]!) cells.high[cell] = cents;
    if (cents < cells.low[cell]!) cells.low[cell] = cents;
    cells.close[cell] = cents;
    traded[cell]! += cents * size;
  };
  let length = 0;
  for (let c = 0; c < contracts; c++) {
    for (let m = 0; m < minutes; m++) {
      cell = c * minutes + m;
      if (volumes[cell] === 0) continue;
      desk.draw(c, m, volumes[cell]!, add);
      length += 1;
    }
  }

  const column = (): Float64Array => new Float64Array(length);
  const bars = {
    start: column(),
    strike: column(),
    right: new Int8Array(length),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    vwap: column(),
    volume: column(),
  };
  const open = NYSE.openOf(listing.date);
  let row = 0;
  for (let m = 0; m < minutes; m++) {
    for (let c = 0; c < contracts; c++) {
      const at = c * minutes + m;
      if (volumes[at] === 0) continue;
      bars.start[row] = open + m * 60_000;
      bars.strike[row] = strikeOf(listing, c);
      bars.right[row] = rightOf(listing, c);
      bars.open[row] = cells.open[at]! / 100;
      bars.high[row] = cells.high[at]! / 100;
      bars.low[row] = cells.low[at]! / 100;
      bars.close[row] = cells.close[at]! / 100;
      bars.vwap[row] = traded[at]! / volumes[at]! / 100;
      bars.volume[row] = volumes[at]!;
      row += 1;
    }
  }
  return { underlying, sessionDate: listing.date, expiry: listing.expiry.date, length, ...bars };
}
