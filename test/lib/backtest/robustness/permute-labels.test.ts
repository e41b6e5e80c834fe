import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withPermutedLabels } from "#lib/backtest/robustness/permute-labels.ts";
import { createRng } from "#lib/core/rng.ts";
import { matrixOf, randomBars } from "../support.ts";

const matrix = matrixOf(randomBars(60, "permute"));
const rows = Int32Array.from({ length: 23 }, (_, i) => 10 + i);
const labelled = { ...matrix, y: matrix.ts.map((_, row) => row), retFwd: matrix.ts.map((_, row) => row / 1000) };

describe("withPermutedLabels", () => {
  it("moves labels in whole blocks; the rows that fill none go with the last", () => {
    const { y } = withPermutedLabels(labelled, rows, 5, createRng("blocks"));
    const inside = [...rows].map((row) => y[row]!);
    // Blocks of 5, 5, 5 and 8 rows begin at 10, 15, 20 and 25.
    const starts = inside.filter((value, i) => i === 0 || value !== inside[i - 1]! + 1);
    expect(starts.every((start) => [10, 15, 20, 25].includes(start))).toBe(true);
    expect(inside.toSorted((a, b) => a - b)).toEqual([...rows]);
    expect(inside).not.toEqual([...rows]);
  });

  it("never touches other rows, features, prices or label ends, and keeps label and return together", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (blockRows, seed) => {
        const permuted = withPermutedLabels(labelled, rows, blockRows, createRng(seed));
        for (let row = 0; row < matrix.rows; row++) {
          if (row < 10 || row >= 33) expect(permuted.y[row]).toBe(row);
          expect(permuted.retFwd[row]).toBe(permuted.y[row]! / 1000);
        }
        expect(permuted.t1).toBe(labelled.t1);
        expect(permuted.features).toBe(labelled.features);
        expect(labelled.y[10]).toBe(10);
      }),
    );
  });

  it("gives the same order for the same seed and another for another", () => {
    const order = (seed: number) => [...withPermutedLabels(labelled, rows, 1, createRng(seed)).y];
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});
