import type { PriceSeries } from "#lib/core/bars.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { createMemoryLab, type LabModel } from "./memory-lab.ts";
import { runSweepInMemory, type SweepInMemory } from "./sweep-in-memory.ts";

export type RiskProfile = (typeof RISK_PROFILES)[number];

/**
 * The whole simple sweep of a series under each risk profile. A profile changes limits, never a matrix, so the matrix is built and
 * the folds are fitted once.
 */
export async function sweepEachProfile(
  series: PriceSeries,
  model: Omit<LabModel, "model_id" | "ticker">,
): Promise<Record<RiskProfile, SweepInMemory>> {
  const lab = createMemoryLab(series);
  const { symbol } = series.bars;
  const found: Partial<Record<RiskProfile, SweepInMemory>> = {};
  for (const profile of RISK_PROFILES) {
    const model_id = `trust_eq_swing_daily_${profile}`;
    await lab.createModel({ data: { provider: "simulated", symbol }, ...model, model_id, ticker: symbol, risk_profile: profile });
    await lab.build(model_id);
    found[profile] = await runSweepInMemory(lab, model_id);
  }
  return found as Record<RiskProfile, SweepInMemory>;
}
