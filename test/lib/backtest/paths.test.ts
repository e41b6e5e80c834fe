import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinations, combinatorialFolds } from "#lib/backtest/combinatorial-folds.ts";
import { type FoldPrediction, testBlocksOf } from "#lib/backtest/fold-prediction.ts";
import { pathsOf, pathTable } from "#lib/backtest/paths.ts";
import { predictionsOf } from "./support.ts";

/** Combinatorial predictions whose probability tells split and row: split + row / 1000. */
function tellingPredictions(rows: number, groups: number, tested: number): FoldPrediction[] {
  const data = {
    rows,
    ts: Float64Array.from({ length: rows }, (_, i) => i),
    t1: Float64Array.from({ length: rows }, (_, i) => i),
    y: new Float64Array(rows).fill(1),
  };
  const folds = combinatorialFolds(data, groups, tested, 0, { minTrainRows: 0, minTestRows: 1 });
  const [shape] = predictionsOf(new Array(rows).fill(0.5), [[0, rows]]);
  return folds.map((fold) => {
    const says = testBlocksOf(fold).flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, i) => fold.index + (start + i) / 1000),
    );
    const { testStart, testEnd, blocks } = fold;
    const up = Float64Array.from(says);
    return {
      ...shape!,
      fold: fold.index,
      testStart,
      testEnd,
      ...(blocks === undefined ? {} : { blocks }),
      probabilities: [up.map((p) => 1 - p), up],
      slice: [Float64Array.of(fold.index), Float64Array.of(fold.index)],
    };
  });
}

describe("pathTable", () => {
  it("puts a group's j-th test appearance on path j", () => {
    // Rows of the statistics reference, section 2, for (6, 2); group 2 by the same rule.
    const table = pathTable(6, combinations(6, 2));
    expect(table[0]).toEqual([1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(table[1]).toEqual([1, 0, 0, 0, 0, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0]);
    expect(table[2]).toEqual([0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 4, 5, 0, 0, 0]);
    expect(table[5]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 3, 0, 4, 5]);
  });
});

describe("pathsOf", () => {
  it("takes each group from the split that the table names", () => {
    const paths = pathsOf(tellingPredictions(24, 6, 2));
    expect(paths.map(({ splits }) => splits)).toEqual([
      [0, 0, 1, 2, 3, 4],
      [1, 5, 5, 6, 7, 8],
      [2, 6, 9, 9, 10, 11],
      [3, 7, 10, 12, 12, 13],
      [4, 8, 11, 13, 14, 14],
    ]);
  });

  it("tests every row once a path, with the words of the split that is named", () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 12, max: 60 }),
      groups: fc.integer({ min: 3, max: 6 }),
      tested: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(sizes, ({ rows, groups, tested }) => {
        const k = Math.min(tested, groups - 1);
        const predictions = tellingPredictions(rows, groups, k);
        const paths = pathsOf(predictions);
        expect(paths).toHaveLength((predictions.length * k) / groups);
        const used = new Set<string>();
        for (const { predictions: blocks, splits } of paths) {
          let next = 0;
          for (const [place, block] of blocks.entries()) {
            expect([block.fold, block.testStart]).toEqual([place, next]);
            expect(block.blocks).toBeUndefined();
            expect(block.slice[1]![0]).toBe(splits[place]);
            used.add(`${splits[place]}/${place}`);
            for (let row = block.testStart; row < block.testEnd; row++)
              expect(block.probabilities[1]![row - block.testStart]).toBe(splits[place]! + row / 1000);
            next = block.testEnd;
          }
          expect(next).toBe(rows);
        }
        // Nothing of what was fitted is left out, and nothing is used twice.
        expect(used.size).toBe(predictions.length * k);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves walk-forward as it is: one path", () => {
    const predictions = predictionsOf(new Array(40).fill(0.6), [
      [10, 20],
      [20, 40],
    ]);
    expect(pathsOf(predictions)).toEqual([{ predictions, splits: [0, 1] }]);
  });

  it("refuses folds that do not belong together", () => {
    const predictions = tellingPredictions(24, 6, 2);
    expect(() => pathsOf(predictions.slice(1))).toThrowError(expect.objectContaining({ code: "UNPROCESSABLE" }));
  });
});
