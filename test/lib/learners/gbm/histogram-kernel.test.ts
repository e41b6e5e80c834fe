import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addRows, clearCells, histogramLayout, subtractCounts, subtractSums } from "#lib/learners/gbm/histogram.ts";
import { HISTOGRAM_KERNEL } from "#lib/learners/gbm/histogram-kernel.ts";
import { type TrainingMemory, takeTrainingMemory } from "#lib/learners/gbm/training-memory.ts";
import { renderHistogramKernel } from "../../../../cli/generate/histogram-kernel.ts";

const layoutOf = (bins: number, features: number) => histogramLayout(Array.from({ length: features }, () => new Float64Array(bins - 2)));

/** A node of some rows: what is added, and where. */
const nodes = fc.integer({ min: 1, max: 9 }).chain((features) =>
  fc.integer({ min: 1, max: 40 }).chain((rows) =>
    fc.record({
      features: fc.constant(features),
      rows: fc.constant(rows),
      bins: fc.uint8Array({ minLength: features * rows, maxLength: features * rows, max: 7 }),
      pairs: fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2 * rows, maxLength: 2 * rows }),
      own: fc.uniqueArray(fc.nat(rows - 1), { minLength: 1 }).map((list) => list.sort((a, b) => a - b)),
    }),
  ),
);

function filled({ features, rows, bins, pairs, own }: typeof nodes extends fc.Arbitrary<infer N> ? N : never): TrainingMemory {
  const memory = takeTrainingMemory({ rows, features, cells: 8 * features, slots: 2, counts: true });
  memory.bins.set(bins);
  memory.pairs.set(pairs);
  memory.nodeRows.set(own);
  return memory;
}

describe("the kernel of boosting", () => {
  it("is assembled from its source (run `npm run schemas` after a change)", async () => {
    const text = await renderHistogramKernel();
    const bytes = text
      .slice(text.indexOf("[") + 1, text.lastIndexOf("]"))
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    expect([...HISTOGRAM_KERNEL].map(String)).toEqual(bytes);
  });

  it("sums and counts to the bit as a plain loop in the order of the rows", () => {
    fc.assert(
      fc.property(nodes, fc.nat(39), (node, before) => {
        const layout = layoutOf(8, node.features);
        const start = before % node.own.length;
        const memory = filled(node);
        const all = Int32Array.from({ length: node.features }, (_, feature) => feature);
        clearCells(memory.histograms[1]!, layout, all, 2);
        clearCells(memory.counts![1]!, layout, all, 1);
        addRows(memory, 1, layout, all, start, node.own.length);
        const sums = new Float64Array(16 * node.features);
        const counts = new Int32Array(8 * node.features);
        for (const feature of all) {
          for (const row of node.own.slice(start)) {
            const cell = 8 * feature + node.bins[feature * node.rows + row]!;
            sums[2 * cell]! += node.pairs[2 * row]!;
            sums[2 * cell + 1]! += node.pairs[2 * row + 1]!;
            counts[cell]! += 1;
          }
        }
        expect([...memory.histograms[1]!]).toEqual([...sums]);
        expect([...memory.counts![1]!]).toEqual([...counts]);
        memory.release();
      }),
    );
  });

  it("leaves the cells of features that were not sampled alone", () => {
    const memory = takeTrainingMemory({ rows: 3, features: 6, cells: 48, slots: 1, counts: false });
    memory.bins.fill(1);
    memory.pairs.fill(2);
    memory.nodeRows.set([0, 1, 2]);
    memory.histograms[0]!.fill(-7);
    const sampled = Int32Array.of(1, 4);
    const layout = layoutOf(8, 6);
    clearCells(memory.histograms[0]!, layout, sampled, 2);
    addRows(memory, 0, layout, sampled, 1, 3);
    const expected = new Float64Array(96).fill(-7);
    for (const feature of sampled) expected.fill(0, 16 * feature, 16 * (feature + 1)).fill(4, 16 * feature + 2, 16 * feature + 4);
    expect([...memory.histograms[0]!]).toEqual([...expected]);
    memory.release();
  });

  it("takes one child's cells from the parent's", () => {
    const memory = takeTrainingMemory({ rows: 1, features: 2, cells: 16, slots: 2, counts: true });
    memory.histograms[0]!.set(Float64Array.from({ length: 32 }, (_, i) => i));
    memory.histograms[1]!.fill(0.5);
    memory.counts![0]!.fill(9);
    memory.counts![1]!.fill(4);
    const layout = layoutOf(8, 2);
    subtractSums(memory, 0, 1, layout, Int32Array.of(1));
    subtractCounts(memory.counts![0]!, memory.counts![1]!, layout, Int32Array.of(1));
    expect([...memory.histograms[0]!]).toEqual(Array.from({ length: 32 }, (_, i) => (i < 16 ? i : i - 0.5)));
    expect([...memory.counts![0]!]).toEqual([...Array(8).fill(9), ...Array(8).fill(5)]);
    memory.release();
  });

  it("parts rows by their bins, each side in its order, and sends unknown values where they belong", () => {
    fc.assert(
      fc.property(nodes, fc.integer({ min: 0, max: 6 }), fc.boolean(), (node, last, missingLeft) => {
        const memory = filled(node);
        const missing = 7;
        const count = memory.kernel.partition(
          memory.nodeRows.byteOffset,
          node.own.length,
          memory.bins.byteOffset,
          last,
          missingLeft ? missing : -1,
          memory.scratch,
        );
        const goesLeft = (row: number): boolean => (node.bins[row] === missing ? missingLeft : node.bins[row]! <= last);
        const right = new Int32Array(memory.nodeRows.buffer, memory.scratch, node.own.length - count);
        expect([...memory.nodeRows.subarray(0, count)]).toEqual(node.own.filter(goesLeft));
        expect([...right]).toEqual(node.own.filter((row) => !goesLeft(row)));
        memory.release();
      }),
    );
  });
});

describe("takeTrainingMemory", () => {
  it("gives two runs at once memories of their own, and a later run the one that was given back", () => {
    const sizes = { rows: 4, features: 1, cells: 8, slots: 1, counts: false };
    const [first, second] = [takeTrainingMemory(sizes), takeTrainingMemory(sizes)];
    first.pairs.fill(1);
    second.pairs.fill(2);
    expect([...first.pairs]).toEqual(Array(8).fill(1));
    first.release();
    const third = takeTrainingMemory({ ...sizes, rows: 100_000 });
    expect(third.pairs).toHaveLength(200_000);
    expect(first.pairs).toHaveLength(0);
    expect([...second.pairs]).toEqual(Array(8).fill(2));
    second.release();
    third.release();
  });
});
