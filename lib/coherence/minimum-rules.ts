import type { Finding } from "../packs/finding.ts";
import type { PackContent } from "../packs/resolved-pack.ts";
import type { RiskBudget } from "../policies/risk-budget.schema.ts";
import { objection } from "./rules.ts";

/** Gate limits that every pack defines, with the smallest value that means something. */
const REQUIRED_GATES = { min_bets: 20, max_drawdown_pct: 0, min_sharpe: 0 } as const satisfies Partial<Record<keyof RiskBudget, number>>;

export function requiredGates({ pack }: PackContent): Finding[] {
  return Object.entries(REQUIRED_GATES).flatMap(([key, least]) => {
    const found = pack.gates[key as keyof typeof REQUIRED_GATES];
    if (found === undefined) return [objection("gate_missing", `gates.${key}`, `The gates do not define ${key}.`)];
    if (found >= least) return [];
    return [objection("gate_too_low", `gates.${key}`, `The gates set ${key} to "${found}"; at least ${least} is needed.`)];
  });
}

export function defaultStrategy({ strategies }: PackContent): Finding[] {
  const defaults = [...strategies].filter(([, strategy]) => strategy.default).map(([name]) => name);
  if (defaults.length === 0) return [objection("default_strategy_missing", "strategies", "No strategy is the default.")];
  if (defaults.length === 1) return [];
  return [objection("default_strategy_repeated", "strategies", `${defaults.join(", ")} are all the default; the first one counts.`)];
}
