import type { LabelEntry } from "../label.schema.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";
import { rowEndingAt, type SessionRows, sessionsOf } from "./sessions.ts";

/** One session in which a label that runs into the close can be decided. */
export interface IntoClose {
  readonly session: SessionRows;
  /** The bar that ends at the decision time. */
  readonly decision: number;
  /** Price of the decision, and of the session's close. */
  readonly from: number;
  readonly close: number;
}

/**
 * Visits every complete session that has a bar ending at the decision time and bars after it, sets the return from the
 * label's entry to the session's close, and the class that the rule gives.
 *
 * @param minutes - the decision time, minutes after New York's midnight
 * @param rule - the class, or NaN where the session does not put the question
 */
export function labelIntoClose(
  series: LabelSeries,
  columns: LabelColumns,
  minutes: number,
  entry: LabelEntry,
  rule: (at: IntoClose) => number,
): void {
  const { open, close, end } = series;
  for (const session of sessionsOf(series)) {
    const last = session.end - 1;
    const decision = rowEndingAt(series, session, minutes);
    if (decision < 0 || decision >= last || !session.complete) continue;
    const from = entry === "next_open" ? open[decision + 1]! : close[decision]!;
    const change = close[last]! / from - 1;
    const y = rule({ session, decision, from: close[decision]!, close: close[last]! });
    if (!Number.isFinite(change) || Number.isNaN(y)) continue;
    columns.retFwd[decision] = change;
    columns.t1[decision] = end[last]!;
    columns.y[decision] = y;
  }
}
