import { loadPlan, reportPath } from "#functions/shared/evaluation-plan.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { type MemoryLab, TRUST_OWNER, TRUST_PACK } from "./memory-lab.ts";

export interface SweepInMemory {
  readonly plan: EvaluationPlan;
  /** The stored `sweep.json`, byte for byte what a sweep's state machine leaves. */
  readonly report: Uint8Array;
  readonly sweep: Omit<SweepRecord, "run_id" | "created_at">;
  readonly rows: readonly LeaderboardRow[];
}

/**
 * A whole sweep of a model whose matrix is built: the steps of the sweep's state machine in its order, over the lab's stores.
 *
 * @param afterPlan - does something to the stored plan's data before folds are fitted
 */
export async function runSweepInMemory(
  lab: MemoryLab,
  modelId: string,
  request: { readonly [key: string]: Json } = { mode: "simple" },
  afterPlan: (planned: PlanResult) => Promise<void> = async () => {},
): Promise<SweepInMemory> {
  const base = { run_id: "sweep_trust", owner: TRUST_OWNER };
  const planned = (await lab.step("plan-sweep", { ...base, pack_id: TRUST_PACK, model_id: modelId, request })) as PlanResult;
  const { plan_key } = planned;
  await afterPlan(planned);
  for (const fold of planned.folds) await lab.step("fit-fold", { ...base, plan_key, fold });
  for (const batch of planned.batches) await lab.step("evaluate-variants", { ...base, plan_key, batch });
  await lab.step("collect-sweep", { ...base, plan_key });
  const plan = await loadPlan(lab.ports.artifacts, TRUST_OWNER, plan_key);
  const { bytes } = await lab.ports.artifacts.get(reportPath(plan, plan_key, "sweep.json"));
  const { sweep, rows } = JSON.parse(new TextDecoder().decode(bytes)) as Pick<SweepInMemory, "sweep" | "rows">;
  return { plan, report: bytes, sweep, rows };
}
