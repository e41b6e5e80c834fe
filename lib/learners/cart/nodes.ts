import type { CartNode } from "ml-cart";
import type { TrainingRows } from "../define-learner.ts";
import { addLeaf, noNodes, type ShareNodes, weightOf } from "../rf/share-nodes.ts";
import { scoreOf } from "../rf/share-split.ts";

/**
 * A tree of the package in this project's form, with the weighted sums of the rows that reach each node. A split that no row
 * passes on one of its sides becomes a leaf.
 *
 * @param columns - the features that the tree was grown on, without unknown values
 */
export function nodesOf(root: CartNode, rows: TrainingRows, columns: readonly Float64Array[]): ShareNodes {
  const regress = rows.task === "regress";
  const channels = rows.task === "classify" ? rows.classes.length : 2;
  const nodes = noNodes(channels);

  function sumsOf(own: Int32Array): Float64Array {
    const sums = new Float64Array(channels);
    for (const row of own) {
      const w = rows.weight[row]!;
      if (rows.task === "classify") sums[rows.target[row]!]! += w;
      else {
        sums[0]! += w * rows.target[row]!;
        sums[1]! += w;
      }
    }
    return sums;
  }

  /** Adds a node and what is below it; returns its own sums. */
  function add(node: CartNode, own: Int32Array): Float64Array {
    const sums = sumsOf(own);
    const at = addLeaf(nodes, sums, weightOf(sums, regress), own.length);
    const { splitColumn, splitValue, left, right } = node;
    if (left === undefined || right === undefined || splitColumn === undefined || splitValue === undefined) return sums;
    const column = columns[splitColumn]!;
    const [below, above] = [own.filter((row) => column[row]! < splitValue), own.filter((row) => !(column[row]! < splitValue))];
    if (below.length === 0 || above.length === 0) return sums;
    nodes.feature[at] = splitColumn;
    nodes.value[at] = splitValue;
    const lower = add(left, below);
    nodes.right[at] = nodes.feature.length;
    const upper = add(right, above);
    // Weighted, so it may fall a little below 0 where the package, which counts rows, saw a gain.
    nodes.gain[at] = Math.max(0, scoreOf(lower, regress) + scoreOf(upper, regress) - scoreOf(sums, regress));
    return sums;
  }

  add(
    root,
    Int32Array.from({ length: rows.rows }, (_, row) => row),
  );
  return nodes;
}
