/**
 * Sums of gradients and hessians for each bin of each feature, over the rows of one node. The hot loop of training.
 *
 * Cells are interleaved: gradient at `2 * cell`, hessian at `2 * cell + 1`; a feature's cells begin at `offset[feature]`
 * and end with the missing bin. Sums run over rows in ascending order, whatever the machine, so they repeat to the bit.
 */
export interface HistogramLayout {
  /** First cell of each feature, and the number of all cells at the end. */
  readonly offset: Int32Array;
}

export function histogramLayout(cuts: readonly Float64Array[]): HistogramLayout {
  const offset = new Int32Array(cuts.length + 1);
  for (let feature = 0; feature < cuts.length; feature++) offset[feature + 1] = offset[feature]! + cuts[feature]!.length + 2;
  return { offset };
}

/**
 * Adds the rows of a node to the cells of the sampled features, which must be zero before.
 *
 * @param pairs - gradient and hessian of each row of the node, interleaved, in the order of `nodeRows`
 * @param nodeRows - row indices of the node
 */
export function addRows(
  histogram: Float64Array,
  layout: HistogramLayout,
  features: Int32Array,
  bins: Uint8Array,
  rows: number,
  nodeRows: Int32Array,
  pairs: Float64Array,
): void {
  const { offset } = layout;
  let i = 0;
  // Four columns at a time: each row's gradient is read once for four sums, and sums of one column, which may wait
  // for each other, overlap with those of the next.
  for (; i + 4 <= features.length; i += 4) {
    const [a, b, c, d] = [features[i]!, features[i + 1]!, features[i + 2]!, features[i + 3]!];
    addFour(
      histogram,
      offset[a]! << 1,
      offset[b]! << 1,
      offset[c]! << 1,
      offset[d]! << 1,
      bins.subarray(a * rows, (a + 1) * rows),
      bins.subarray(b * rows, (b + 1) * rows),
      bins.subarray(c * rows, (c + 1) * rows),
      bins.subarray(d * rows, (d + 1) * rows),
      nodeRows,
      pairs,
    );
  }
  for (; i < features.length; i++) {
    const feature = features[i]!;
    addOne(histogram, offset[feature]! << 1, bins.subarray(feature * rows, (feature + 1) * rows), nodeRows, pairs);
  }
}

function addFour(
  histogram: Float64Array,
  baseA: number,
  baseB: number,
  baseC: number,
  baseD: number,
  binsA: Uint8Array,
  binsB: Uint8Array,
  binsC: Uint8Array,
  binsD: Uint8Array,
  nodeRows: Int32Array,
  pairs: Float64Array,
): void {
  const count = nodeRows.length;
  for (let i = 0; i < count; i++) {
    const row = nodeRows[i]!;
    const gradient = pairs[i << 1]!;
    const hessian = pairs[(i << 1) + 1]!;
    const a = baseA + (binsA[row]! << 1);
    const b = baseB + (binsB[row]! << 1);
    const c = baseC + (binsC[row]! << 1);
    const d = baseD + (binsD[row]! << 1);
    histogram[a] = histogram[a]! + gradient;
    histogram[a + 1] = histogram[a + 1]! + hessian;
    histogram[b] = histogram[b]! + gradient;
    histogram[b + 1] = histogram[b + 1]! + hessian;
    histogram[c] = histogram[c]! + gradient;
    histogram[c + 1] = histogram[c + 1]! + hessian;
    histogram[d] = histogram[d]! + gradient;
    histogram[d + 1] = histogram[d + 1]! + hessian;
  }
}

function addOne(histogram: Float64Array, base: number, bins: Uint8Array, nodeRows: Int32Array, pairs: Float64Array): void {
  const count = nodeRows.length;
  for (let i = 0; i < count; i++) {
    const cell = base + (bins[nodeRows[i]!]! << 1);
    histogram[cell] = histogram[cell]! + pairs[i << 1]!;
    histogram[cell + 1] = histogram[cell + 1]! + pairs[(i << 1) + 1]!;
  }
}

/** Counts the rows of a node in the cells of the sampled features, which must be zero before. */
export function countRows(
  counts: Int32Array,
  layout: HistogramLayout,
  features: Int32Array,
  bins: Uint8Array,
  rows: number,
  nodeRows: Int32Array,
): void {
  for (const feature of features) {
    const base = layout.offset[feature]!;
    const column = bins.subarray(feature * rows, (feature + 1) * rows);
    for (let i = 0; i < nodeRows.length; i++) {
      const cell = base + column[nodeRows[i]!]!;
      counts[cell] = counts[cell]! + 1;
    }
  }
}

/** Turns a parent's cells into those of one child, given the other's. */
export function subtractCells(
  parent: Float64Array | Int32Array,
  child: Float64Array | Int32Array,
  layout: HistogramLayout,
  features: Int32Array,
  width: 1 | 2,
): void {
  for (const feature of features) {
    const end = layout.offset[feature + 1]! * width;
    for (let i = layout.offset[feature]! * width; i < end; i++) parent[i] = parent[i]! - child[i]!;
  }
}

/** Sets the cells of the sampled features to zero. */
export function clearCells(cells: Float64Array | Int32Array, layout: HistogramLayout, features: Int32Array, width: 1 | 2): void {
  for (const feature of features) cells.fill(0, layout.offset[feature]! * width, layout.offset[feature + 1]! * width);
}
