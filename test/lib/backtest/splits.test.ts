import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathsOfSplits, SplitsSchema, trainsOnLaterRows, WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { type LabelledRows, purgedKFold, walkForwardFolds } from "#lib/backtest/splits.ts";

const rowsOf = (n: number, horizon: number): LabelledRows => ({
  rows: n,
  ts: Float64Array.from({ length: n }, (_, i) => i),
  t1: Float64Array.from({ length: n }, (_, i) => i + horizon),
  y: Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1)),
});
const small = { minTrainRows: 1, minTestRows: 1 };
const train = (folds: readonly { train: Int32Array }[]): number[][] => folds.map((fold) => [...fold.train]);

// Vectors of the statistics reference, section 1: N = 12, t0 = 0..11, t1 = t0 + 2, K = 3, closed intervals.
describe("purgedKFold", () => {
  const { ts, t1 } = rowsOf(12, 2);
  const all = Int32Array.from(ts);

  it("purges closed intervals", () => {
    const folds = purgedKFold(all, ts, t1, 3, 0);
    expect(train(folds)).toEqual([
      [6, 7, 8, 9, 10, 11],
      [0, 1, 10, 11],
      [0, 1, 2, 3, 4, 5],
    ]);
    expect(folds.map((fold) => [...fold.test])).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
    ]);
  });

  it("counts the embargo from the largest label end of the test block", () => {
    expect(train(purgedKFold(all, ts, t1, 3, 1))).toEqual([
      [7, 8, 9, 10, 11],
      [0, 1, 11],
      [0, 1, 2, 3, 4, 5],
    ]);
  });

  it("uses the largest label end, not the last row's", () => {
    const spans = t1.slice();
    spans[1] = 9;
    expect(train(purgedKFold(all, ts, spans, 3, 0))[0]).toEqual([10, 11]);
  });

  it("counts the embargo in bars, also those that are no candidates", () => {
    const odd = all.filter((row) => row % 2 === 1);
    // Test rows 1, 3 end at 5; the embargo of 2 bars covers rows 6 and 7.
    expect(train(purgedKFold(odd, ts, t1, 3, 2))[0]).toEqual([9, 11]);
  });

  it("never leaves a training interval that meets a test interval, whatever the spans", () => {
    const spans = fc.array(fc.nat(15), { minLength: 6, maxLength: 60 });
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 5 }), fc.nat(4), (lengths, k, embargo) => {
        const n = lengths.length;
        const from = Float64Array.from({ length: n }, (_, i) => i);
        const until = from.map((start, i) => start + lengths[i]!);
        for (const fold of purgedKFold(Int32Array.from(from), from, until, k, embargo)) {
          for (const i of fold.train) for (const j of fold.test) expect(from[i]! > until[j]! || until[i]! < from[j]!).toBe(true);
        }
      }),
    );
  });

  it("puts each row into exactly one test block", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 80 }), fc.integer({ min: 2, max: 5 }), (n, k) => {
        const data = rowsOf(n, 1);
        const folds = purgedKFold(Int32Array.from(data.ts), data.ts, data.t1, k, 1);
        expect(folds.flatMap((fold) => [...fold.test])).toEqual([...data.ts]);
      }),
    );
  });

  it("names the rows it needed", () => {
    expect(() => purgedKFold(Int32Array.of(0), ts, t1, 3, 0)).toThrowError(
      expect.objectContaining({ code: "HISTORY_TOO_SHORT", facts: { requiredBars: 3, actualBars: 1 } }),
    );
  });
});

