import type { PlanResult } from "#functions/shared/make-plan.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { createMemoryLab, type LabModel, type MemoryLab } from "./memory-lab.ts";
import { runSweepInMemory, type SweepInMemory } from "./sweep-in-memory.ts";

export type RiskProfile = (typeof RISK_PROFILES)[number];

export type EachProfile = Record<RiskProfile, SweepInMemory>;

/** What a model is made of, whatever its symbol, name and profile. */
export type ModelKind = Omit<LabModel, "model_id" | "ticker">;

/** The whole simple sweep of a series under each risk profile. */
export async function sweepEachProfile(series: PriceSeries, model: ModelKind): Promise<EachProfile> {
  return sweepEachProfileIn(createMemoryLab(series), series.bars.symbol, model);
}

/** As `sweepEachProfile`, in a lab. A profile changes limits, never a matrix, so the matrix is built and the folds are fitted once. */
export async function sweepEachProfileIn(
  lab: MemoryLab,
  symbol: string,
  model: ModelKind,
  afterPlan?: (planned: PlanResult) => Promise<void>,
): Promise<EachProfile> {
  const found: Partial<EachProfile> = {};
  for (const profile of RISK_PROFILES) {
    const model_id = `trust_eq_swing_daily_${profile}`;
    await lab.createModel({ data: { provider: "simulated", symbol }, ...model, model_id, ticker: symbol, risk_profile: profile });
    await lab.build(model_id);
    found[profile] = await runSweepInMemory(lab, model_id, { mode: "simple" }, afterPlan);
  }
  return found as EachProfile;
}
