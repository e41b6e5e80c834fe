import type { Rng } from "../../core/rng.ts";
import type { BinnedFeatures } from "../gbm/binning.ts";
import { addLeaf, noNodes, type ShareNodes, weightOf } from "./share-nodes.ts";
import { createShareSplitter, type ShareSplit } from "./share-split.ts";

/** A gain below this share of a node's weight is noise of rounding, not a split. */
const SMALLEST_GAIN_SHARE = 1e-9;

export interface ShareRules {
  readonly maxDepth: number;
  readonly minChildRows: number;
  /** Features that each split looks at. */
  readonly mtry: number;
}

/**
 * Grows one tree of class shares or means on a bag of rows. Each split looks at features drawn for it; when none of them can
 * split, at further ones until one can.
 *
 * @param values - shape (rows, channels), row by row: what each row adds to a node, its weight in the bag included
 * @param bag - distinct rows to grow on, ascending
 */
export function growShareTree(
  binned: BinnedFeatures,
  values: Float64Array,
  channels: number,
  regress: boolean,
  rules: ShareRules,
  bag: Int32Array,
  rng: Rng,
): ShareNodes {
  const { bins, cuts, rows } = binned;
  const splitter = createShareSplitter(binned, { channels, regress, minChildRows: rules.minChildRows });
  const order = Int32Array.from({ length: cuts.length }, (_, feature) => feature);
  const nodeRows = bag.slice();
  const scratch = new Int32Array(bag.length);
  const gathered = new Float64Array(bag.length * channels);
  const nodes = noNodes(channels);

  /** Puts the values of a node's rows in their order, and adds them up. */
  function gather(own: Int32Array): { readonly sums: Float64Array; readonly ordered: Float64Array } {
    const sums = new Float64Array(channels);
    for (let i = 0; i < own.length; i++) {
      for (let k = 0; k < channels; k++) {
        const value = values[own[i]! * channels + k]!;
        gathered[i * channels + k] = value;
        sums[k]! += value;
      }
    }
    return { sums, ordered: gathered.subarray(0, own.length * channels) };
  }

  /** Draws features without replacement, as many as it takes. */
  function bestSplit(own: Int32Array, { sums, ordered }: ReturnType<typeof gather>, weight: number): ShareSplit | null {
    const best: ShareSplit = { feature: -1, bin: 0, missingLeft: false, gain: SMALLEST_GAIN_SHARE * weight };
    for (let i = 0; i < order.length && (i < rules.mtry || best.feature < 0); i++) {
      const j = i + rng.int(order.length - i);
      const feature = order[j]!;
      order[j] = order[i]!;
      order[i] = feature;
      splitter.improve(best, feature, own, ordered, sums);
    }
    return best.feature < 0 ? null : best;
  }

  function grow(depth: number, start: number, end: number): void {
    const own = nodeRows.subarray(start, end);
    const known = gather(own);
    const weight = weightOf(known.sums, regress);
    const node = addLeaf(nodes, known.sums, weight, own.length);
    if (depth === rules.maxDepth || own.length < 2 * rules.minChildRows || own.length < 2) return;
    const split = bestSplit(own, known, weight);
    if (split === null) return;
    nodes.feature[node] = split.feature;
    nodes.value[node] = cuts[split.feature]![split.bin] ?? Number.POSITIVE_INFINITY;
    nodes.missingLeft[node] = split.missingLeft;
    nodes.gain[node] = split.gain;
    const middle = partition(split, start, end);
    grow(depth + 1, start, middle);
    nodes.right[node] = nodes.feature.length;
    grow(depth + 1, middle, end);
  }

  /** Moves the rows that go left before those that go right, each in ascending order; returns where the right ones begin. */
  function partition({ feature, bin, missingLeft }: ShareSplit, start: number, end: number): number {
    const column = bins.subarray(feature * rows, (feature + 1) * rows);
    const missing = cuts[feature]!.length + 1;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = nodeRows[i]!;
      const rowBin = column[row]!;
      if (rowBin === missing ? missingLeft : rowBin <= bin) nodeRows[left++] = row;
      else scratch[right++] = row;
    }
    nodeRows.set(scratch.subarray(0, right), left);
    return left;
  }

  grow(0, 0, bag.length);
  return nodes;
}
