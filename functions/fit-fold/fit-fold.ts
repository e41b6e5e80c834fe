import * as z from "zod";
import { fitFold } from "#lib/backtest/fit-fold.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { decodePrediction, encodePrediction } from "#lib/backtest/predictions-codec.ts";
import type { Refit } from "#lib/backtest/robustness/refit.schema.ts";
import { refitFold } from "#lib/backtest/robustness/refit-fold.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { foldPath, loadDevelopment } from "../shared/evaluation-plan.ts";
import { loadLearner } from "../shared/load-learner.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { planOfFit } from "../shared/sweep-parts.ts";

const FitFoldInputSchema = z.strictObject({
  ...stepInput,
  plan_key: z.string().regex(/^[0-9a-f]{64}$/),
  fold: z.int().nonnegative(),
});

/**
 * State `FitFold`: fits one fold's model on its training rows and stores what it says about its test blocks. Done once for equal
 * inputs. Behind the model's own folds stand those of the plan's refits, refit after refit.
 */
export const createFitFold = defineStep({
  name: "FitFold",
  input: FitFoldInputSchema,
  item: ({ fold }) => String(fold),
  run: async (ports: StepPorts, { owner, plan_key, fold: item }) => {
    const { plan, fold: place } = await planOfFit(ports.artifacts, owner, plan_key, item);
    const index = place % plan.folds;
    const refit = plan.refits[Math.floor(place / plan.folds) - 1] ?? null;
    if (place >= plan.folds * (1 + plan.refits.length))
      throw new SigmaError("NOT_FOUND", `The plan "${plan_key}" has ${plan.folds} folds; fold ${item} is asked for.`, {
        plan_key,
        fold: item,
      });
    const path = foldPath(refit === null ? plan : { ...plan, prediction_sha: refit.prediction_sha }, index);
    const stored = await findStored(ports.artifacts, path);
    if (stored === "whole") return { fold: index, refit: nameOf(refit), reused: true, notes: [] };

    const matrix = await loadDevelopment(ports.artifacts, plan);
    const { folds } = outerFolds(matrix, plan.splits);
    const fold = folds[index]!;
    const learner = await loadLearner(ports.artifacts, owner, plan.config.learner);
    const { inner_folds } = plan.splits;
    const prediction = refit === null ? fitFold(matrix, fold, learner, inner_folds) : refitFold(matrix, fold, learner, inner_folds, refit);
    await ports.artifacts.put(path, encodePrediction(prediction), stored === "damaged" ? "any" : "absent");
    return { fold: index, refit: nameOf(refit), reused: false, notes: [...prediction.notes] };
  },
  message: ({ fold, refit, reused, notes }) =>
    `fold ${fold + 1}${refit === null ? "" : ` with ${refit}`} ${reused ? "is fitted already" : "fitted"}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`,
});

/** A refit in words; null = the model itself. */
function nameOf(refit: Refit | null): string | null {
  if (refit === null) return null;
  return refit.kind === "seed" ? `seed ${refit.seed}` : `permuted labels ${refit.draw + 1}`;
}

/** Whether a fit has been done already. One whose file was changed since is done again: that is what heals it. */
async function findStored(artifacts: ArtifactStore, path: string): Promise<"absent" | "damaged" | "whole"> {
  try {
    decodePrediction((await artifacts.get(path)).bytes);
    return "whole";
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return "absent";
    if (error instanceof SigmaError && error.code === "ARTIFACT_CORRUPT") return "damaged";
    throw error;
  }
}
