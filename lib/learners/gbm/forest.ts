import type { TreeNodes } from "./tree-grower.ts";

/**
 * Trees as flat arrays. Tree `t` has the nodes `[treeStart[t], treeStart[t + 1])` in pre-order: the left child of a
 * split is the next node, the right one is `right`, counted from the tree's first node.
 */
export interface Forest {
  readonly treeStart: Uint32Array;
  /** Feature index; -1 = leaf. */
  readonly feature: Int32Array;
  /** 1 = an unknown value goes left. */
  readonly missingLeft: Uint8Array;
  /** Right child, relative to the tree's first node; 0 for a leaf. */
  readonly right: Uint32Array;
  /** Threshold of a split (`x < value` goes left); margin of a leaf, learning rate included. */
  readonly value: Float64Array;
  /** Gain of a split; 0 for a leaf. */
  readonly gain: Float64Array;
  /** Sum of hessians (of other trees than boosted ones: of weights) of the training rows that reached the node. */
  readonly hessian: Float64Array;
  /** Number of training rows that reached the node. */
  readonly rows: Uint32Array;
}

/**
 * Puts grown trees one after the other.
 *
 * @param unit - what leaves are multiplied by: the unit of the target that training counted in
 */
export function forestOf(trees: readonly TreeNodes[], unit = 1): Forest {
  const treeStart = new Uint32Array(trees.length + 1);
  for (const [t, tree] of trees.entries()) treeStart[t + 1] = treeStart[t]! + tree.feature.length;
  return {
    treeStart,
    feature: Int32Array.from(trees.flatMap((tree) => tree.feature)),
    missingLeft: Uint8Array.from(trees.flatMap((tree) => tree.missingLeft.map(Number))),
    right: Uint32Array.from(trees.flatMap((tree) => tree.right)),
    value: Float64Array.from(trees.flatMap(({ value, feature }) => value.map((x, node) => (feature[node]! < 0 ? unit * x : x)))),
    gain: Float64Array.from(trees.flatMap((tree) => tree.gain)),
    hessian: Float64Array.from(trees.flatMap((tree) => tree.hessian)),
    rows: Uint32Array.from(trees.flatMap((tree) => tree.rows)),
  };
}

/**
 * Adds the leaves of one tree to the rows' margins.
 *
 * @param features - one array for each feature of the model, NaN = unknown
 * @param rows - the rows to add to; null = all
 */
export function addTree(
  forest: Forest,
  tree: number,
  features: readonly Float64Array[],
  margin: Float64Array,
  rows: Int32Array | null = null,
): void {
  const { feature, missingLeft, right, value } = forest;
  const root = forest.treeStart[tree]!;
  const count = rows === null ? margin.length : rows.length;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : rows[i]!;
    let node = root;
    let column = feature[node]!;
    while (column >= 0) {
      const x = features[column]![row]!;
      const left = Number.isNaN(x) ? missingLeft[node] === 1 : x < value[node]!;
      node = left ? node + 1 : root + right[node]!;
      column = feature[node]!;
    }
    margin[row] = margin[row]! + value[node]!;
  }
}
