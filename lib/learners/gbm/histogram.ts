import type { TrainingMemory } from "./training-memory.ts";

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

/** Bytes of a gradient and a hessian. */
const PAIR_BYTES = 16;
const COUNT_BYTES = 4;

export function histogramLayout(cuts: readonly Float64Array[]): HistogramLayout {
  const offset = new Int32Array(cuts.length + 1);
  for (let feature = 0; feature < cuts.length; feature++) offset[feature + 1] = offset[feature]! + cuts[feature]!.length + 2;
  return { offset };
}

/**
 * Adds the rows of a node, which are `[start, end)` of the memory's, to the cells of the sampled features, which must be zero before;
 * counts them where rows are counted.
 */
export function addRows(
  memory: TrainingMemory,
  slot: number,
  { offset }: HistogramLayout,
  features: Int32Array,
  start: number,
  end: number,
): void {
  const { kernel, gathered } = memory;
  const rowCount = memory.nodeRows.length;
  const rows = memory.nodeRows.byteOffset + 4 * start;
  const count = end - start;
  const sumBase = memory.histograms[slot]!.byteOffset;
  const countBase = memory.counts?.[slot]?.byteOffset;
  const bins = (feature: number): number => memory.bins.byteOffset + feature * rowCount;
  const sums = (feature: number): number => sumBase + PAIR_BYTES * offset[feature]!;
  kernel.gather(rows, count, memory.pairs.byteOffset, gathered);
  let i = 0;
  for (; i + 4 <= features.length; i += 4) {
    const [a, b, c, d] = [features[i]!, features[i + 1]!, features[i + 2]!, features[i + 3]!];
    kernel.addFour(rows, count, gathered, bins(a), bins(b), bins(c), bins(d), sums(a), sums(b), sums(c), sums(d));
    if (countBase === undefined) continue;
    const counts = (feature: number): number => countBase + COUNT_BYTES * offset[feature]!;
    kernel.countFour(rows, count, bins(a), bins(b), bins(c), bins(d), counts(a), counts(b), counts(c), counts(d));
  }
  for (; i < features.length; i++) {
    const feature = features[i]!;
    kernel.addOne(rows, count, gathered, bins(feature), sums(feature));
    if (countBase !== undefined) kernel.countOne(rows, count, bins(feature), countBase + COUNT_BYTES * offset[feature]!);
  }
}

/** Turns the cells of the parent's slot into those of one child, given the other's. */
export function subtractSums(
  { kernel, histograms }: TrainingMemory,
  parent: number,
  child: number,
  { offset }: HistogramLayout,
  features: Int32Array,
): void {
  const [from, taken] = [histograms[parent]!.byteOffset, histograms[child]!.byteOffset];
  for (const feature of features) {
    const start = PAIR_BYTES * offset[feature]!;
    kernel.subtract(from + start, taken + start, offset[feature + 1]! - offset[feature]!);
  }
}

/** As `subtractSums`, of counts. */
export function subtractCounts(parent: Int32Array, child: Int32Array, { offset }: HistogramLayout, features: Int32Array): void {
  for (const feature of features) {
    const end = offset[feature + 1]!;
    for (let i = offset[feature]!; i < end; i++) parent[i] = parent[i]! - child[i]!;
  }
}

/** Sets the cells of the sampled features to zero. */
export function clearCells(cells: Float64Array | Int32Array, layout: HistogramLayout, features: Int32Array, width: 1 | 2): void {
  for (const feature of features) cells.fill(0, layout.offset[feature]! * width, layout.offset[feature + 1]! * width);
}
