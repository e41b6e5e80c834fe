import { type AttributedForest, leafPaths } from "./leaf-paths.ts";

/** Computes attributions of a forest; holds the buffers, so rows cost no allocation. */
export interface TreeShap {
  /** Margins that the trees take turns in: tree `t` belongs to margin `t mod margins`. */
  readonly margins: number;
  /** Mean sum of the trees' leaves over the training rows, one for each margin: what is expected before any feature is known. */
  readonly expected: Float64Array;
  /**
   * Adds the contributions of each row's features.
   *
   * @param features - one array for each feature, NaN = unknown
   * @param phi - what to add to, shape (margins, features, rows)
   */
  addRows(features: readonly Float64Array[], rows: number, phi: readonly (readonly Float64Array[])[]): void;
}

/** Rows that a tree is asked about in one go: its results stay in the fastest memory meanwhile. */
const BLOCK = 256;
/** Ways of more elements than this keep no results: their patterns are too many. */
const MOST_ELEMENTS = 10;
/** Numbers that are kept at most, 64 MB; they take memory as they are written. */
const MOST_KEPT = 8_000_000;

/**
 * Exact Shapley values of a forest's leaves, path-dependent: of a feature that is not in a coalition, each branch counts by
 * the share of its node's training rows that took it. An unknown value is a value: it takes its branch for certain.
 * `expected` plus all contributions is the sum of the leaves.
 *
 * The rows of a node are its cover, as in LightGBM, so that its own contributions of the exported model are the same ones.
 * (XGBoost's cover is the hessian, which differs.) Every node must have rows.
 *
 * What a leaf adds depends on the row by one bit for each feature on its way: whether all splits on it go there. So the sums
 * over coalitions are done once for each leaf and pattern of bits that occurs, and looked up for every other row.
 *
 * Cost of a row: trees x leaves x depth where the patterns are known, trees x leaves x depth^2 otherwise.
 *
 * @param margins - one for two classes, one for each class of more
 * @see Lundberg, Erion & Lee, Consistent Individualized Feature Attribution for Tree Ensembles (2018), algorithm 2
 * @see Yang, Fast TreeSHAP: Accelerating SHAP Value Computation for Trees (2021), for the patterns
 */
