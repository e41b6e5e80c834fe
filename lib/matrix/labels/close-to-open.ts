import type { Cadence } from "../../core/bars.ts";
import { isHole } from "../../core/session-holes.ts";
import { minuteEtOf } from "../../core/time.ts";
import { BAR_MINUTES, type Band, type CloseToOpenLabel, clockMinutes } from "../label.schema.ts";
import { classOf } from "./band.ts";
import { type LabelColumns, type LabelSeries, noLabels } from "./label-series.ts";
import { closeMinutesOf, FULL_SESSION_CLOSE, lastRowBy, type SessionRows, sessionsOf } from "./sessions.ts";

/** Raised with every change of the numbers below; part of a matrix's fingerprint. */
export const CLOSE_TO_OPEN_VERSION = 1;

/**
 * The overnight return from a session's close to the next session's open, carried by one row a session: the last bar that
 * ends by the decision time. Every other row has no label.
 *
 * With daily bars the row is the day's own bar, which is decided at the very close that the return starts from: nobody can
 * trade that, so such a matrix is for research only.
 *
 * t1 is the next session's open, when that price is known. A return across a hole in the data is unknown. A trailing-sigma
 * band is k x the deviation of the last `window` overnight returns, all known at the session's own open.
 *
 * A bar decides, and has a unit, when it ends by the decision time and the next one would not: that needs no later bar.
 *
 * @returns shape (bars,) each
 */
export function closeToOpenLabel(series: LabelSeries, label: CloseToOpenLabel, cadence: Cadence): LabelColumns {
  const daily = cadence === "daily";
  const columns = noLabels(series.length);
  const sessions = sessionsOf(series);
  const overnight = overnightReturns(series, sessions);
  const limit = bandOf(overnight, label.band);
  // On half days the decision comes as long before the early close.
  const minutesBefore = FULL_SESSION_CLOSE - clockMinutes(label.decision_time);
  for (let row = 0; row < series.length; row++) {
    const left = closeMinutesOf(series.sessionDate[row]!) - minutesBefore - minuteEtOf(series.end[row]!);
    if (daily || (left >= 0 && left < BAR_MINUTES[cadence])) columns.unit[row] = 1;
  }
  for (let s = 0; s + 1 < sessions.length; s++) {
    const session = sessions[s]!;
    const last = session.end - 1;
    const decision = daily ? last : lastRowBy(series, session, minuteEtOf(series.end[last]!) - minutesBefore);
    const change = overnight[s + 1]!;
    if (decision < 0 || Number.isNaN(change) || Number.isNaN(series.close[decision]!)) continue;
    columns.retFwd[decision] = change;
    columns.t1[decision] = series.start[sessions[s + 1]!.first]!;
    columns.y[decision] = classOf(change, limit?.[s]);
  }
  return columns;
}

/** For each session, the return from the close before it to its open; NaN for the first, across holes and from cut-off sessions. */
function overnightReturns({ open, close }: LabelSeries, sessions: readonly SessionRows[]): Float64Array {
  return Float64Array.from(sessions, (session, s) => {
    const before = sessions[s - 1];
    if (!before?.complete || isHole(before.date, session.date)) return Number.NaN;
    const change = open[session.first]! / close[before.end - 1]! - 1;
    return Number.isFinite(change) ? change : Number.NaN;
  });
}

/** Half-width of the band at each session; undefined without a band. NaN before `window` nights, or with half of them unknown. */
function bandOf(overnight: Float64Array, band: Band): Float64Array | undefined {
  if (band.kind === "none") return undefined;
  if (band.kind === "fixed_bps") return new Float64Array(overnight.length).fill(band.bps / 10_000);
  const { k, window } = band;
  return overnight.map((_, s) => {
    if (s < window) return Number.NaN;
    const known = overnight.subarray(s - window + 1, s + 1).filter((value) => !Number.isNaN(value));
    if (known.length < Math.max(2, Math.ceil(window / 2))) return Number.NaN;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return k * Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1));
  });
}
