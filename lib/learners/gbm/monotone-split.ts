import type { BinnedFeatures } from "./binning.ts";
import type { HistogramLayout } from "./histogram.ts";
import { type LeafBounds, withinBounds } from "./monotone.ts";
import { BETTER, hasMissing, MIN_GAIN, type NodeSums, newtonStep, type Split, type SplitRules, take } from "./split.ts";

/** What a split must keep to beside the rules of every split. */
export interface MonotoneRules {
  /** Direction of each feature: 1, -1, or 0 = free. */
  readonly directions: Int8Array;
  readonly bounds: LeafBounds;
}

/**
 * `findSplit` under monotone constraints: steps stay within the node's bounds, gains are those of the bounded steps, and a
 * constrained feature splits only where the step does not go against its direction. A split of known from unknown values has
 * no direction. Slower than `findSplit`, whose shortcut needs free steps.
 *
 * @returns null when no split has a gain within the rules
 */
export function findMonotoneSplit(
  histogram: Float64Array,
  counts: Int32Array | null,
  layout: HistogramLayout,
  features: Int32Array,
  binned: BinnedFeatures,
  rules: SplitRules,
  node: NodeSums,
  { directions, bounds }: MonotoneRules,
): Split | null {
  const { gradient, hessian, rows } = node;
  const { minChildRows, minChildWeight } = rules;
  const stepOf = (g: number, h: number): number => withinBounds(newtonStep(g, h, rules), bounds);
  const parent = gainOf(gradient, hessian, stepOf(gradient, hessian), rules);
  const best: Split = { feature: -1, bin: 0, missingLeft: false, gain: MIN_GAIN, leftGradient: 0, leftHessian: 0 };

  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!;
    const start = layout.offset[feature]!;
    const missing = layout.offset[feature + 1]! - 1;
    const unknown = hasMissing(histogram, counts, binned, feature, missing, hessian);
    const end = unknown && binned.bounded[feature] === 1 ? missing : missing - 1;
    let [leftGradient, leftHessian, leftRows] = [0, 0, 0];
    for (let cell = start; cell < end; cell++) {
      leftGradient += histogram[2 * cell]!;
      leftHessian += histogram[2 * cell + 1]!;
      leftRows += counts === null ? 0 : counts[cell]!;
      const direction = cell === missing - 1 ? 0 : directions[feature]!;
      for (let side = 0; side < (unknown ? 2 : 1); side++) {
        const g = leftGradient + (side === 1 ? histogram[2 * missing]! : 0);
        const h = leftHessian + (side === 1 ? histogram[2 * missing + 1]! : 0);
        if (h < minChildWeight || hessian - h < minChildWeight) continue;
        const n = leftRows + (side === 1 && counts !== null ? counts[missing]! : 0);
        if (counts !== null && (n < minChildRows || rows - n < minChildRows)) continue;
        const left = stepOf(g, h);
        const right = stepOf(gradient - g, hessian - h);
        if (direction * (right - left) < 0) continue;
        const gain = gainOf(g, h, left, rules) + gainOf(gradient - g, hessian - h, right, rules) - parent;
        if (gain > best.gain * BETTER) take(best, feature, cell - start, side === 1, g, h, gain);
      }
    }
  }
  if (best.feature < 0) return null;
  const missing = layout.offset[best.feature + 1]! - 1;
  if (!hasMissing(histogram, counts, binned, best.feature, missing, hessian))
    best.missingLeft = best.leftHessian >= hessian - best.leftHessian;
  return best;
}

/** Twice the fall of the loss when a node takes a step: T(G)^2 / (H + l2) for the free one. */
function gainOf(gradient: number, hessian: number, step: number, { l1, l2 }: SplitRules): number {
  return -(2 * gradient * step + (hessian + l2) * step * step + 2 * l1 * Math.abs(step));
}