export function createTreeShap(forest: AttributedForest, margins: number): TreeShap {
  const { treeStart, feature, missingLeft, value } = forest;
  const trees = treeStart.length - 1;
  const expected = new Float64Array(margins);
  for (let tree = 0; tree < trees; tree++) expected[tree % margins]! += meanLeaf(forest, tree);

  const paths = leafPaths(forest);
  const { treeLeaf, leafValue, stepStart, stepNode, stepLeft, stepElement, elementStart, elementFeature, elementShare } = paths;
  const { kept, place: placeOf } = keptResults(elementStart);
  const longest = elementStart.reduce((most, end, leaf) => (leaf === 0 ? 0 : Math.max(most, end - elementStart[leaf - 1]!)), 0);
  const goesLeft = new Uint8Array(feature.length);
  const holds = new Uint8Array(longest);
  const sizes = createCoalitionSums(longest);
  const result = new Float64Array(longest);

  /** What a leaf adds to each feature on its way, for a row that `holds` describes. */
  function fill(leaf: number, out: Float64Array, at: number): void {
    const first = elementStart[leaf]!;
    const count = elementStart[leaf + 1]! - first;
    sizes.begin();
    for (let i = 0; i < count; i++) sizes.extend(elementShare[first + i]!, holds[i]!);
    for (let i = 0; i < count; i++) {
      const share = elementShare[first + i]!;
      out[at + i] = sizes.without(share, holds[i]!) * (holds[i]! - share) * leafValue[leaf]!;
    }
  }

  function addLeaf(leaf: number, row: number, phi: readonly Float64Array[]): void {
    const first = elementStart[leaf]!;
    const count = elementStart[leaf + 1]! - first;
    const end = stepStart[leaf + 1]!;
    const place = placeOf[leaf]!;
    if (place >= 0) {
      let pattern = (1 << count) - 1;
      // Without a branch, which would be guessed wrong half of the time.
      for (let step = stepStart[leaf]!; step < end; step++) {
        pattern &= ~((goesLeft[stepNode[step]!]! ^ stepLeft[step]!) << stepElement[step]!);
      }
      const at = place + pattern * count;
      // A contribution is finite, so an entry that was never written tells itself.
      if (Number.isNaN(kept[at]!)) {
        for (let i = 0; i < count; i++) holds[i] = (pattern >> i) & 1;
        fill(leaf, kept, at);
      }
      for (let i = 0; i < count; i++) phi[elementFeature[first + i]!]![row]! += kept[at + i]!;
      return;
    }
    holds.fill(1, 0, count);
    for (let step = stepStart[leaf]!; step < end; step++) {
      if (goesLeft[stepNode[step]!] !== stepLeft[step]) holds[stepElement[step]!] = 0;
    }
    fill(leaf, result, 0);
    for (let i = 0; i < count; i++) phi[elementFeature[first + i]!]![row]! += result[i]!;
  }

  /** Which way a row goes at each split of a tree. */
  function decide(features: readonly Float64Array[], row: number, root: number, end: number): void {
    for (let node = root; node < end; node++) {
      const split = feature[node]!;
      if (split < 0) continue;
      const x = features[split]![row]!;
      goesLeft[node] = Number.isNaN(x) ? missingLeft[node]! : x < value[node]! ? 1 : 0;
    }
  }

  return {
    margins,
    expected,
    addRows(features, rows, phi) {
      for (let start = 0; start < rows; start += BLOCK) {
        const end = Math.min(rows, start + BLOCK);
        for (let tree = 0; tree < trees; tree++) {
          for (let row = start; row < end; row++) {
            decide(features, row, treeStart[tree]!, treeStart[tree + 1]!);
            for (let leaf = treeLeaf[tree]!; leaf < treeLeaf[tree + 1]!; leaf++) addLeaf(leaf, row, phi[tree % margins]!);
          }
        }
      }
    },
  };
}

/** Room for what each leaf adds under each pattern, NaN until it is known; short ways first, as far as it reaches. */
function keptResults(elementStart: Uint32Array): { readonly kept: Float64Array; readonly place: Int32Array } {
  const leaves = elementStart.length - 1;
  const place = new Int32Array(leaves).fill(-1);
  let size = 0;
  for (let elements = 1; elements <= MOST_ELEMENTS; elements++) {
    for (let leaf = 0; leaf < leaves; leaf++) {
      if (elementStart[leaf + 1]! - elementStart[leaf]! !== elements) continue;
      const room = elements * 2 ** elements;
      if (size + room > MOST_KEPT) return { kept: new Float64Array(size).fill(Number.NaN), place };
      place[leaf] = size;
      size += room;
    }
  }
  return { kept: new Float64Array(size).fill(Number.NaN), place };
}

/** Weighted numbers of coalitions by size, grown element by element: the path weights of algorithm 2. */
function createCoalitionSums(longest: number) {
  const weight = new Float64Array(longest + 1);
  let last = 0;
  return {
    begin(): void {
      last = 0;
      weight[0] = 1;
    },
    /** @param share - weight of the coalitions without the element, and `one` (0 or 1) of those with it */
    extend(share: number, one: number): void {
      last += 1;
      const size = last + 1;
      weight[last] = 0;
      for (let i = last - 1; i >= 0; i--) {
        weight[i + 1]! += (one * weight[i]! * (i + 1)) / size;
        weight[i] = (share * weight[i]! * (last - i)) / size;
      }
    },
    /** The sum over the coalitions of the other elements. */
    without(share: number, one: number): number {
      const size = last + 1;
      let total = 0;
      if (one === 0) {
        for (let i = last - 1; i >= 0; i--) total += weight[i]! / (share * (last - i));
        return total * size;
      }
      let next = weight[last]!;
      for (let i = last - 1; i >= 0; i--) {
        const part = next / (i + 1);
        total += part;
        next = weight[i]! - part * share * (last - i);
      }
      return total * size;
    },
  };
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
