import { corrupt, type ModelArray } from "../model-file.ts";
import type { Forest } from "./forest.ts";

/** The arrays of a forest in a model file; docs/model-file.md describes them. */
export function forestArrays(forest: Forest): Record<string, ModelArray> {
  return {
    feature: forest.feature,
    gain: forest.gain,
    hessian: forest.hessian,
    missing_left: forest.missingLeft,
    right: forest.right,
    rows: forest.rows,
    tree_start: forest.treeStart,
    value: forest.value,
  };
}

/**
 * Reads and checks a forest.
 *
 * @throws ARTIFACT_CORRUPT when the nodes break the rules of the format
 */
export function forestFromArrays(arrays: Readonly<Record<string, ModelArray>>, featureCount: number): Forest {
  const names = Object.keys(arrays).join(" ");
  if (names !== "feature gain hessian missing_left right rows tree_start value")
    throw corrupt("the eight arrays of a forest", `"${names}"`);
  const forest: Forest = {
    treeStart: u32(arrays["tree_start"]),
    feature: i32(arrays["feature"]),
    missingLeft: u8(arrays["missing_left"]),
    right: u32(arrays["right"]),
    value: f64(arrays["value"]),
    gain: f64(arrays["gain"]),
    hessian: f64(arrays["hessian"]),
    rows: u32(arrays["rows"]),
  };
  checkForest(forest, featureCount);
  return forest;
}

/** Whether every node has rows, which attributions divide by; a tree of one leaf needs none. */
export function everyNodeHasRows({ treeStart, rows }: Forest): boolean {
  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const [root, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    if (end > root + 1 && rows.subarray(root, end).includes(0)) return false;
  }
  return true;
}

const wrongType = () => corrupt("arrays of their documented types", "others");
const u8 = (array: ModelArray | undefined): Uint8Array => (array instanceof Uint8Array ? array : raise(wrongType()));
const u32 = (array: ModelArray | undefined): Uint32Array => (array instanceof Uint32Array ? array : raise(wrongType()));
const i32 = (array: ModelArray | undefined): Int32Array => (array instanceof Int32Array ? array : raise(wrongType()));
const f64 = (array: ModelArray | undefined): Float64Array => (array instanceof Float64Array ? array : raise(wrongType()));
const raise = (error: Error): never => {
  throw error;
};

/** Every walk from a root must end in a leaf inside its tree: children come after their parent, so none can loop. */
function checkForest(forest: Forest, featureCount: number): void {
  const { treeStart, feature, missingLeft, right, value, gain, hessian, rows } = forest;
  const nodes = feature.length;
  if ([missingLeft, right, value, gain, hessian, rows].some((array) => array.length !== nodes))
    throw corrupt(`"${nodes}" entries in each node array`, "another number");
  if (treeStart.length < 1 || treeStart[0] !== 0 || treeStart.at(-1) !== nodes) throw corrupt("trees that cover all nodes", "others");
  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const [start, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    if (end <= start) throw corrupt("at least one node in each tree", `none in tree "${tree}"`);
    for (let node = start; node < end; node++) {
      const split = feature[node]! >= 0;
      if (feature[node]! >= featureCount || feature[node]! < -1)
        throw corrupt(`feature indices below "${featureCount}"`, `"${feature[node]}"`);
      if (missingLeft[node]! > 1) throw corrupt("missing_left of 0 or 1", `"${missingLeft[node]}"`);
      if (Number.isNaN(value[node]!)) throw corrupt("values that are numbers", `NaN in node "${node}"`);
      const child = start + right[node]!;
      if (split && (child <= node + 1 || child >= end))
        throw corrupt("right children inside their tree", `"${right[node]}" of node "${node}"`);
      if (!split && right[node] !== 0) throw corrupt("leaves without children", `"${right[node]}" of node "${node}"`);
    }
    if (feature[end - 1]! >= 0) throw corrupt("a leaf at the end of each tree", `a split in tree "${tree}"`);
  }
}
