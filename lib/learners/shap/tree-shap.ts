import type { Forest } from "../gbm/forest.ts";

/** The part of a forest that attributions read. */
export type AttributedForest = Pick<Forest, "treeStart" | "feature" | "missingLeft" | "right" | "value" | "rows">;

/** Computes attributions of a forest; holds the buffers, so rows cost no allocation. */
export interface TreeShap {
  /** Margins that the trees take turns in: tree `t` belongs to margin `t mod margins`. */
  readonly margins: number;
  /** Mean sum of the trees' leaves over the training rows, one for each margin: what is expected before any feature is known. */
  readonly expected: Float64Array;
  /**
   * Adds the contributions of one row's features.
   *
   * @param x - the row's features, NaN = unknown
   * @param phi - one array for each margin, one entry for each feature
   */
  addRow(x: Float64Array, phi: readonly Float64Array[]): void;
}

/**
 * Exact Shapley values of a forest's leaves, path-dependent: of a feature that is not in a coalition, each branch counts by
 * the share of its node's training rows that took it. An unknown value is a value: it takes its branch for certain.
 * `expected` plus all contributions is the sum of the leaves.
 *
 * The rows of a node are its cover, as in LightGBM, so that its own contributions of the exported model are the same ones.
 * (XGBoost's cover is the hessian, which differs.) Every node must have rows.
 *
 * Cost of a row: trees x leaves x depth^2.
 *
 * @param margins - one for two classes, one for each class of more
 * @see Lundberg, Erion & Lee, Consistent Individualized Feature Attribution for Tree Ensembles (2018), algorithm 2
 */
