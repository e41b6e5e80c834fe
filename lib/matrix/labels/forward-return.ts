import { nextHole } from "../../core/session-holes.ts";
import type { Band, LabelEntry } from "../label.schema.ts";
import { bandLimits, classOf } from "./band.ts";
import { type LabelColumns, type LabelSeries, noLabels } from "./label-series.ts";
import { sessionsOf } from "./sessions.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const FORWARD_RETURN_VERSION = 2;

export interface ForwardReturnOptions {
  readonly entry: LabelEntry;
  /** From the decision bar to the bar that ends the label: bars, or sessions (then the last bar of that session). */
  readonly horizon: number;
  readonly unit: "bars" | "sessions";
  readonly band: Band;
  /** `regress`: y is the return. */
  readonly task: "classify" | "regress";
  /** Whether a label may span a session's close. False for 0dte and intraday models. */
  readonly crossSession: boolean;
}

/**
 * The return over the next `horizon` bars or sessions, and its class.
 *
 * From the next bar's open: close[t+N] / open[t+1] - 1; from the decision bar's close: close[t+N] / close[t] - 1. A bar
 * whose own close is missing has no label, whatever the entry: nothing could have been decided on it. Neither has one whose
 * span crosses a hole in the data: N bars ahead would be years away.
 *
 * Classes: inside the band, limits included, is FLAT. Without a band there is no FLAT, and a return of exactly zero
 * is neither UP nor DOWN: its class is NaN, while return and end time stay known, so that a halted or stale bar tilts
 * no class. A trailing-sigma band is k x sigma(one bar, known at t) x sqrt(N bars); without that sigma there is no class.
 *
 * @returns shape (bars,) each
 */
export function forwardReturnLabel(series: LabelSeries, options: ForwardReturnOptions): LabelColumns {
  const { length, end, open, close, sessionDate } = series;
  const { entry, crossSession, task } = options;
  const label = noLabels(length);
  label.unit.fill(1);
  const lastRow = endRows(series, options);
  const limit = bandLimits(series, options.band, spanBars(series, options), !crossSession);
  const hole = nextHole(sessionDate);

  for (let t = 0; t < length; t++) {
    const last = lastRow[t]!;
    if (last < 0 || hole[t]! < last) continue;
    if (!crossSession && sessionDate[last] !== sessionDate[t]) continue;
    const from = entry === "next_open" ? open[t + 1]! : close[t]!;
    const change = close[last]! / from - 1;
    if (!Number.isFinite(change) || Number.isNaN(close[t]!)) continue;
    label.retFwd[t] = change;
    label.t1[t] = end[last]!;
    label.y[t] = task === "regress" ? change : classOf(change, limit?.[t]);
  }
  return label;
}

/** The row that ends each row's label; -1 where the series does not reach it. */
function endRows(series: LabelSeries, { horizon, unit }: ForwardReturnOptions): Int32Array {
  const rows = new Int32Array(series.length).fill(-1);
  if (unit === "bars") {
    for (let t = 0; t + horizon < series.length; t++) rows[t] = t + horizon;
    return rows;
  }
  const sessions = sessionsOf(series);
  sessions.forEach(({ first, end }, s) => {
    const target = sessions[s + horizon];
    // A session whose later bars are still to come does not end a label.
    if (target?.complete) rows.fill(target.end - 1, first, end);
  });
  return rows;
}

/** Bars that a label spans at most, for the width of its band. */
function spanBars(series: LabelSeries, { horizon, unit }: ForwardReturnOptions): number {
  if (unit === "bars") return horizon;
  return horizon * Math.max(1, ...sessionsOf(series).map(({ first, end }) => end - first));
}
