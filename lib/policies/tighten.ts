import type { RiskBudget } from "./risk-budget.schema.ts";

/** Whether a limit is a floor (tighter = larger), a ceiling (tighter = smaller) or a set (tighter = fewer). */
const DIRECTION = {
  min_bets: "floor",
  min_bets_per_year: "floor",
  max_drawdown_pct: "ceiling",
  es95_mult: "ceiling",
  min_sharpe: "floor",
  min_calmar: "floor",
  spread_pct_max: "ceiling",
  oi_min: "floor",
  volume_min: "floor",
  fill_rate_min: "floor",
  adv_bps_max: "ceiling",
  turnover_max: "ceiling",
  daily_loss_cap_R: "ceiling",
  allowed_hours: "subset",
  min_dsr: "floor",
  max_p_oos_loss: "ceiling",
} as const satisfies Record<keyof RiskBudget, "floor" | "ceiling" | "subset">;

export type GateKey = keyof RiskBudget;

/** A limit that a change tried to relax; the stricter value stays in force. */
export interface LoosenedLimit {
  readonly key: GateKey;
  readonly inForce: string;
  readonly found: string;
}

/**
 * Applies a change that may only tighten limits. A limit that the base does not set may be added freely.
 *
 * @returns the stricter of both for every limit, and each limit that the change tried to relax
 */
export function tightenBudget(
  base: RiskBudget,
  change: RiskBudget,
): { readonly budget: RiskBudget; readonly loosened: readonly LoosenedLimit[] } {
  const budget: Record<string, number | number[]> = {};
  const loosened: LoosenedLimit[] = [];
  for (const key of Object.keys(DIRECTION) as GateKey[]) {
    const before = base[key];
    const after = change[key];
    if (before === undefined || after === undefined) {
      const value = before ?? after;
      if (value !== undefined) budget[key] = Array.isArray(value) ? ascending(value) : value;
      continue;
    }
    if (isLooser(key, before, after)) loosened.push({ key, inForce: String(before), found: String(after) });
    budget[key] = stricter(key, before, after);
  }
  return { budget: budget as RiskBudget, loosened };
}

function isLooser(key: GateKey, before: number | number[], after: number | number[]): boolean {
  if (Array.isArray(before) || Array.isArray(after)) return list(after).some((hour) => !list(before).includes(hour));
  return DIRECTION[key] === "floor" ? after < before : after > before;
}

function stricter(key: GateKey, before: number | number[], after: number | number[]): number | number[] {
  if (Array.isArray(before) || Array.isArray(after)) return ascending(list(after).filter((hour) => list(before).includes(hour)));
  return DIRECTION[key] === "floor" ? Math.max(before, after) : Math.min(before, after);
}

const list = (value: number | number[]): number[] => (Array.isArray(value) ? value : [value]);
const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
