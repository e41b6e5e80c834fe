import type { BinnedFeatures } from "../gbm/binning.ts";

/**
 * What rows of a node add up to, one number a channel. Classes: the weight of each. A number: the weighted sum, then the
 * weight. A node's score is what its own mean explains: the larger the scores of two children, the purer they are.
 */
export type Channels = Float64Array;

/** Sum of squared class weights over the weight (Gini), or squared sum over the weight (variance). 0 without weight. */
export function scoreOf(channels: Channels, regress: boolean): number {
  if (regress) return channels[1]! > 0 ? (channels[0]! * channels[0]!) / channels[1]! : 0;
  let [squares, weight] = [0, 0];
  for (let k = 0; k < channels.length; k++) {
    squares += channels[k]! * channels[k]!;
    weight += channels[k]!;
  }
  return weight > 0 ? squares / weight : 0;
}

/** Of equal gains the first wins, by more than rounding. */
const BETTER = 1 + 1e-12;

/** The best split so far. `bin` is the last bin that goes left. */
export interface ShareSplit {
  feature: number;
  bin: number;
  missingLeft: boolean;
  gain: number;
}

export interface ShareSplitter {
  /**
   * Tries every threshold of a feature on the rows of a node, unknown values right, then left, and improves `best` when one
   * gains more.
   *
   * @param nodeRows - distinct rows of the node
   * @param ordered - what each of them adds, in the order of `nodeRows`
   * @param node - sums over them
   */
  improve(best: ShareSplit, feature: number, nodeRows: Int32Array, ordered: Float64Array, node: Channels): void;
}

/** Holds the buffers for one run. */
export function createShareSplitter(
  binned: BinnedFeatures,
  options: { readonly channels: number; readonly regress: boolean; readonly minChildRows: number },
): ShareSplitter {
  const { channels, regress, minChildRows } = options;
  const { bins, cuts, rows } = binned;
  const widest = Math.max(0, ...cuts.map((own) => own.length)) + 2;
  const sums = new Float64Array(widest * channels);
  const counts = new Int32Array(widest);
  const left = new Float64Array(channels);
  const side = new Float64Array(channels);
  const other = new Float64Array(channels);

  function fill(feature: number, nodeRows: Int32Array, ordered: Float64Array): void {
    const column = bins.subarray(feature * rows, (feature + 1) * rows);
    const cells = cuts[feature]!.length + 2;
    sums.fill(0, 0, cells * channels);
    counts.fill(0, 0, cells);
    if (channels === 2) addTwo(sums, counts, column, nodeRows, ordered);
    else addMany(sums, counts, column, nodeRows, ordered, channels);
  }

  return {
    improve(best, feature, nodeRows, ordered, node) {
      fill(feature, nodeRows, ordered);
      const missing = cuts[feature]!.length + 1;
      const unknown = counts[missing]!;
      const end = unknown > 0 && binned.bounded[feature] === 1 ? missing : missing - 1;
      const parent = scoreOf(node, regress);
      let leftRows = 0;
      left.fill(0);
      for (let bin = 0; bin < end; bin++) {
        leftRows += counts[bin]!;
        for (let k = 0; k < channels; k++) left[k]! += sums[bin * channels + k]!;
        if (counts[bin] === 0) continue;
        for (let withUnknown = 0; withUnknown < (unknown > 0 ? 2 : 1); withUnknown++) {
          const rowsLeft = leftRows + withUnknown * unknown;
          const rowsRight = nodeRows.length - rowsLeft;
          if (rowsLeft < minChildRows || rowsRight < minChildRows || rowsLeft === 0 || rowsRight === 0) continue;
          for (let k = 0; k < channels; k++) {
            side[k] = left[k]! + withUnknown * sums[missing * channels + k]!;
            other[k] = node[k]! - side[k]!;
          }
          const gain = scoreOf(side, regress) + scoreOf(other, regress) - parent;
          if (gain > best.gain * BETTER) {
            best.feature = feature;
            best.bin = bin;
            best.missingLeft = unknown > 0 ? withUnknown === 1 : 2 * leftRows >= nodeRows.length;
            best.gain = gain;
          }
        }
      }
    },
  };
}

/** The hot loop, for two channels. */
function addTwo(sums: Float64Array, counts: Int32Array, column: Uint8Array, nodeRows: Int32Array, ordered: Float64Array): void {
  for (let i = 0; i < nodeRows.length; i++) {
    const bin = column[nodeRows[i]!]!;
    const cell = bin << 1;
    counts[bin] = counts[bin]! + 1;
    sums[cell] = sums[cell]! + ordered[i << 1]!;
    sums[cell + 1] = sums[cell + 1]! + ordered[(i << 1) + 1]!;
  }
}

function addMany(
  sums: Float64Array,
  counts: Int32Array,
  column: Uint8Array,
  nodeRows: Int32Array,
  ordered: Float64Array,
  channels: number,
): void {
  for (let i = 0; i < nodeRows.length; i++) {
    const bin = column[nodeRows[i]!]!;
    counts[bin] = counts[bin]! + 1;
    for (let k = 0; k < channels; k++) sums[bin * channels + k]! += ordered[i * channels + k]!;
  }
}
