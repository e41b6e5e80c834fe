import * as z from "zod";
import { type PathContexts, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { keep, loadDevelopment, loadPredictions } from "../shared/evaluation-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { loadDevelopmentContracts } from "../shared/stored-contract-tape.ts";
import { planOfBatch } from "../shared/sweep-parts.ts";
import { wholePart } from "../shared/variant-batch.ts";

const EvaluateVariantsInputSchema = z.strictObject({
  ...stepInput,
  plan_key: z.string().regex(/^[0-9a-f]{64}$/),
  batch: z.string().regex(/^[0-9a-f]{16}$/),
});

/** State `EvaluateVariants`: one batch over the stored predictions. A variant that cannot be evaluated is data, not an error. */
export const createEvaluateVariants = defineStep({
  name: "EvaluateVariants",
  input: EvaluateVariantsInputSchema,
  item: ({ batch }) => batch,
  run: async (ports: StepPorts, { owner, plan_key, batch }) => {
    const { plan, planKey } = await planOfBatch(ports.artifacts, owner, plan_key, batch);
    const { part, reused, free } = await wholePart(ports.artifacts, plan, planKey, batch, () => contextOf(ports, plan, planKey));
    free();
    return { batch, variants: part.outcomes.length, failed: part.outcomes.filter(({ status }) => status === "failed").length, reused };
  },
  message: ({ variants, failed }) => `${variants} variant${variants === 1 ? "" : "s"} evaluated${failed > 0 ? `, ${failed} failed` : ""}`,
});

/** What the plan's variants share, kept while this process works on it. A plan's key covers its owner. */
function contextOf({ artifacts }: StepPorts, plan: EvaluationPlan, planKey: string): Promise<PathContexts> {
  return keep(artifacts, `evaluation:${planKey}`, async () => {
    const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
    return preparePaths(evaluationInput(plan, matrix, predictions, await loadDevelopmentContracts(artifacts, plan, matrix)));
  });
}
