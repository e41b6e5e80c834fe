/** Nodes in pre-order: the left child of a split follows it, `right` is the index of the other. */
export interface ShareNodes {
  /** Feature index; -1 = leaf. */
  readonly feature: number[];
  /** Threshold of a split: `x < value` goes left; 0 for a leaf. */
  readonly value: number[];
  readonly missingLeft: boolean[];
  readonly right: number[];
  readonly gain: number[];
  readonly weight: number[];
  readonly rows: number[];
  /** Sums of each node, one array a channel. */
  readonly channels: readonly number[][];
}

/** A tree without nodes. */
export function noNodes(channels: number): ShareNodes {
  return {
    feature: [],
    value: [],
    missingLeft: [],
    right: [],
    gain: [],
    weight: [],
    rows: [],
    channels: Array.from({ length: channels }, () => []),
  };
}

/**
 * Adds a leaf, which its grower may make a split; returns its index.
 *
 * @param sums - of the rows that reach it, one a channel; of a regression the weighted target and the weight
 */
export function addLeaf(nodes: ShareNodes, sums: Float64Array, weight: number, rows: number): number {
  nodes.feature.push(-1);
  nodes.value.push(0);
  nodes.missingLeft.push(false);
  nodes.right.push(0);
  nodes.gain.push(0);
  nodes.weight.push(weight);
  nodes.rows.push(rows);
  for (const [k, column] of nodes.channels.entries()) column.push(sums[k]!);
  return nodes.feature.length - 1;
}

/** Weight of the rows behind a node's sums. */
export function weightOf(sums: Float64Array, regress: boolean): number {
  return regress ? sums[1]! : sums.reduce((sum, w) => sum + w, 0);
}
