import type { RISK_PROFILES } from "../policies/risk-budget.schema.ts";

/** A word for risk: a pack's or strategy's tag, or a profile's name. */
export type RiskTag = (typeof RISK_PROFILES)[number];

/** Largest drawdown gate, percent, that a risk tag allows. */
export const MAX_DRAWDOWN_PCT = { conservative: 30, balanced: 40, aggressive: 100 } as const satisfies Record<RiskTag, number>;

/** Smallest position, percent of capital, that deserves the tag `aggressive`. */
export const MIN_AGGRESSIVE_POSITION_PCT = 1;
