import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";

const START = 1000;

/**
 * An index that starts at 1000 and follows the close on the bars whose volume moved one way against the bar before.
 *
 * @param direction - 1: bars with more volume; -1: bars with less
 * @returns NaN at an unknown bar; the next one is compared with the last known
 */
export function volumeIndex({ length, close, volume }: IndicatorInputs, direction: 1 | -1): Float64Array {
  const out = newColumn(length);
  let level = START;
  let price = Number.NaN;
  let traded = Number.NaN;
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(close[i]! + volume[i]!)) {
      out[i] = Number.NaN;
      continue;
    }
    if (direction * (volume[i]! - traded) > 0 && price > 0) level *= close[i]! / price;
    price = close[i]!;
    traded = volume[i]!;
    out[i] = level;
  }
  return out;
}
