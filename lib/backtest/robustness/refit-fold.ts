import { createRng } from "../../core/rng.ts";
import type { FittableLearner } from "../../learners/import/fittable-learner.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { fitFold } from "../fit-fold.ts";
import type { FoldPrediction } from "../fold-prediction.ts";
import type { Fold } from "../splits.ts";
import { withPermutedLabels } from "./permute-labels.ts";
import type { RefitKind } from "./refits.ts";

/** Fits a fold as a refit asks: with another seed, or on labels permuted within its training rows. Test rows are not touched. */
export function refitFold(matrix: Matrix, fold: Fold, learner: FittableLearner, innerFolds: number, refit: RefitKind): FoldPrediction {
  if (refit.kind === "seed") return fitFold(matrix, fold, { ...learner, seed: refit.seed }, innerFolds);
  const rng = createRng(`permuted labels ${learner.seed}/${refit.draw}/${fold.index}`);
  return fitFold(withPermutedLabels(matrix, fold.train, refit.block_rows, rng), fold, learner, innerFolds);
}
