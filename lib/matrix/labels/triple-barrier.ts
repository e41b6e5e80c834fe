import { nextHole } from "../../core/session-holes.ts";
import type { TripleBarrierLabel } from "../label.schema.ts";
import { type LabelColumns, type LabelSeries, noLabels } from "./label-series.ts";
import { trailingSigma } from "./trailing-sigma.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const TRIPLE_BARRIER_VERSION = 1;

/**
 * Which barrier the price touches first: 1 = the upper, -1 = the lower, and at the time limit the sign of the return (an
 * exact zero has no class) or 0.
 *
 * Barriers stand at p0 (1 + up x s) and p0 (1 - down x s), p0 the entry reference, s the sigma known at the decision: the
 * trailing one-bar sigma times the square root of the horizon, or a fixed fraction. Bars count from the entry on. Touching by
 * close, the return is that close's; within the bar it is the barrier's, or the open's where the bar gaps beyond it, and a bar
 * that touches both counts as the lower barrier.
 *
 * A row that reaches neither barrier before the series ends, or before its session does where labels may not cross the close,
 * or before a hole in the data, has no label: nobody knows how it would have ended.
 *
 * @param crossSession - whether a label may span a session's close
 * @returns shape (bars,) each; t1 is the end of the touching bar, the unit is s
 * @see López de Prado, Advances in Financial Machine Learning (2018), section 3.4
 */
export function tripleBarrierLabel(series: LabelSeries, label: TripleBarrierLabel, crossSession: boolean): LabelColumns {
  const { length, end, open, close } = series;
  const columns = noLabels(length);
  const sigma = barrierSigma(series, label, crossSession);
  const lastRow = lastReachable(series, crossSession);
  for (let t = 0; t < length; t++) {
    const start = label.entry === "next_open" ? open[t + 1]! : close[t]!;
    const wide = sigma[t]!;
    columns.unit[t] = wide;
    if (!(start > 0) || Number.isNaN(wide) || Number.isNaN(close[t]!)) continue;
    const upper = start * (1 + label.up * wide);
    const lower = start * (1 - label.down * wide);
    const limit = t + label.horizon;
    const until = Math.min(limit, lastRow[t]!);
    let touched = t + 1;
    let price = Number.NaN;
    while (touched <= until) {
      price = touchPrice(series, touched, upper, lower, label.touch);
      if (!Number.isNaN(price)) break;
      touched += 1;
    }
    if (touched > until) {
      if (until < limit || Number.isNaN(close[limit]!)) continue;
      touched = limit;
      price = close[limit]!;
      const change = price / start - 1;
      columns.y[t] = label.vertical === "flat" ? 0 : change > 0 ? 1 : change < 0 ? -1 : Number.NaN;
    } else columns.y[t] = price >= upper ? 1 : -1;
    columns.retFwd[t] = price / start - 1;
    columns.t1[t] = end[touched]!;
  }
  return columns;
}

/** The price at which a bar touches a barrier, at or beyond it; NaN when it touches none. */
function touchPrice(
  { open, high, low, close }: LabelSeries,
  bar: number,
  upper: number,
  lower: number,
  touch: TripleBarrierLabel["touch"],
): number {
  if (touch === "close") return close[bar]! >= upper || close[bar]! <= lower ? close[bar]! : Number.NaN;
  if (open[bar]! <= lower || open[bar]! >= upper) return open[bar]!;
  if (low[bar]! <= lower) return lower;
  return high[bar]! >= upper ? upper : Number.NaN;
}

function barrierSigma(series: LabelSeries, { sigma, horizon }: TripleBarrierLabel, crossSession: boolean): Float64Array {
  if (sigma.kind === "fixed") return new Float64Array(series.length).fill(sigma.fraction);
  const scale = Math.sqrt(horizon);
  return trailingSigma(series, sigma.window, !crossSession).map((value) => scale * value);
}

/** The last bar that a label of each row may look at. */
function lastReachable({ length, sessionDate }: LabelSeries, crossSession: boolean): Float64Array {
  const reach = nextHole(sessionDate);
  for (let t = length - 1; t >= 0; t--) {
    const sessionEnd = t + 1 < length && sessionDate[t + 1] === sessionDate[t] ? reach[t + 1]! : t;
    reach[t] = crossSession ? Math.min(reach[t]!, length - 1) : Math.min(reach[t]!, sessionEnd);
  }
  return reach;
}
