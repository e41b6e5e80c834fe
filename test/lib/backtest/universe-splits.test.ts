import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinatorialFolds } from "#lib/backtest/combinatorial-folds.ts";
import { testBlocksOf } from "#lib/backtest/fold-prediction.ts";
import { decisionEndRow, developmentView, holdoutFold } from "#lib/backtest/holdout.ts";
import { WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { type Fold, type LabelledRows, purgedKFold, walkForwardFolds } from "#lib/backtest/splits.ts";
import { timeAxis, timesOf } from "#lib/backtest/time-axis.ts";
import { createRng } from "#lib/core/rng.ts";
import { matrixOf, randomBars } from "./support.ts";
import { stackedOf } from "./universe-support.ts";

const small = { minTrainRows: 0, minTestRows: 1 };

/** Rows of several symbols with missing bars and labels of random spans. Times are 10, 20, ... */
function randomRows(seed: number, times: number, symbols: number): LabelledRows {
  const rng = createRng(`rows:${seed}`);
  const ts: number[] = [];
  const t1: number[] = [];
  for (let time = 0; time < times; time++) {
    const present = Array.from({ length: symbols }, () => rng.uniform() > 0.3);
    for (let symbol = 0; symbol < symbols; symbol++) {
      // Symbol 0 always has a bar, so that the times are the same for every universe.
      if (symbol > 0 && !present[symbol]) continue;
      ts.push(10 * (time + 1));
      t1.push(10 * (time + 1 + Math.floor(12 * rng.uniform())));
    }
  }
  return { rows: ts.length, ts: Float64Array.from(ts), t1: Float64Array.from(t1), y: new Float64Array(ts.length).fill(1) };
}

const universe = fc.record({
  seed: fc.nat(10_000),
  times: fc.integer({ min: 24, max: 70 }),
  symbols: fc.integer({ min: 1, max: 4 }),
  embargo: fc.nat(4),
});
const rowsOf = (fold: Fold): number[] =>
  testBlocksOf(fold).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));

/** Whether the closed label intervals of two rows meet, whatever their symbols. */
const meet = ({ ts, t1 }: LabelledRows, a: number, b: number): boolean => ts[a]! <= t1[b]! && t1[a]! >= ts[b]!;

/** No training label meets a test label, and no decision time has rows on both sides of a cut. */
function expectClear(data: LabelledRows, train: ArrayLike<number>, test: readonly number[]): void {
  const tested = new Set(test);
  const times = new Set(test.map((row) => data.ts[row]!));
  for (let row = 0; row < data.rows; row++) if (times.has(data.ts[row]!)) expect(tested.has(row)).toBe(true);
  for (const row of Array.from(train)) for (const other of test) expect(meet(data, row, other)).toBe(false);
}

