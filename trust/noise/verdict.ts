import { checkFeasibility } from "#lib/sweeps/feasibility.ts";
import { dsrOtherwise } from "../dsr-limits.ts";
import type { SweepInMemory } from "../sweep-in-memory.ts";

/** What one sweep under one risk profile came to. */
export type ProfileVerdict = {
  readonly variants: number;
  readonly pass: number;
  /** Variants that fail for one reason only: the model predicts no better than base rates. */
  readonly passButForSkill: number;
  /** Largest net Sharpe ratio of any variant, annual; null when none traded. */
  readonly bestSharpe: number | null;
  /** The plan said beforehand that no variant can have enough bets. */
  readonly infeasible: boolean;
  readonly minBetsMet: number;
  /** Variants that can have enough bets by arithmetic, and how many of them do. */
  readonly possible: number;
  readonly possibleMet: number;
  /** What the limit of the deflated Sharpe ratio alone decides. */
  readonly dsrOtherwise: number | null;
};

/** Annual net Sharpe ratio above which a gate that knows nothing of luck would be content. */
export const NAIVE_SHARPE = 1;

export function verdictOf({ plan, rows }: SweepInMemory): ProfileVerdict {
  const minBets = plan.limits.min_bets ?? 0;
  const horizon = "horizon" in plan.config.label ? plan.config.label.horizon : 1;
  const sharpes = rows.flatMap(({ metrics }) => (metrics.sharpe === null ? [] : [metrics.sharpe]));
  const possible = rows.filter(
    ({ variant_id, params, metrics }) =>
      checkFeasibility([{ variant_id, params }], plan.limits, {
        sessions: metrics.sessions,
        sessionsPerYear: 252,
        barsPerSession: 1,
        decisionsPerSession: 1,
        candidatesPerDecision: 1,
        labelHorizonBars: horizon,
      }).feasible,
  );
  return {
    variants: rows.length,
    pass: rows.filter(({ gate }) => gate.status === "PASS").length,
    passButForSkill: rows.filter(({ gate }) => gate.reasons.length === 1 && gate.reasons[0]!.code === "no_skill").length,
    bestSharpe: sharpes.length === 0 ? null : Math.max(...sharpes),
    infeasible: plan.infeasible !== null,
    minBetsMet: rows.filter(({ metrics }) => metrics.bets >= minBets).length,
    possible: possible.length,
    possibleMet: possible.filter(({ metrics }) => metrics.bets >= minBets).length,
    dsrOtherwise: dsrOtherwise(rows),
  };
}
