import type { ModelConfig } from "../../models/model-config.schema.ts";
import type { Policy } from "../../policies/policy.schema.ts";
import type { VariantParams } from "../../sweeps/variant.schema.ts";

/** How a decision picks its contract, beside the side: the expiry that it aims at, and where its strike should lie. */
export interface ContractRule {
  /** Calendar days from the session of the entry to the expiry. */
  readonly dteTarget: number;
  /** A strike selection such as `ATM` or `5%_OTM`; null = the strike whose delta is nearest the target. */
  readonly strike: string | null;
}

/** What every rule of a model shares. */
export interface ContractTerms {
  /** Absolute delta that a strike without a selection should have. */
  readonly targetDelta: number;
  /** Whether expiries other than the monthly one may be bought. */
  readonly weeklyOk: boolean;
}

export const sameRule = (a: ContractRule, b: ContractRule): boolean => a.dteTarget === b.dteTarget && a.strike === b.strike;

/** Days to expiry of models that name none. */
const DTE_OF_HORIZON: Readonly<Record<ModelConfig["horizon"], number>> = { "0dte": 0, intraday: 0, overnight: 7, swing: 30, long: 365 };

/** What picks the contract where a variant says nothing: the policy first, then the model's own defaults. */
export function modelRule({ execution }: Policy, config: Pick<ModelConfig, "default_dte" | "default_strike" | "horizon">): ContractRule {
  const { dte_target, strike_selection } = execution.options.selection;
  return {
    dteTarget: dte_target ?? config.default_dte ?? DTE_OF_HORIZON[config.horizon],
    strike: strike_selection ?? config.default_strike ?? null,
  };
}

/** A variant's rule. */
export function variantRule(base: ContractRule, { dte_target, strike_selection }: VariantParams): ContractRule {
  return { dteTarget: dte_target ?? base.dteTarget, strike: strike_selection ?? base.strike };
}
