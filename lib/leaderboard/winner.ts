import type { GateStatus } from "./gate.schema.ts";
import { type GridPoint, plateauCentre } from "./plateau.ts";
import { compareRank } from "./score-key.ts";

export interface Candidate extends GridPoint {
  readonly win_rate: number | null;
  readonly status: GateStatus;
}

export interface Winner<C extends Candidate> {
  readonly candidate: C;
  readonly rule: "best_score" | "plateau_centre";
  /** `pbo_above_half`: choosing among these variants adds nothing. */
  readonly warning: "pbo_above_half" | null;
}

const ORDER: Readonly<Record<GateStatus, number>> = { PASS: 0, MARGINAL: 1, MARGINAL_SIG: 2, FAIL: 3, ungated: 4 };

/** PBO above this says that the in-sample winner is more likely below the middle than above it. */
const PBO_WARNING = 0.5;

/**
 * The variant that a sweep recommends: among those with the best gate status the highest score, or, when the probability of
 * backtest overfitting is above one half, the centre of the highest plateau.
 *
 * @param pbo - null when CSCV is undefined: the best score wins
 * @returns undefined without candidates
 */
export function selectWinner<C extends Candidate>(candidates: readonly C[], pbo: number | null): Winner<C> | undefined {
  const overfit = pbo !== null && pbo > PBO_WARNING;
  const bestStatus = Math.min(...candidates.map(({ status }) => ORDER[status]));
  const eligible = candidates.filter(({ status }) => ORDER[status] === bestStatus);
  const centre = overfit ? plateauCentre(candidates, ({ status }) => ORDER[status] === bestStatus) : undefined;
  const best = eligible.toSorted((a, b) => compareRank(rankOf(a), rankOf(b)))[0];
  const warning = overfit ? "pbo_above_half" : null;
  if (centre !== undefined) return { candidate: centre, rule: "plateau_centre", warning };
  return best === undefined ? undefined : { candidate: best, rule: "best_score", warning };
}

const rankOf = (candidate: Candidate) => ({ ...candidate, row_id: candidate.variant_id });
