import { nextHole } from "../../core/session-holes.ts";
import type { Band, LabelEntry } from "../label.schema.ts";
import type { LabelColumns, LabelSeries } from "./label-series.ts";
import { trailingSigma } from "./trailing-sigma.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const FORWARD_RETURN_VERSION = 2;

export interface ForwardReturnOptions {
  readonly entry: LabelEntry;
  /** Bars from the decision bar to the bar that ends the label (sessions at daily cadence). */
  readonly horizon: number;
  readonly band: Band;
  /** Whether a label may span a session's close. False for 0dte and intraday models. */
  readonly crossSession: boolean;
}

/**
 * The return over the next `horizon` bars, and its class.
 *
 * From the next bar's open: close[t+N] / open[t+1] - 1; from the decision bar's close: close[t+N] / close[t] - 1. A bar
 * whose own close is missing has no label, whatever the entry: nothing could have been decided on it. Neither has one whose
 * span crosses a hole in the data: N bars ahead would be years away.
 *
 * Classes: inside the band, limits included, is FLAT. Without a band there is no FLAT, and a return of exactly zero
 * is neither UP nor DOWN: its class is NaN, while return and end time stay known, so that a halted or stale bar tilts
 * no class. A trailing-sigma band is k x sigma(one bar, known at t) x sqrt(N); without that sigma there is no class.
 *
 * @returns shape (bars,) each
 */
export function forwardReturnLabel(series: LabelSeries, options: ForwardReturnOptions): LabelColumns {
  const { length, end, open, close, sessionDate } = series;
  const { entry, horizon, band, crossSession } = options;
  const y = new Float64Array(length).fill(Number.NaN);
  const retFwd = new Float64Array(length).fill(Number.NaN);
  const t1 = new Float64Array(length).fill(Number.NaN);
  const limit = bandLimits(series, options);
  const hole = nextHole(sessionDate);

  for (let t = 0; t + horizon < length; t++) {
    const last = t + horizon;
    if (!crossSession && sessionDate[last] !== sessionDate[t]) continue;
    if (hole[t]! < last) continue;
    const from = entry === "next_open" ? open[t + 1]! : close[t]!;
    const change = close[last]! / from - 1;
    if (!Number.isFinite(change) || Number.isNaN(close[t]!)) continue;
    retFwd[t] = change;
    t1[t] = end[last]!;
    y[t] = classOf(change, band.kind === "none" ? undefined : limit[t]!);
  }
  return { y, retFwd, t1 };
}

function classOf(change: number, limit: number | undefined): number {
  if (limit === undefined) return change > 0 ? 1 : change < 0 ? -1 : Number.NaN;
  if (Number.isNaN(limit)) return Number.NaN;
  return Math.abs(change) <= limit ? 0 : change > 0 ? 1 : -1;
}

/** Half-width of the band at each bar, a fraction; empty without a band. */
function bandLimits(series: LabelSeries, { band, horizon, crossSession }: ForwardReturnOptions): Float64Array {
  if (band.kind === "none") return new Float64Array(0);
  if (band.kind === "fixed_bps") return new Float64Array(series.length).fill(band.bps / 10_000);
  const scale = band.k * Math.sqrt(horizon);
  return trailingSigma(series, band.window, !crossSession).map((sigma) => scale * sigma);
}
