import { clockMinutes, type PinDriftLabel } from "../label.schema.ts";
import { labelIntoClose } from "./into-close.ts";
import { type LabelColumns, type LabelSeries, noLabels } from "./label-series.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const PIN_DRIFT_VERSION = 1;

/**
 * Whether the price drifts to the peak strike. The bar that ends at the drift's start carries the label: 1 = the peak lies
 * above and the session closes at least `drift_atr` daily average true ranges higher, -1 = it lies below and the session
 * closes as much lower, 0 = neither. Without a known peak there is no label; at the peak itself the class is 0.
 *
 * @param peak - strike of the peak known at each bar, on the scale of the prices
 * @param atr - Wilder's daily average true range known at each bar, adjusted prices
 * @returns shape (bars,) each
 */
export function pinDriftLabel(series: LabelSeries, label: PinDriftLabel, peak: Float64Array, atr: Float64Array): LabelColumns {
  const columns = noLabels(series.length);
  labelIntoClose(series, columns, clockMinutes(label.drift_start), label.entry, {
    asks: ({ decision, from }) => !Number.isNaN(peak[decision]! - from + atr[decision]!),
    classOf({ decision, from }, close) {
      const distance = peak[decision]! - from;
      const move = close - from;
      if (Number.isNaN(move)) return Number.NaN;
      return distance * move > 0 && Math.abs(move) >= label.drift_atr * atr[decision]! ? Math.sign(move) : 0;
    },
  });
  return columns;
}