describe("walkForwardFolds", () => {
  const splits = WalkForwardSchema.parse({ splits: 2, first_train_share: 0.5 });

  it("trains on labels that ended before the test block by more than the embargo", () => {
    // Embargo 2 (the horizon): t1 < ts[6 - 2], so rows 0 and 1; then t1 < ts[9 - 2].
    const { folds, embargoBars, warnings } = walkForwardFolds(rowsOf(12, 2), splits, 2, small);
    expect(folds.map(({ testStart, testEnd }) => [testStart, testEnd])).toEqual([
      [6, 9],
      [9, 12],
    ]);
    expect(train(folds)).toEqual([
      [0, 1],
      [0, 1, 2, 3, 4],
    ]);
    expect([embargoBars, warnings]).toEqual([2, []]);
  });

  it("keeps the first fold's length when rolling", () => {
    const { folds } = walkForwardFolds(rowsOf(12, 2), { ...splits, window: "rolling" }, 2, small);
    expect(train(folds)).toEqual([
      [0, 1],
      [3, 4],
    ]);
  });

  it("accepts a smaller embargo with a warning, and purges all the same", () => {
    const { folds, warnings } = walkForwardFolds(rowsOf(12, 2), { ...splits, embargo_bars: 0 }, 2, small);
    expect(warnings).toEqual(["embargo_below_label_horizon"]);
    expect(train(folds)[0]).toEqual([0, 1, 2, 3]);
  });

  it("accepts the classic fraction of the rows", () => {
    expect(walkForwardFolds(rowsOf(100, 2), { ...splits, embargo: 0.031 }, 2, small).embargoBars).toBe(4);
  });

  it("never trains on rows without a label", () => {
    const data = rowsOf(12, 2);
    data.y[0] = Number.NaN;
    data.t1[2] = Number.NaN;
    expect(train(walkForwardFolds(data, splits, 2, small).folds)).toEqual([[1], [1, 3, 4]]);
  });

  it("names required and actual bars when the history is too short", () => {
    expect(() => walkForwardFolds(rowsOf(150, 20), WalkForwardSchema.parse({}), 20)).toThrowError(
      // First test row 45, of which 45 - 40 = 5 rows are trainable: (60 + 40) / 0.3 = 334 bars.
      expect.objectContaining({ code: "HISTORY_TOO_SHORT", facts: expect.objectContaining({ requiredBars: 334, actualBars: 150 }) }),
    );
    expect(walkForwardFolds(rowsOf(334, 20), WalkForwardSchema.parse({}), 20).folds).toHaveLength(5);
  });

  it("asks for sessions where a label decides once a session", () => {
    // 26 quarter hours a session, the fifth carries the label: one row in 26.
    const onceASession = (sessions: number): LabelledRows => {
      const data = rowsOf(26 * sessions, 21);
      return { ...data, y: data.y.map((value, i) => (i % 26 === 4 ? value : Number.NaN)) };
    };
    const split = (sessions: number) => () => walkForwardFolds(onceASession(sessions), WalkForwardSchema.parse({}), 21);
    // 100 sessions: 780 bars before the first test block hold 29 trainable labels. 31 more are 806 bars: (780 + 806) / 0.3.
    expect(split(100)).toThrowError(expect.objectContaining({ facts: expect.objectContaining({ trainableRows: 29, requiredBars: 5287 }) }));
    expect(split(Math.ceil(5287 / 26))().folds).toHaveLength(5);
    expect(split(200)).toThrowError(expect.objectContaining({ code: "HISTORY_TOO_SHORT" }));
  });

  it("never lets a training interval meet a test block, and its test blocks touch without overlap", () => {
    const anyRows = fc.array(fc.nat(12), { minLength: 30, maxLength: 120 });
    const anySplits = fc.record({
      splits: fc.integer({ min: 1, max: 6 }),
      embargo: fc.nat(5),
      window: fc.constantFrom("expanding" as const, "rolling" as const),
    });
    fc.assert(
      fc.property(anyRows, anySplits, (lengths, { splits: count, embargo, window }) => {
        const n = lengths.length;
        const ts = Float64Array.from({ length: n }, (_, i) => i);
        const data = { rows: n, ts, t1: ts.map((start, i) => start + lengths[i]!), y: ts.map(() => 1) };
        const spec = WalkForwardSchema.parse({ splits: count, embargo_bars: embargo, window });
        const { folds } = walkForwardFolds(data, spec, 5, { minTrainRows: 0, minTestRows: 1 });
        let next = folds[0]!.testStart;
        for (const fold of folds) {
          expect(fold.testStart).toBe(next);
          next = fold.testEnd;
          for (const row of fold.train) expect(data.t1[row]!).toBeLessThan(ts[fold.testStart]! - embargo);
        }
        expect(next).toBe(n);
      }),
    );
  });
});

describe("SplitsSchema", () => {
  it("refuses two embargoes at once", () => {
    expect(SplitsSchema.safeParse({ embargo: 0.01, embargo_bars: 3 }).success).toBe(false);
  });

  it("is walk-forward without a kind, with every field in its place: predictions are named by them", () => {
    const walkForward = {
      kind: "walk_forward",
      window: "expanding",
      splits: 5,
      embargo_bars: null,
      embargo: null,
      first_train_share: 0.3,
      inner_folds: 3,
      holdout_share: 0.15,
    };
    expect(SplitsSchema.parse({})).toEqual(walkForward);
    expect(SplitsSchema.parse({ kind: "walk_forward" })).toEqual(walkForward);
    expect(SplitsSchema.parse({ kind: "cpcv" })).toEqual({
      kind: "cpcv",
      n_groups: 6,
      k_test: 2,
      embargo_bars: null,
      embargo: null,
      inner_folds: 3,
      holdout_share: 0.15,
    });
  });

  it("has no field of another kind", () => {
    expect(SplitsSchema.safeParse({ kind: "cpcv", splits: 5 }).success).toBe(false);
    expect(SplitsSchema.safeParse({ kind: "purged_kfold", n_groups: 5 }).success).toBe(false);
    expect(SplitsSchema.safeParse({ n_groups: 5 }).success).toBe(false);
  });

  it("knows which kinds train on later rows, and how many paths they make", () => {
    const kinds = [{}, { kind: "purged_kfold" }, { kind: "cpcv" }].map((form) => SplitsSchema.parse(form));
    expect(kinds.map(trainsOnLaterRows)).toEqual([false, true, true]);
    expect(kinds.map(pathsOfSplits)).toEqual([1, 1, 5]);
  });
});
