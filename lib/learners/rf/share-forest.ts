import type { Forest } from "../gbm/forest.ts";
import type { ShareNodes } from "./share-nodes.ts";

/**
 * Trees whose nodes hold class shares or means. Leaves of the forest itself have the value 0: what a leaf says is in `outputs`,
 * one array for each class (one for a number), with an entry for each node of all trees.
 */
export interface ShareForest {
  readonly forest: Forest;
  readonly outputs: readonly Float64Array[];
}

/** Puts grown trees one after the other, and turns their sums into shares or means in the target's unit. */
export function shareForestOf(
  trees: readonly ShareNodes[],
  target: { readonly classes: number } | { readonly unit: number; readonly mean: number },
): ShareForest {
  const treeStart = new Uint32Array(trees.length + 1);
  for (const [t, tree] of trees.entries()) treeStart[t + 1] = treeStart[t]! + tree.feature.length;
  const all = (pick: (tree: ShareNodes) => readonly number[]): number[] => trees.flatMap((tree) => [...pick(tree)]);
  const hessian = Float64Array.from(all(({ weight }) => weight));
  const outputs =
    "classes" in target
      ? Array.from({ length: target.classes }, (_, k) =>
          shareOf(
            all(({ channels }) => channels[k]!),
            hessian,
          ),
        )
      : [
          shareOf(
            all(({ channels }) => channels[0]!),
            hessian,
          ).map((mean) => target.mean + target.unit * mean),
        ];
  return {
    forest: {
      treeStart,
      feature: Int32Array.from(all(({ feature }) => feature)),
      missingLeft: Uint8Array.from(trees.flatMap(({ missingLeft }) => missingLeft.map(Number))),
      right: Uint32Array.from(all(({ right }) => right)),
      value: Float64Array.from(all(({ value }) => value)),
      gain: Float64Array.from(all(({ gain }) => gain)),
      hessian,
      rows: Uint32Array.from(all(({ rows }) => rows)),
    },
    outputs,
  };
}

const shareOf = (sums: readonly number[], weight: Float64Array): Float64Array => weight.map((w, node) => sums[node]! / w);

/**
 * Mean of what the trees' leaves say for each row.
 *
 * @param features - one array for each feature, NaN = unknown
 * @returns one array for each output
 */
export function meanOfLeaves({ forest, outputs }: ShareForest, features: readonly Float64Array[], rows: number): Float64Array[] {
  const { treeStart, feature, missingLeft, right, value } = forest;
  const trees = treeStart.length - 1;
  const sums = outputs.map(() => new Float64Array(rows));
  for (let tree = 0; tree < trees; tree++) {
    const root = treeStart[tree]!;
    for (let row = 0; row < rows; row++) {
      let node = root;
      let column = feature[node]!;
      while (column >= 0) {
        const x = features[column]![row]!;
        const left = Number.isNaN(x) ? missingLeft[node] === 1 : x < value[node]!;
        node = left ? node + 1 : root + right[node]!;
        column = feature[node]!;
      }
      for (let k = 0; k < sums.length; k++) sums[k]![row]! += outputs[k]![node]!;
    }
  }
  return sums.map((column) => column.map((sum) => sum / trees));
}
