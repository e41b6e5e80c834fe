import { evaluatePaths, type PathContexts, type PathEvaluation, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { VariantEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { buildRobustness } from "#lib/backtest/robustness/build-robustness.ts";
import type { Refit } from "#lib/backtest/robustness/refit.schema.ts";
import type { Robustness } from "#lib/backtest/robustness/robustness.schema.ts";
import { isImported } from "#lib/learners/learner.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { loadRefit } from "../shared/evaluation-plan.ts";

/**
 * What a plan asks about the robustness of its headline; null = nothing. Models of the plan's refits were fitted beside the
 * model's own folds.
 *
 * @throws ARTIFACT_NOT_FOUND when a refit's fold was not fitted
 */
export async function robustnessOf(
  artifacts: ArtifactStore,
  plan: EvaluationPlan,
  matrix: Matrix,
  { contexts }: PathContexts,
  { evaluation, path }: PathEvaluation,
): Promise<Robustness | null> {
  if (plan.robustness === "none") return null;
  const imported = isImported(plan.config.learner);
  const full = plan.robustness === "full" && !imported;
  const contracts = contexts[path]!.input.options?.contracts ?? null;
  const refit = async (one: Refit): Promise<VariantEvaluation> => {
    const predictions = await loadRefit(artifacts, plan, one);
    return evaluatePaths(preparePaths(evaluationInput(plan, matrix, predictions, contracts)), evaluation.params).evaluation;
  };
  const { seed } = plan.config.learner;
  const seeds = [{ seed, evaluation }];
  const permuted: VariantEvaluation[] = [];
  let blockRows = 1;
  for (const one of plan.refits) {
    if (one.kind === "seed") seeds.push({ seed: one.seed, evaluation: await refit(one) });
    else {
      permuted.push(await refit(one));
      blockRows = one.block_rows;
    }
  }
  return buildRobustness({
    level: plan.robustness,
    context: contexts[path]!,
    headline: evaluation,
    seed,
    seeds: full ? seeds : null,
    withoutRefits: imported ? "imported_model_is_not_fitted" : "not_asked_for",
    permuted: full ? { blockRows, evaluations: permuted } : null,
  });
}
