import type { LabelEntry } from "../label.schema.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";
import { closeMinutesOf, rowEndingAt, type SessionRows, sessionsOf } from "./sessions.ts";

/** One session in which a label that runs into the close can be decided. */
export interface IntoClose {
  readonly session: SessionRows;
  /** The bar that ends at the decision time. */
  readonly decision: number;
  /** Price of the decision. */
  readonly from: number;
}

/** What a label asks of a session, and what the answer is. */
export interface IntoCloseRule {
  /** Whether the session puts the question, by what is known at the decision. */
  asks(at: IntoClose): boolean;
  /** The class, given the session's close; only where the question is put. NaN = unknown. */
  classOf(at: IntoClose, close: number): number;
}

/**
 * Visits every session that has a bar ending at the decision time, before its close. Where the rule asks, the bar decides; when the
 * session is complete it gets the return from the label's entry to the session's close, and the class.
 *
 * @param minutes - the decision time, minutes after New York's midnight
 */
export function labelIntoClose(series: LabelSeries, columns: LabelColumns, minutes: number, entry: LabelEntry, rule: IntoCloseRule): void {
  const { open, close, end } = series;
  for (const session of sessionsOf(series)) {
    const last = session.end - 1;
    const decision = rowEndingAt(series, session, minutes);
    if (decision < 0 || minutes >= closeMinutesOf(session.date)) continue;
    const at = { session, decision, from: close[decision]! };
    if (!rule.asks(at)) continue;
    columns.unit[decision] = 1;
    if (decision >= last || !session.complete) continue;
    const change = close[last]! / (entry === "next_open" ? open[decision + 1]! : close[decision]!) - 1;
    const y = rule.classOf(at, close[last]!);
    if (!Number.isFinite(change) || Number.isNaN(y)) continue;
    columns.retFwd[decision] = change;
    columns.t1[decision] = end[last]!;
    columns.y[decision] = y;
  }
}
