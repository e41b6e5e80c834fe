import { clockMinutes, type HeadfakeReversalLabel } from "../label.schema.ts";
import { type IntoClose, labelIntoClose } from "./into-close.ts";
import { type LabelColumns, type LabelSeries, noLabels } from "./label-series.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const HEADFAKE_REVERSAL_VERSION = 1;

/**
 * Whether the first move of the day is a fake. The bar that ends at the window's end carries the label when the move from the
 * session's open to its close is at least `move_atr` daily average true ranges (of completed sessions): 1 = it fell and the
 * session closes at least `reverse_atr` ranges higher, -1 = it rose and closes as much lower, 0 = it was not reversed.
 * Sessions with a smaller move put no question and have no label.
 *
 * @param atr - Wilder's daily average true range known at each bar, adjusted prices
 * @returns shape (bars,) each
 */
export function headfakeReversalLabel(series: LabelSeries, label: HeadfakeReversalLabel, atr: Float64Array): LabelColumns {
  const columns = noLabels(series.length);
  const moveOf = ({ session, from }: IntoClose): number => from - series.open[session.first]!;
  labelIntoClose(series, columns, clockMinutes(label.window_end), label.entry, {
    asks: (at) => Math.abs(moveOf(at)) >= label.move_atr * atr[at.decision]!,
    classOf(at, close) {
      const back = close - at.from;
      if (Number.isNaN(back)) return Number.NaN;
      const reversed = Math.sign(back) === -Math.sign(moveOf(at)) && Math.abs(back) >= label.reverse_atr * atr[at.decision]!;
      return reversed ? Math.sign(back) : 0;
    },
  });
  return columns;
}
