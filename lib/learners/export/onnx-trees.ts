import type { BoostedTrees } from "./boosted-trees.ts";
import type { OnnxGraph } from "./onnx-graph.ts";
import { byteTensor, doubleTensor, integer, integers, tensor } from "./onnx-messages.ts";

/** Mode BRANCH_LT: the true branch is `x < split`. */
const BRANCH_LT = 1;

/**
 * Adds the trees and their base scores: float64, shape (rows, margins). The format keeps splits and leaves in lists of their
 * own; a tree of one leaf is a split whose branches both lead to it. A model without margins gets one that is always 0.
 *
 * @returns `output`
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
 */
export function treeEnsemble(graph: OnnxGraph, { baseScore, forest }: BoostedTrees, features: string, output: string): string {
  const { treeStart, feature, missingLeft, right, value } = forest;
  const margins = Math.max(1, baseScore.length);
  const splits = {
    feature: [] as number[],
    value: [] as number[],
    missing: [] as number[],
    yes: [] as number[],
    yesLeaf: [] as number[],
    no: [] as number[],
    noLeaf: [] as number[],
  };
  const leaves = { value: [] as number[], target: [] as number[] };
  const roots: number[] = [];
  const addLeaf = (leaf: number, target: number): number => {
    leaves.target.push(target);
    return leaves.value.push(leaf) - 1;
  };
  const addStump = (leaf: number, target: number): void => {
    const place = addLeaf(leaf, target);
    roots.push(splits.feature.length);
    for (const [list, entry] of [
      [splits.feature, 0],
      [splits.value, 0],
      [splits.missing, 0],
      [splits.yes, place],
      [splits.yesLeaf, 1],
      [splits.no, place],
      [splits.noLeaf, 1],
    ] as const)
      list.push(entry);
  };

  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const [root, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    const target = tree % margins;
    if (end === root + 1) {
      addStump(value[root]!, target);
      continue;
    }
    roots.push(splits.feature.length);
    /** Place of each node in its list. */
    const place = new Int32Array(end - root);
    let next = splits.feature.length;
    for (let node = root; node < end; node++) place[node - root] = feature[node]! < 0 ? addLeaf(value[node]!, target) : next++;
    for (let node = root; node < end; node++) {
      if (feature[node]! < 0) continue;
      const [left, other] = [node + 1, root + right[node]!];
      splits.feature.push(feature[node]!);
      splits.value.push(value[node]!);
      splits.missing.push(missingLeft[node]!);
      splits.yes.push(place[left - root]!);
      splits.yesLeaf.push(feature[left]! < 0 ? 1 : 0);
      splits.no.push(place[other - root]!);
      splits.noLeaf.push(feature[other]! < 0 ? 1 : 0);
    }
  }
  // Every margin needs a tree, or it would not be there.
  for (let target = roots.length; target < margins; target++) addStump(0, target);

  const sums = `${output}_of_trees`;
  graph.addNode({
    opType: "TreeEnsemble",
    domain: "ai.onnx.ml",
    input: [features],
    output: [sums],
    attribute: [
      integer("aggregate_function", 1),
      integers("leaf_targetids", leaves.target),
      tensor("leaf_weights", doubleTensor(leaves.value, [leaves.value.length])),
      integer("n_targets", margins),
      integers("nodes_falseleafs", splits.noLeaf),
      integers("nodes_falsenodeids", splits.no),
      integers("nodes_featureids", splits.feature),
      integers("nodes_missing_value_tracks_true", splits.missing),
      tensor("nodes_modes", byteTensor(new Uint8Array(splits.feature.length).fill(BRANCH_LT))),
      tensor("nodes_splits", doubleTensor(splits.value, [splits.value.length])),
      integers("nodes_trueleafs", splits.yesLeaf),
      integers("nodes_truenodeids", splits.yes),
      integer("post_transform", 0),
      integers("tree_roots", roots),
    ],
  });
  return graph.as(output, "Add", [sums, graph.doubles(baseScore.length === 0 ? [0] : baseScore, [1, margins])]);
}
