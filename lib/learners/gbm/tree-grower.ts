import type { BinnedFeatures } from "./binning.ts";
import { addRows, clearCells, histogramLayout, subtractCounts, subtractSums } from "./histogram.ts";
import { childBounds, FREE, type LeafBounds, withinBounds } from "./monotone.ts";
import { findMonotoneSplit } from "./monotone-split.ts";
import { findSplit, type NodeSums, newtonStep, type Split, type SplitRules } from "./split.ts";
import type { TrainingMemory } from "./training-memory.ts";

export interface GrowthRules extends SplitRules {
  readonly maxDepth: number;
  readonly learningRate: number;
}

/** Nodes in pre-order: the left child of a split follows it, `right` is the index of the other. */
export interface TreeNodes {
  /** Feature index; -1 = leaf. */
  readonly feature: number[];
  /** `x < value` goes left; a leaf's value is its share of the margin, learning rate included. */
  readonly value: number[];
  /** Last bin that goes left: the threshold on training rows. */
  readonly bin: number[];
  readonly missingLeft: boolean[];
  /** Index of the right child, 0 for a leaf. */
  readonly right: number[];
  readonly gain: number[];
  readonly hessian: number[];
  readonly rows: number[];
}

export interface TreeGrower {
  /**
   * Grows one tree on the pairs in the memory, and adds its leaves to the margins of the rows it was grown on.
   *
   * @param sample - the rows to grow on, ascending
   * @param features - the features that may split, ascending
   * @param directions - monotone constraint of each feature of the model; null = none
   */
  grow(sample: Int32Array, features: Int32Array, margin: Float64Array, directions: Int8Array | null): TreeNodes;
}

