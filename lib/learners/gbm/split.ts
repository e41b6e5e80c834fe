import type { BinnedFeatures } from "./binning.ts";
import type { HistogramLayout } from "./histogram.ts";

/** A gain below this is noise of rounding, not a split. */
export const MIN_GAIN = 1e-6;
/** A cell that weighs less than this share of its node is what subtraction leaves of an empty one. */
const EMPTY_SHARE = 1e-12;
/** A later candidate must be better by more than rounding, so that of equal ones the first wins. */
export const BETTER = 1 + 1e-12;

export interface SplitRules {
  readonly l1: number;
  readonly l2: number;
  readonly minChildWeight: number;
  readonly minChildRows: number;
}

const MAX_STEP = 10;

/** What is known of a node before it is split. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** The best split of a node. `bin` is the last bin that goes left. */
export interface Split {
  feature: number;
  bin: number;
  missingLeft: boolean;
  gain: number;
  leftGradient: number;
  leftHessian: number;
}

/**
 * Newton step of a node, before the learning rate: -T(G) / (H + l2), with T the soft threshold of l1, within +-10.
 * The bound (odds times 22,026) keeps a leaf of misjudged certain rows, whose hessians are next to nothing, from running away.
 */
export function newtonStep(gradient: number, hessian: number, { l1, l2 }: SplitRules): number {
  const excess = Math.abs(gradient) - l1;
  const denominator = hessian + l2;
  return excess > 0 && denominator > 0 ? -Math.sign(gradient) * Math.min(excess / denominator, MAX_STEP) : 0;
}

/** T(G)^2. */
function squaredExcess(gradient: number, l1: number): number {
  const excess = Math.abs(gradient) - l1;
  return excess > 0 ? excess * excess : 0;
}

/**
 * Finds the split with the largest gain T(GL)^2/(HL + l2) + T(GR)^2/(HR + l2) - T(G)^2/(H + l2).
 *
 * Equal gains: the first feature, then the lowest threshold, then unknown values to the right. A node without unknown
 * values in the chosen feature sends later ones to the child with the larger hessian sum (the left one when equal).
 *
 * @param counts - rows in each cell, or null when no rule needs them
 * @returns null when no split has a gain within the rules
 * @see Chen & Guestrin, XGBoost: A Scalable Tree Boosting System (2016), sections 2.2 and 3.4
 */
export function findSplit(
  histogram: Float64Array,
  counts: Int32Array | null,
  layout: HistogramLayout,
  features: Int32Array,
  binned: BinnedFeatures,
  rules: SplitRules,
  node: NodeSums,
): Split | null {
  const parent = node.hessian + rules.l2 > 0 ? squaredExcess(node.gradient, rules.l1) / (node.hessian + rules.l2) : 0;
  const best: Split = { feature: -1, bin: 0, missingLeft: false, gain: MIN_GAIN, leftGradient: 0, leftHessian: 0 };
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!;
    const start = layout.offset[feature]!;
    const missing = layout.offset[feature + 1]! - 1;
    const unknown = hasMissing(histogram, counts, binned, feature, missing, node.hessian);
    const end = unknown && binned.bounded[feature] === 1 ? missing : missing - 1;
    scan(best, feature, histogram, counts, start, end, unknown ? missing : -1, rules, node, parent);
  }
  if (best.feature < 0) return null;
  const missing = layout.offset[best.feature + 1]! - 1;
  if (!hasMissing(histogram, counts, binned, best.feature, missing, node.hessian))
    best.missingLeft = best.leftHessian >= node.hessian - best.leftHessian;
  return best;
}

/** Whether a node holds rows whose value of the feature is unknown. */
export function hasMissing(
  histogram: Float64Array,
  counts: Int32Array | null,
  binned: BinnedFeatures,
  feature: number,
  missing: number,
  hessian: number,
): boolean {
  if (binned.hasMissing[feature] === 0) return false;
  return counts === null ? histogram[2 * missing + 1]! > EMPTY_SHARE * hessian : counts[missing]! > 0;
}

/**
 * Tries the threshold after each cell from `start` to `end`, ascending: unknown values on the right, then on the left.
 * After the last known cell the right side holds the unknown values alone.
 */
function scan(
  best: Split,
  feature: number,
  histogram: Float64Array,
  counts: Int32Array | null,
  start: number,
  end: number,
  missing: number,
  rules: SplitRules,
  node: NodeSums,
  parent: number,
): void {
  const { l1, l2, minChildWeight, minChildRows } = rules;
  const { gradient, hessian, rows } = node;
  const missingGradient = missing < 0 ? 0 : histogram[2 * missing]!;
  const missingHessian = missing < 0 ? 0 : histogram[2 * missing + 1]!;
  const missingRows = missing < 0 || counts === null ? 0 : counts[missing]!;
  let leftGradient = 0;
  let leftHessian = 0;
  let leftRows = 0;
  let toBeat = (best.gain + parent) * BETTER;
  for (let cell = start; cell < end; cell++) {
    leftGradient += histogram[2 * cell]!;
    leftHessian += histogram[2 * cell + 1]!;
    const rightHessian = hessian - leftHessian;
    if (rightHessian < minChildWeight) break;
    let enoughLeft = leftHessian >= minChildWeight;
    let enoughWithMissing =
      missing >= 0 && leftHessian + missingHessian >= minChildWeight && rightHessian - missingHessian >= minChildWeight;
    if (counts !== null) {
      leftRows += counts[cell]!;
      if (rows - leftRows < minChildRows) break;
      enoughLeft = enoughLeft && leftRows >= minChildRows;
      enoughWithMissing = enoughWithMissing && leftRows + missingRows >= minChildRows && rows - leftRows - missingRows >= minChildRows;
    }
    if (enoughLeft) {
      const left = leftHessian + l2;
      const right = rightHessian + l2;
      const leftSquare = squaredExcess(leftGradient, l1);
      const rightSquare = squaredExcess(gradient - leftGradient, l1);
      // Most candidates lose, and this comparison says so without a division.
      if (leftSquare * right + rightSquare * left > toBeat * (left * right)) {
        take(best, feature, cell - start, false, leftGradient, leftHessian, leftSquare / left + rightSquare / right - parent);
        toBeat = (best.gain + parent) * BETTER;
      }
    }
    if (enoughWithMissing) {
      const left = leftHessian + missingHessian + l2;
      const right = rightHessian - missingHessian + l2;
      const leftSquare = squaredExcess(leftGradient + missingGradient, l1);
      const rightSquare = squaredExcess(gradient - leftGradient - missingGradient, l1);
      if (leftSquare * right + rightSquare * left > toBeat * (left * right)) {
        const gain = leftSquare / left + rightSquare / right - parent;
        take(best, feature, cell - start, true, leftGradient + missingGradient, leftHessian + missingHessian, gain);
        toBeat = (best.gain + parent) * BETTER;
      }
    }
  }
}

/** Makes a candidate the best one when it is better. */
export function take(
  best: Split,
  feature: number,
  bin: number,
  missingLeft: boolean,
  leftGradient: number,
  leftHessian: number,
  gain: number,
): void {
  if (!(gain > best.gain) || gain === Number.POSITIVE_INFINITY) return;
  best.feature = feature;
  best.bin = bin;
  best.missingLeft = missingLeft;
  best.gain = gain;
  best.leftGradient = leftGradient;
  best.leftHessian = leftHessian;
}