describe("splits of a universe", () => {
  it("never let a training label meet a test label, whatever the symbols and the missing bars: walk-forward", () => {
    const splits = fc.record({ splits: fc.integer({ min: 1, max: 5 }), window: fc.constantFrom("expanding" as const, "rolling" as const) });
    fc.assert(
      fc.property(universe, splits, ({ seed, times, symbols, embargo }, spec) => {
        const data = randomRows(seed, times, symbols);
        const { folds } = walkForwardFolds(data, WalkForwardSchema.parse({ ...spec, embargo_bars: embargo }), 5, small);
        for (const fold of folds) {
          expectClear(data, fold.train, rowsOf(fold));
          for (const row of fold.train) expect(data.t1[row]!).toBeLessThan(data.ts[fold.testStart]! - 10 * embargo);
        }
        expect(folds.at(-1)!.testEnd).toBe(data.rows);
      }),
      { numRuns: 60 },
    );
  });

  it("never let a training label meet a test label: purged k-fold and combinatorial", () => {
    fc.assert(
      fc.property(universe, fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 2 }), (own, groups, tested) => {
        const data = randomRows(own.seed, own.times, own.symbols);
        for (const fold of combinatorialFolds(data, groups, tested, own.embargo, small)) {
          expectClear(data, fold.train, rowsOf(fold));
          const kept = new Set(fold.train);
          const ends = testBlocksOf(fold).map(({ start, end }) => Math.max(...data.t1.slice(start, end)));
          for (let row = 0; row < data.rows; row++) {
            if (rowsOf(fold).includes(row)) continue;
            const leaks = rowsOf(fold).some((other) => meet(data, row, other));
            const embargoed = ends.some((end) => data.ts[row]! > end && data.ts[row]! <= end + 10 * own.embargo);
            expect(kept.has(row)).toBe(!leaks && !embargoed);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("never let a training label meet a test label: the inner folds of a calibration", () => {
    fc.assert(
      fc.property(universe, fc.integer({ min: 2, max: 5 }), ({ seed, times, symbols, embargo }, k) => {
        const data = randomRows(seed, times, symbols);
        const rows = Int32Array.from({ length: data.rows }, (_, row) => row).filter((row) => row % 7 !== 3);
        const folds = purgedKFold(rows, data.ts, data.t1, k, embargo);
        expect(folds.flatMap(({ test }) => [...test])).toEqual([...rows]);
        for (const { train, test } of folds) {
          for (const row of train) for (const other of test) expect(meet(data, row, other)).toBe(false);
          for (const row of train) expect(test.some((other) => data.ts[other] === data.ts[row])).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are the folds of one symbol, row for row, where all symbols have every bar", () => {
    const one = matrixOf(randomBars(300, 1), {});
    const three = stackedOf([one, one, one]);
    const tripled = (rows: ArrayLike<number>): number[] => Array.from(rows).flatMap((row) => [3 * row, 3 * row + 1, 3 * row + 2]);
    const expectTripled = (own: readonly Fold[], all: readonly Fold[]): void => {
      expect(all.map(({ train }) => [...train])).toEqual(own.map(({ train }) => tripled(train)));
      expect(all.map(rowsOf)).toEqual(own.map((fold) => tripled(rowsOf(fold))));
      expect(all.map(({ embargoBars }) => embargoBars)).toEqual(own.map(({ embargoBars }) => embargoBars));
    };
    const spec = WalkForwardSchema.parse({ splits: 3, embargo: 0.021 });
    expectTripled(walkForwardFolds(one, spec, 1).folds, walkForwardFolds(three, spec, 1).folds);
    expectTripled(combinatorialFolds(one, 5, 2, 3), combinatorialFolds(three, 5, 2, 3));
    expectTripled([holdoutFold(one, 0.15, 2)], [holdoutFold(three, 0.15, 2)]);
    const all = Int32Array.from({ length: 897 }, (_, row) => row);
    const inner = purgedKFold(all.slice(0, 299), one.ts, one.t1, 3, 2);
    expect(purgedKFold(all, three.ts, three.t1, 3, 2).map(({ train }) => [...train])).toEqual(inner.map(({ train }) => tripled(train)));
  });

  it("keep the last 15 % of the decision times out, for all symbols at once, and forget labels that end in them", () => {
    const one = matrixOf(randomBars(100, 2), {});
    // Symbol 1 lacks the bars of rows 80 to 90, around the cut.
    const two = stackedOf([one, one], (symbol, row) => symbol === 0 || row < 80 || row > 90);
    const view = developmentView(two, 0.15);
    // 100 times: the holdout begins with time 85, and 80 of symbol 1's bars lie before it.
    expect([view.matrix.rows, view.holdoutStart, view.windowRows]).toEqual([85 + 80, 165, 189]);
    expect(view.matrix.ts.at(-1)).toBe(one.ts[84]);
    expect(view.matrix.t1.filter((end) => end > one.ts[84]!)).toHaveLength(0);
    expect(decisionEndRow(timeAxis(view.matrix.ts), 10)).toBe(75 + 75);
  });

  it("count the limits in decision times: thirty symbols of ten days are no history", () => {
    const day = matrixOf(randomBars(40, 3), {});
    const many = stackedOf(Array.from({ length: 30 }, () => day));
    expect(
      timesOf(
        many.ts,
        Int32Array.from({ length: many.rows }, (_, row) => row),
      ),
    ).toBe(40);
    expect(() => walkForwardFolds(many, WalkForwardSchema.parse({}), 1)).toThrowError(
      expect.objectContaining({ code: "HISTORY_TOO_SHORT", facts: expect.objectContaining({ actualBars: 40, trainableRows: 10 }) }),
    );
  });
});
