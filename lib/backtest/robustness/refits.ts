import { type Label, labelHorizonBars } from "../../matrix/label.schema.ts";
import type { Matrix } from "../../matrix/matrix.ts";

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
