import type { Bars } from "../core/bars.ts";
import { formatDate, sessionDateOf } from "../core/time.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { windowRange } from "./build-matrix.ts";
import { horizonOf, type MatrixSpec } from "./matrix-spec.ts";

/** The part of a spec that decides which sessions are shown. */
export type ShownTerms = Pick<MatrixSpec, "symbol" | "window" | "cadence" | "label" | "crossSession">;

const MAX_SESSIONS = 20;

/**
 * The sessions that a preview shows: the window's last ones whose labels are known; where no label is, its last ones.
 *
 * @param sessions - how many, 1 to 20
 * @returns dates `YYYY-MM-DD`, ascending, at least one
 * @throws INVALID_PARAM when that is no such number | HISTORY_TOO_SHORT when the window holds no bar
 */
export function shownSessions(terms: ShownTerms, bars: Bars, sessions: number): string[] {
  if (!Number.isInteger(sessions) || sessions < 1 || sessions > MAX_SESSIONS)
    throw new SigmaError("INVALID_PARAM", `A preview shows 1 to ${MAX_SESSIONS} sessions; found "${sessions}".`, { field: "sessions" });
  const { first, last } = windowRange(terms, bars);
  const horizon = terms.crossSession ? horizonOf(terms) : 0;
  const end = last - horizon > first ? last - horizon : last;
  return [...new Set(Array.from(bars.start.subarray(first, end), sessionDateOf))].slice(-sessions).map(formatDate);
}
