import { createRng } from "../../core/rng.ts";
import type { LearnerConfig } from "../../learners/learner.schema.ts";
import { type Label, labelHorizonBars } from "../../matrix/label.schema.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import { fitFold } from "../fit-fold.ts";
import type { FoldPrediction } from "../fold-prediction.ts";
import type { Fold } from "../splits.ts";
import { withPermutedLabels } from "./permute-labels.ts";

/** Learner seeds of the robustness block, the model's own among them. */
const LEARNER_SEEDS = 5;
/** Draws of permuted labels. */
const PERMUTED_DRAWS = 5;

/** What a refit changes, before it has a name of its own. */
export type RefitKind =
  | { readonly kind: "seed"; readonly seed: number }
  | { readonly kind: "permuted_labels"; readonly draw: number; readonly block_rows: number };

/** The refits of a full robustness block: the seeds after the model's own, then draws of permuted labels. */
export function refitsOf({ info }: { readonly info: Pick<Matrix["info"], "label" | "cadence" | "symbols"> }, ownSeed: number): RefitKind[] {
  const block_rows = permutedBlockRows(info.label, info.cadence, info.symbols.length);
  return [
    ...Array.from({ length: LEARNER_SEEDS - 1 }, (_, i) => ({ kind: "seed" as const, seed: ownSeed + 1 + i })),
    ...Array.from({ length: PERMUTED_DRAWS }, (_, draw) => ({ kind: "permuted_labels" as const, draw, block_rows })),
  ];
}

/** Rows of a block of labels that are moved together: the label's horizon, of every member. */
function permutedBlockRows(label: Label, cadence: Matrix["info"]["cadence"], members: number): number {
  return Math.max(1, labelHorizonBars(label, cadence)) * members;
}

/** Fits a fold as a refit asks: with another seed, or on labels permuted within its training rows. Test rows are not touched. */
export function refitFold(matrix: Matrix, fold: Fold, learner: LearnerConfig, innerFolds: number, refit: RefitKind): FoldPrediction {
  if (refit.kind === "seed") return fitFold(matrix, fold, { ...learner, seed: refit.seed }, innerFolds);
  const rng = createRng(`permuted labels ${learner.seed}/${refit.draw}/${fold.index}`);
  return fitFold(withPermutedLabels(matrix, fold.train, refit.block_rows, rng), fold, learner, innerFolds);
}
