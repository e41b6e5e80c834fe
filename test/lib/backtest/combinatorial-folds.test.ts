import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinations, combinatorialFolds, groupRanges } from "#lib/backtest/combinatorial-folds.ts";
import { testBlocksOf } from "#lib/backtest/fold-prediction.ts";
import type { Fold, LabelledRows } from "#lib/backtest/splits.ts";

/** Labels of `span` bars: t0 = 0, 1, ..., t1 = t0 + span. */
const rowsOf = (n: number, span: number): LabelledRows => ({
  rows: n,
  ts: Float64Array.from({ length: n }, (_, i) => i),
  t1: Float64Array.from({ length: n }, (_, i) => i + span),
  y: new Float64Array(n).fill(1),
});
const small = { minTrainRows: 0, minTestRows: 1 };
const train = (folds: readonly Fold[]): number[][] => folds.map((fold) => [...fold.train]);
const tested = (fold: Fold): number[] =>
  testBlocksOf(fold).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));

/** Whether two closed label intervals meet. */
const meet = ({ ts, t1 }: LabelledRows, a: number, b: number): boolean => ts[a]! <= t1[b]! && t1[a]! >= ts[b]!;

describe("purged k-fold", () => {
  // Vectors of the statistics reference, section 1: N = 12, t0 = 0..11, t1 = t0 + 2, K = 3.
  const data = rowsOf(12, 2);

  it("purges closed intervals", () => {
    const folds = combinatorialFolds(data, 3, 1, 0, small);
    expect(train(folds)).toEqual([
      [6, 7, 8, 9, 10, 11],
      [0, 1, 10, 11],
      [0, 1, 2, 3, 4, 5],
    ]);
    expect(folds.map(tested)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
  });

  it("lets the embargo follow the largest label end", () => {
    expect(train(combinatorialFolds(data, 3, 1, 1, small))).toEqual([
      [7, 8, 9, 10, 11],
      [0, 1, 11],
      [0, 1, 2, 3, 4, 5],
    ]);
  });

  it("is not the known wrong rule, whose window starts where the first test label ends and keeps rows that leak", () => {
    const wrong = [
      [6, 7, 8, 9, 10, 11],
      [0, 1, 2, 3, 10, 11],
      [0, 1, 2, 3, 4, 5, 6, 7],
    ];
    // Label 3 to 5 meets test label 4 to 6.
    expect(meet(data, 3, 4)).toBe(true);
    const right = combinatorialFolds(data, 3, 1, 0, small);
    for (const [fold, rows] of wrong.entries()) {
      const leaking = rows.filter((row) => tested(right[fold]!).some((other) => meet(data, row, other)));
      expect(leaking).toEqual([[], [2, 3], [6, 7]][fold]);
      expect([...right[fold]!.train]).toEqual(rows.filter((row) => !leaking.includes(row)));
    }
  });
});

describe("combinatorialFolds", () => {
  // Three groups of four rows, two of them tested; vectors of the statistics reference, section 2.
  it("trains on the one group that is left", () => {
    const folds = combinatorialFolds(rowsOf(12, 0), 3, 2, 0, small);
    expect(train(folds)).toEqual([
      [8, 9, 10, 11],
      [4, 5, 6, 7],
      [0, 1, 2, 3],
    ]);
    expect(folds.map(testBlocksOf)).toEqual([
      [
        { start: 0, end: 4 },
        { start: 4, end: 8 },
      ],
      [
        { start: 0, end: 4 },
        { start: 8, end: 12 },
      ],
      [
        { start: 4, end: 8 },
        { start: 8, end: 12 },
      ],
    ]);
    expect(folds.map(({ testStart, testEnd }) => [testStart, testEnd])).toEqual([
      [0, 8],
      [0, 12],
      [4, 12],
    ]);
  });

  it("purges a row on each side of a test group where labels reach one bar on", () => {
    expect(train(combinatorialFolds(rowsOf(12, 1), 3, 2, 0, small))).toEqual([
      [9, 10, 11],
      [5, 6],
      [0, 1, 2],
    ]);
  });

  it("keeps the embargo out after every test group, and nothing before one", () => {
    expect(train(combinatorialFolds(rowsOf(12, 0), 3, 2, 1, small))).toEqual([
      [9, 10, 11],
      [5, 6, 7],
      [0, 1, 2, 3],
    ]);
  });

  it("counts the embargo from the largest label end of a group, not from its last row", () => {
    const data = rowsOf(12, 0);
    data.t1[1] = 5;
    // Group 0 reaches to 5; the embargo of 1 bar covers row 6.
    expect(train(combinatorialFolds(data, 3, 1, 1, small))[0]).toEqual([7, 8, 9, 10, 11]);
  });

  it("never trains on a row without a label or a label end, and tests it all the same", () => {
    const data = rowsOf(12, 0);
    data.y[0] = Number.NaN;
    data.t1[11] = Number.NaN;
    const folds = combinatorialFolds(data, 3, 1, 0, small);
    expect(train(folds)[1]).toEqual([1, 2, 3, 8, 9, 10]);
    expect(folds.flatMap(tested)).toEqual([...data.ts]);
  });

  it("names the rows it needed", () => {
    // 6 groups of at least 20 rows.
    expect(() => combinatorialFolds(rowsOf(110, 0), 6, 2, 0)).toThrowError(
      expect.objectContaining({ code: "HISTORY_TOO_SHORT", facts: expect.objectContaining({ requiredBars: 120, actualBars: 110 }) }),
    );
    // Groups 0 and 1 tested leave 80 of 120 rows; those up to 39 + 20 + 10 bars are gone: 70 to 119, 50 of 60 needed.
    const tight = rowsOf(120, 20);
    expect(() => combinatorialFolds(tight, 6, 2, 10)).toThrowError(
      expect.objectContaining({ code: "HISTORY_TOO_SHORT", facts: expect.objectContaining({ requiredBars: 135, actualBars: 120 }) }),
    );
  });

  it("drops exactly the rows that meet a test label or lie in an embargo, whatever the spans", () => {
    const spec = fc.record({
      lengths: fc.array(fc.nat(14), { minLength: 12, maxLength: 60 }),
      groups: fc.integer({ min: 3, max: 6 }),
      tested: fc.integer({ min: 1, max: 5 }),
      embargo: fc.nat(5),
    });
    fc.assert(
      fc.property(spec, ({ lengths, groups, tested: asked, embargo }) => {
        const n = lengths.length;
        const ts = Float64Array.from({ length: n }, (_, i) => i);
        const data = { rows: n, ts, t1: ts.map((start, i) => start + lengths[i]!), y: new Float64Array(n).fill(1) };
        for (const fold of combinatorialFolds(data, groups, Math.min(asked, groups - 1), embargo, small)) {
          const test = tested(fold);
          const ends = testBlocksOf(fold).map(({ start, end }) => Math.max(...data.t1.slice(start, end)));
          const kept = new Set(fold.train);
          for (let row = 0; row < n; row++) {
            if (test.includes(row)) {
              expect(kept.has(row)).toBe(false);
              continue;
            }
            const leaks = test.some((other) => meet(data, row, other));
            const embargoed = ends.some((end) => row > end && row <= end + embargo);
            expect(kept.has(row)).toBe(!leaks && !embargoed);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("groupRanges", () => {
  it("gives the remainder to the last group", () => {
    // Row i belongs to group floor(i / 2), the rest to the last one.
    expect(groupRanges(12, 5)).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 4, end: 6 },
      { start: 6, end: 8 },
      { start: 8, end: 12 },
    ]);
  });
});

describe("combinations", () => {
  it("goes in lexicographic order", () => {
    expect(combinations(4, 2)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(combinations(3, 3)).toEqual([[0, 1, 2]]);
  });
});
