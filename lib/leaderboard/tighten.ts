import { SigmaError } from "../errors/sigma-error.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";

/** Limits that somebody below the pack asks for, with the place they were written in. */
export interface Tightening {
  /** As the message shall name it, such as `gates of model "spx_eq_swing_daily"`. */
  readonly source: string;
  readonly budget: RiskBudget;
}

type NumericKey = Exclude<keyof RiskBudget, "allowed_hours">;

const DIRECTION: Readonly<Record<NumericKey, "min" | "max">> = {
  min_bets: "min",
  min_bets_per_year: "min",
  max_drawdown_pct: "max",
  es95_mult: "max",
  min_sharpe: "min",
  min_calmar: "min",
  spread_pct_max: "max",
  oi_min: "min",
  volume_min: "min",
  fill_rate_min: "min",
  adv_bps_max: "max",
  turnover_max: "max",
  daily_loss_cap_R: "max",
  min_dsr: "min",
  max_p_oos_loss: "max",
};

/**
 * The limits that apply to a model: the pack's profile, tightened by the policy and by the model in turn.
 * A limit that the profile does not set may be added; one that it sets may only become stricter.
 *
 * @throws MODEL_INVALID naming every loosened key, its limit and the attempt
 */
export function tightenBudget(profile: RiskBudget, tightenings: readonly Tightening[]): RiskBudget {
  const merged: { -readonly [key in keyof RiskBudget]: RiskBudget[key] } = { ...profile };
  const issues: { key: string; limit: string; attempt: string; source: string }[] = [];

  for (const { source, budget } of tightenings) {
    for (const [key, direction] of Object.entries(DIRECTION) as [NumericKey, "min" | "max"][]) {
      const attempt = budget[key];
      if (attempt === undefined) continue;
      const limit = merged[key];
      if (limit === undefined || (direction === "min" ? attempt >= limit : attempt <= limit)) merged[key] = attempt;
      else issues.push({ key, limit: String(limit), attempt: String(attempt), source });
    }
    const { allowed_hours: hours } = budget;
    if (hours === undefined) continue;
    const allowed = merged.allowed_hours;
    if (allowed === undefined || hours.every((hour) => allowed.includes(hour))) merged.allowed_hours = [...hours];
    else issues.push({ key: "allowed_hours", limit: allowed.join(","), attempt: hours.join(","), source });
  }

  const [first] = issues;
  if (first === undefined) return merged;
  const shown = issues.map(({ key, limit, attempt, source }) => `${key}: the limit is "${limit}", ${source} asks for "${attempt}"`);
  throw new SigmaError(
    "MODEL_INVALID",
    `Gates may only become stricter. ${shown.join("; ")}. Remove the key or make it stricter.`,
    { key: first.key, limit: first.limit, attempt: first.attempt },
    { fieldErrors: issues.map(({ key, limit, attempt }) => ({ path: key, issue: `must not loosen "${limit}" to "${attempt}"` })) },
  );
}
