import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import type { AttributedForest } from "#lib/learners/shap/leaf-paths.ts";
import { createTreeShap } from "#lib/learners/shap/tree-shap.ts";
import { bruteForceShapley } from "./brute-force-shapley.ts";
import { randomForest, randomRow } from "./random-forest.ts";

/** Contributions of one row, one array for each margin. */
function shapOf(forest: AttributedForest, x: readonly number[], margins = 1): Float64Array[] {
  const columns = x.map((value) => Float64Array.of(value));
  const phi = Array.from({ length: margins }, () => x.map(() => new Float64Array(1)));
  createTreeShap(forest, margins).addRows(columns, 1, phi);
  return phi.map((own) => Float64Array.from(own, (column) => column[0]!));
}

function sumOfLeaves(forest: AttributedForest, x: readonly number[], margins: number, margin: number): number {
  const { treeStart, feature, missingLeft, right, value } = forest;
  let sum = 0;
  for (let tree = margin; tree < treeStart.length - 1; tree += margins) {
    let node = treeStart[tree]!;
    while (feature[node]! >= 0) {
      const v = x[feature[node]!]!;
      node = (Number.isNaN(v) ? missingLeft[node] === 1 : v < value[node]!) ? node + 1 : treeStart[tree]! + right[node]!;
    }
    sum += value[node]!;
  }
  return sum;
}

/** f0 < 0: leaf 1 (3 rows); else f1 < 0: leaf 2 (2 rows), else leaf 6 (5 rows). */
const HAND: AttributedForest = {
  treeStart: Uint32Array.of(0, 5),
  feature: Int32Array.of(0, -1, 1, -1, -1),
  missingLeft: Uint8Array.of(0, 0, 1, 0, 0),
  right: Uint32Array.of(2, 0, 4, 0, 0),
  value: Float64Array.of(0, 1, 0, 2, 6),
  rows: Uint32Array.of(10, 3, 7, 2, 5),
};

describe("createTreeShap", () => {
  it("gives the values that are worked by hand", () => {
    // v({}) = .3 x 1 + .2 x 2 + .5 x 6 = 3.7. For x = (1, 1): v({0}) = (2 x 2 + 5 x 6) / 7 = 34/7, v({1}) = .3 + .7 x 6 = 4.5,
    // v({0, 1}) = 6. phi0 = ((34/7 - 3.7) + (6 - 4.5)) / 2, phi1 = ((4.5 - 3.7) + (6 - 34/7)) / 2.
    const shap = createTreeShap(HAND, 1);
    expect(shap.expected[0]).toBeCloseTo(3.7, 14);
    const [phi] = shapOf(HAND, [1, 1]);
    expect(Array.from(phi!)).toEqual([(34 / 7 - 3.7 + 1.5) / 2, (0.8 + 6 - 34 / 7) / 2].map((value) => expect.closeTo(value, 14)));
  });

  it("treats an unknown value as a value: it takes its branch for certain", () => {
    // f1 unknown goes left, to 2: v({1}) = .3 + .7 x 2 = 1.7, v({0}) = 34/7, v({0, 1}) = 2.
    const [phi] = shapOf(HAND, [1, Number.NaN]);
    expect(Array.from(phi!)).toEqual([(34 / 7 - 3.7 + 0.3) / 2, (1.7 - 3.7 + 2 - 34 / 7) / 2].map((value) => expect.closeTo(value, 14)));
  });

  it("gives features that no tree reads, and trees of one leaf, nothing", () => {
    expect(shapOf(HAND, [1, 1, 5])[0]![2]).toBe(0);
    const leaf = {
      ...HAND,
      treeStart: Uint32Array.of(0, 1),
      feature: Int32Array.of(-1),
      value: Float64Array.of(0.25),
      rows: Uint32Array.of(4),
    };
    expect(createTreeShap(leaf, 1).expected[0]).toBe(0.25);
    expect(Array.from(shapOf(leaf, [1])[0]!)).toEqual([0]);
  });

  it("always equals the Shapley values by definition, over all coalitions of features", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(1, 3),
        (seed, features, depth, margins) => {
          const rng = createRng(`shap/${seed}`);
          const forest = randomForest(rng, { trees: margins * 2, depth, features });
          const x = randomRow(rng, features);
          const phi = shapOf(forest, x, margins);
          for (let m = 0; m < margins; m++) {
            const truth = bruteForceShapley(forest, x, margins, m);
            for (const [f, value] of truth.entries()) expect(Math.abs(phi[m]![f]! - value)).toBeLessThan(1e-9);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("always adds up: expected leaves and contributions are the sum of the leaves", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }), (seed, features, depth) => {
        const rng = createRng(`sum/${seed}`);
        const forest = randomForest(rng, { trees: 6, depth, features });
        const shap = createTreeShap(forest, 2);
        // More rows than one block, and each of them twice.
        const rows = Array.from({ length: 300 }, () => randomRow(rng, features));
        const columns = Array.from({ length: features }, (_, f) => Float64Array.from([...rows, ...rows], (x) => x[f]!));
        const phi = [0, 1].map(() => columns.map(() => new Float64Array(600)));
        shap.addRows(columns, 600, phi);
        for (const m of [0, 1]) {
          for (const [row, x] of rows.entries()) {
            const sum = phi[m]!.reduce((total, column) => total + column[row]!, shap.expected[m]!);
            expect(Math.abs(sum - sumOfLeaves(forest, x, 2, m))).toBeLessThan(1e-9);
          }
          for (const column of phi[m]!) expect(column.subarray(300)).toEqual(column.subarray(0, 300));
        }
      }),
      { numRuns: 40 },
    );
  });
});
