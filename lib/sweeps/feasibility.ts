import type { GateReason } from "../leaderboard/gate.schema.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import type { Variant } from "./variant.schema.ts";

export interface FeasibilityContext {
  /** Out-of-sample sessions that will be evaluated. */
  readonly sessions: number;
  readonly sessionsPerYear: number;
  /** Bars of a session; 1 at daily cadence. */
  readonly barsPerSession: number;
  /** Times of a session at which a trade may be decided: its bars, or fewer where the label asks more seldom. */
  readonly decisionsPerSession: number;
  /** Symbols that may be traded at such a time; 1 but for a universe. */
  readonly candidatesPerDecision: number;
  readonly labelHorizonBars: number;
}

/** What the most active variant can reach, and what to change when that is too little. */
export interface Feasibility {
  readonly feasible: boolean;
  readonly variant_id: string | null;
  readonly bets: number;
  readonly bets_per_year: number;
  readonly reason: GateReason | null;
  /** Empty when feasible. */
  readonly remedy: string;
}

/**
 * Whether any variant can have enough bets at all: about sessions x bars / hold x share of the top x share of the hours, as
 * trades that overlap are one bet, and so are those of several symbols at a time. Knowing it beforehand saves a sweep that could only fail.
 *
 * @param variants - at least one
 */
export function checkFeasibility(variants: readonly Variant[], limits: RiskBudget, context: FeasibilityContext): Feasibility {
  let best: Variant | undefined;
  let bestRate = Number.NEGATIVE_INFINITY;
  for (const variant of variants) {
    const rate = betsPerSession(variant, context);
    if (rate > bestRate) {
      best = variant;
      bestRate = rate;
    }
  }
  const years = context.sessions / context.sessionsPerYear;
  const bets = best === undefined ? 0 : Math.floor(bestRate * context.sessions + 1e-9);
  const perYear = best === undefined ? 0 : bestRate * context.sessionsPerYear;
  const { min_bets = 0, min_bets_per_year = 0 } = limits;
  const feasible = bets >= min_bets && perYear >= min_bets_per_year - 1e-9;
  const needed = Math.max(min_bets, min_bets_per_year * years);
  return {
    feasible,
    variant_id: best?.variant_id ?? null,
    bets,
    bets_per_year: perYear,
    reason: feasible ? null : { code: "gate_infeasible", metric: "bets", value: bets, limit: Math.ceil(needed - 1e-9) },
    remedy: feasible || best === undefined ? "" : remedyOf(best, limits, needed, bestRate, context),
  };
}

function betsPerSession({ params }: Variant, context: FeasibilityContext): number {
  const { barsPerSession, decisionsPerSession, candidatesPerDecision, labelHorizonBars } = context;
  const hold = params.hold_bars ?? labelHorizonBars;
  const hours = decisionsPerSession === 1 || params.hours === null ? 1 : Math.min(1, params.hours.length / HOURS_OF_SESSION);
  return Math.min(barsPerSession / hold, decisionsPerSession) * Math.min(1, (params.top_pct ?? 1) * candidatesPerDecision) * hours;
}

/** Hours of the clock that hold a regular session's bars (9:30 to 16:00). */
const HOURS_OF_SESSION = 7;

function remedyOf({ params }: Variant, limits: RiskBudget, needed: number, rate: number, context: FeasibilityContext): string {
  const hold = params.hold_bars ?? context.labelHorizonBars;
  const found = rate * context.sessions;
  const ways: string[] = [];
  const shorter = Math.floor((hold * found) / needed + 1e-9);
  if (shorter >= 1) ways.push(`hold at most ${shorter} bars instead of ${hold}`);
  const wider = ((params.top_pct ?? 1) * needed) / found;
  if (wider * context.candidatesPerDecision <= 1) ways.push(`raise top_pct to at least ${Math.ceil(wider * 100 - 1e-9) / 100}`);
  if (limits.min_bets !== undefined && rate * context.sessionsPerYear >= (limits.min_bets_per_year ?? 0))
    ways.push(`evaluate at least ${Math.ceil(limits.min_bets / rate - 1e-9)} sessions instead of ${context.sessions}`);
  ways.push("choose a risk profile that asks for fewer bets");
  return `No variant can have ${Math.ceil(needed - 1e-9)} bets: the most active one has about ${Math.floor(found + 1e-9)}. Either ${ways.join(", or ")}.`;
}