export function createTreeShap(forest: AttributedForest, margins: number): TreeShap {
  const { treeStart, feature, missingLeft, right, value, rows } = forest;
  const trees = treeStart.length - 1;
  const depth = deepestLeaf(forest);
  const expected = new Float64Array(margins);
  for (let tree = 0; tree < trees; tree++) expected[tree % margins]! += meanLeaf(forest, tree);

  // Paths of all levels, one after the other: the path of a node at level d has d + 1 elements, and a place for one more.
  const room = ((depth + 2) * (depth + 3)) / 2;
  const pathFeature = new Int32Array(room);
  const zero = new Float64Array(room);
  const one = new Float64Array(room);
  const weight = new Float64Array(room);

  let row = new Float64Array(0);
  let out = new Float64Array(0);
  let root = 0;

  /** Adds a split to a path: share of the subsets of each size that flow here, with and without its feature. */
  function extend(at: number, length: number, zeroShare: number, oneShare: number, column: number): void {
    pathFeature[at + length] = column;
    zero[at + length] = zeroShare;
    one[at + length] = oneShare;
    weight[at + length] = length === 0 ? 1 : 0;
    const size = length + 1;
    for (let i = length - 1; i >= 0; i--) {
      weight[at + i + 1]! += (oneShare * weight[at + i]! * (i + 1)) / size;
      weight[at + i] = (zeroShare * weight[at + i]! * (length - i)) / size;
    }
  }

  /** Undoes the split at an index of a path whose last element is `last`. */
  function unwind(at: number, last: number, index: number): void {
    const oneShare = one[at + index]!;
    const zeroShare = zero[at + index]!;
    const size = last + 1;
    let next = weight[at + last]!;
    for (let i = last - 1; i >= 0; i--) {
      if (oneShare !== 0) {
        const before = weight[at + i]!;
        weight[at + i] = (next * size) / ((i + 1) * oneShare);
        next = before - (weight[at + i]! * zeroShare * (last - i)) / size;
      } else weight[at + i] = (weight[at + i]! * size) / (zeroShare * (last - i));
    }
    for (let i = index; i < last; i++) {
      pathFeature[at + i] = pathFeature[at + i + 1]!;
      zero[at + i] = zero[at + i + 1]!;
      one[at + i] = one[at + i + 1]!;
    }
  }

  /** Sum of the weights of a path without the split at an index. */
  function unwoundSum(at: number, last: number, index: number): number {
    const oneShare = one[at + index]!;
    const zeroShare = zero[at + index]!;
    const size = last + 1;
    let next = weight[at + last]!;
    let total = 0;
    if (oneShare !== 0) {
      for (let i = last - 1; i >= 0; i--) {
        const share = next / ((i + 1) * oneShare);
        total += share;
        next = weight[at + i]! - share * zeroShare * (last - i);
      }
    } else for (let i = last - 1; i >= 0; i--) total += weight[at + i]! / (zeroShare * (last - i));
    return total * size;
  }

  /** @param parent - where the parent's path begins; it has `length` elements */
  function walk(node: number, length: number, parent: number, zeroShare: number, oneShare: number, column: number): void {
    const at = parent + length;
    pathFeature.copyWithin(at, parent, at);
    zero.copyWithin(at, parent, at);
    one.copyWithin(at, parent, at);
    weight.copyWithin(at, parent, at);
    extend(at, length, zeroShare, oneShare, column);

    const split = feature[node]!;
    if (split < 0) {
      const leaf = value[node]!;
      for (let i = 1; i <= length; i++) out[pathFeature[at + i]!]! += unwoundSum(at, length, i) * (one[at + i]! - zero[at + i]!) * leaf;
      return;
    }
    const x = row[split]!;
    const goesLeft = Number.isNaN(x) ? missingLeft[node] === 1 : x < value[node]!;
    const left = node + 1;
    const other = root + right[node]!;
    const hot = goesLeft ? left : other;
    const cold = goesLeft ? other : left;
    let last = length;
    let [zeroBefore, oneBefore] = [1, 1];
    let index = 1;
    while (index <= length && pathFeature[at + index] !== split) index += 1;
    if (index <= length) {
      zeroBefore = zero[at + index]!;
      oneBefore = one[at + index]!;
      unwind(at, length, index);
      last = length - 1;
    }
    const cover = rows[node]!;
    walk(hot, last + 1, at, (rows[hot]! / cover) * zeroBefore, oneBefore, split);
    walk(cold, last + 1, at, (rows[cold]! / cover) * zeroBefore, 0, split);
  }

  return {
    margins,
    expected,
    addRow(x, phi) {
      row = x as Float64Array<ArrayBuffer>;
      for (let tree = 0; tree < trees; tree++) {
        root = treeStart[tree]!;
        if (feature[root]! < 0) continue;
        out = phi[tree % margins]! as Float64Array<ArrayBuffer>;
        walk(root, 0, 0, 1, 1, -1);
      }
    },
  };
}

/** Splits above the deepest leaf. */
function deepestLeaf({ treeStart, feature, right }: AttributedForest): number {
  const depth = new Uint32Array(feature.length);
  let deepest = 0;
  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const root = treeStart[tree]!;
    for (let node = root; node < treeStart[tree + 1]!; node++) {
      deepest = Math.max(deepest, depth[node]!);
      if (feature[node]! < 0) continue;
      depth[node + 1] = depth[node]! + 1;
      depth[root + right[node]!] = depth[node]! + 1;
    }
  }
  return deepest;
}

/** Mean leaf of a tree over its training rows. Children come after their parents, so one pass from the end will do. */
function meanLeaf({ treeStart, feature, right, value, rows }: AttributedForest, tree: number): number {
  const root = treeStart[tree]!;
  const mean = value.slice(root, treeStart[tree + 1]!);
  for (let node = mean.length - 1; node >= 0; node--) {
    if (feature[root + node]! < 0) continue;
    const [left, other] = [node + 1, right[root + node]!];
    mean[node] = (rows[root + left]! * mean[left]! + rows[root + other]! * mean[other]!) / rows[root + node]!;
  }
  return mean[0]!;
}