/** Grows the trees of one training run. Memory: one histogram for each level, whatever the number of nodes. */
export function createTreeGrower(binned: BinnedFeatures, rules: GrowthRules, memory: TrainingMemory): TreeGrower {
  const { cuts } = binned;
  const { histograms, counts: countSlots, nodeRows, pairs } = memory;
  const layout = histogramLayout(cuts);

  let features: Int32Array = new Int32Array(0);
  let margin: Float64Array = new Float64Array(0);
  let directions: Int8Array | null = null;
  let nodes: TreeNodes = emptyNodes();

  /** Fills a slot with the sums over `nodeRows[start, end)`. */
  function buildSlot(slot: number, start: number, end: number): void {
    clearCells(histograms[slot]!, layout, features, 2);
    if (countSlots !== null) clearCells(countSlots[slot]!, layout, features, 1);
    addRows(memory, slot, layout, features, start, end);
  }

  const canSplit = (depth: number, count: number, hessian: number): boolean =>
    depth < rules.maxDepth && count >= 2 * rules.minChildRows && count >= 2 && hessian >= 2 * rules.minChildWeight;

  function bestSplit(slot: number, node: NodeSums, bounds: LeafBounds): Split | null {
    const [histogram, counts] = [histograms[slot]!, countSlots?.[slot] ?? null];
    if (directions === null) return findSplit(histogram, counts, layout, features, binned, rules, node);
    return findMonotoneSplit(histogram, counts, layout, features, binned, rules, node, { directions, bounds });
  }

  /** Bounds of the two children; a split of known from unknown values has no direction. */
  function boundsBelow(split: Split, gradient: number, hessian: number, bounds: LeafBounds) {
    const direction = directions === null || split.bin >= cuts[split.feature]!.length ? 0 : directions[split.feature]!;
    if (direction === 0) return { left: bounds, right: bounds };
    const left = withinBounds(newtonStep(split.leftGradient, split.leftHessian, rules), bounds);
    const right = withinBounds(newtonStep(gradient - split.leftGradient, hessian - split.leftHessian, rules), bounds);
    return childBounds(bounds, direction, left, right);
  }

  /** Adds a node and what is below it; its histogram is in `slot` when it can split. */
  function growNode(depth: number, start: number, end: number, gradient: number, hessian: number, slot: number, bounds: LeafBounds): void {
    const node = nodes.feature.length;
    const split = canSplit(depth, end - start, hessian) ? bestSplit(slot, { gradient, hessian, rows: end - start }, bounds) : null;
    const middle = split === null ? start : partition(memory, cuts, split, start, end);
    pushNode(nodes, hessian, end - start);
    if (split === null || middle === start || middle === end) {
      const value = rules.learningRate * withinBounds(newtonStep(gradient, hessian, rules), bounds);
      nodes.value[node] = value;
      for (let i = start; i < end; i++) margin[nodeRows[i]!]! += value;
      return;
    }
    nodes.feature[node] = split.feature;
    nodes.bin[node] = split.bin;
    nodes.value[node] = cuts[split.feature]![split.bin] ?? Number.POSITIVE_INFINITY;
    nodes.missingLeft[node] = split.missingLeft;
    nodes.gain[node] = split.gain;

    const rightGradient = gradient - split.leftGradient;
    const rightHessian = hessian - split.leftHessian;
    const leftSmaller = middle - start <= end - middle;
    const smallSlot = depth + 1;
    const leftSplits = canSplit(depth + 1, middle - start, split.leftHessian);
    const rightSplits = canSplit(depth + 1, end - middle, rightHessian);
    if (leftSplits || rightSplits) {
      if (leftSmaller) buildSlot(smallSlot, start, middle);
      else buildSlot(smallSlot, middle, end);
      if (leftSmaller ? rightSplits : leftSplits) {
        subtractSums(memory, slot, smallSlot, layout, features);
        if (countSlots !== null) subtractCounts(countSlots[slot]!, countSlots[smallSlot]!, layout, features);
      }
    }
    const below = boundsBelow(split, gradient, hessian, bounds);
    growNode(depth + 1, start, middle, split.leftGradient, split.leftHessian, leftSmaller ? smallSlot : slot, below.left);
    nodes.right[node] = nodes.feature.length;
    growNode(depth + 1, middle, end, rightGradient, rightHessian, leftSmaller ? slot : smallSlot, below.right);
  }

  return {
    grow(sample, treeFeatures, treeMargin, treeDirections) {
      directions = treeDirections;
      features = treeFeatures;
      margin = treeMargin;
      nodes = emptyNodes();
      nodeRows.set(sample);
      let gradient = 0;
      let hessian = 0;
      for (let i = 0; i < sample.length; i++) {
        gradient += pairs[2 * sample[i]!]!;
        hessian += pairs[2 * sample[i]! + 1]!;
      }
      if (canSplit(0, sample.length, hessian)) buildSlot(0, 0, sample.length);
      growNode(0, 0, sample.length, gradient, hessian, 0, FREE);
      return nodes;
    },
  };
}

function emptyNodes(): TreeNodes {
  return { feature: [], value: [], bin: [], missingLeft: [], right: [], gain: [], hessian: [], rows: [] };
}

function pushNode(nodes: TreeNodes, hessian: number, rows: number): void {
  nodes.feature.push(-1);
  nodes.value.push(0);
  nodes.bin.push(0);
  nodes.missingLeft.push(false);
  nodes.right.push(0);
  nodes.gain.push(0);
  nodes.hessian.push(hessian);
  nodes.rows.push(rows);
}

/** Moves the rows that go left before those that go right, each in ascending order; returns where the right ones begin. */
function partition(memory: TrainingMemory, cuts: readonly Float64Array[], split: Split, start: number, end: number): number {
  const { kernel, bins, nodeRows, scratch } = memory;
  const { bin, missingLeft, feature } = split;
  const rows = nodeRows.byteOffset + 4 * start;
  const column = bins.byteOffset + feature * nodeRows.length;
  const missing = cuts[feature]!.length + 1;
  const left = kernel.partition(rows, end - start, column, bin, missingLeft ? missing : -1, scratch);
  nodeRows.set(new Int32Array(nodeRows.buffer, scratch, end - start - left), start + left);
  return start + left;
}
