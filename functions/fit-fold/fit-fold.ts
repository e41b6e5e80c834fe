import * as z from "zod";
import { fitFold } from "#lib/backtest/fit-fold.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { decodePrediction, encodePrediction } from "#lib/backtest/predictions-codec.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { foldPath, loadDevelopment, loadPlan } from "../shared/evaluation-plan.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";

const FitFoldInputSchema = z.strictObject({
  ...stepInput,
  plan_key: z.string().regex(/^[0-9a-f]{64}$/),
  fold: z.int().nonnegative(),
});

/** State `FitFold`: fits one fold's model on its training rows and stores what it says about its test blocks. Done once for equal inputs. */
export const createFitFold = defineStep({
  name: "FitFold",
  input: FitFoldInputSchema,
  item: ({ fold }) => String(fold),
  run: async (ports: StepPorts, { owner, plan_key, fold: index }) => {
    const plan = await loadPlan(ports.artifacts, owner, plan_key);
    const path = foldPath(plan, index);
    const stored = await findStored(ports.artifacts, path);
    if (stored === "whole") return { fold: index, reused: true, notes: [] };

    const matrix = await loadDevelopment(ports.artifacts, plan);
    const { folds } = outerFolds(matrix, plan.splits);
    const fold = folds[index];
    if (!fold)
      throw new SigmaError("NOT_FOUND", `The plan "${plan_key}" has ${folds.length} folds; fold ${index} is asked for.`, {
        plan_key,
        fold: index,
      });
    const prediction = fitFold(matrix, fold, plan.config.learner, plan.splits.inner_folds);
    await ports.artifacts.put(path, encodePrediction(prediction), stored === "damaged" ? "any" : "absent");
    return { fold: index, reused: false, notes: [...prediction.notes] };
  },
  message: ({ fold, reused, notes }) =>
    `fold ${fold + 1} ${reused ? "is fitted already" : "fitted"}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`,
});

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
