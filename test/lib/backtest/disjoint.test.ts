import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinatorialFolds } from "#lib/backtest/combinatorial-folds.ts";
import { requireDisjoint } from "#lib/backtest/disjoint.ts";
import { WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { type Fold, walkForwardFolds } from "#lib/backtest/splits.ts";

/** A row a minute whose label ends so many rows later. */
const rowsOf = (spans: readonly number[]) => ({
  rows: spans.length,
  ts: Float64Array.from(spans, (_, row) => 60_000 * row),
  t1: Float64Array.from(spans, (span, row) => 60_000 * (row + span)),
  y: Float64Array.from(spans, (_, row) => (row % 2 === 0 ? 1 : -1)),
});
const foldOf = (train: readonly number[], testStart: number, testEnd: number): Fold => ({
  index: 2,
  train: Int32Array.from(train),
  testStart,
  testEnd,
  embargoBars: 0,
});

describe("requireDisjoint", () => {
  const twelve = rowsOf(Array.from({ length: 12 }, () => 2));

  // The middle fold of twelve rows, label ends two rows later: closed purging keeps 0, 1, 10 and 11.
  it("lets a purged fold through", () => {
    expect(() => requireDisjoint(twelve, foldOf([0, 1, 10, 11], 4, 8))).not.toThrow();
  });

  it.each([
    ["ends where the test block begins", 2],
    ["ends inside it", 3],
    ["is decided before the block's last label ends", 9],
  ])("names a training row that %s", (_, row) => {
    const refusal = expect.objectContaining({ code: "LEAKAGE_DETECTED", facts: expect.objectContaining({ fold: 2, row }) });
    expect(() => requireDisjoint(twelve, foldOf([0, 1, row], 4, 8))).toThrow(refusal);
  });

  it("refuses a training row whose label has no end", () => {
    const unknown = { ...twelve, t1: twelve.t1.map((end, row) => (row === 1 ? Number.NaN : end)) };
    expect(() => requireDisjoint(unknown, foldOf([0, 1], 4, 8))).toThrow("whose label has no end");
  });

  it("looks at every block of a combinatorial fold, not at what lies between", () => {
    const blocks = [
      { start: 0, end: 2 },
      { start: 8, end: 10 },
    ];
    expect(() => requireDisjoint(twelve, { ...foldOf([4, 5], 0, 10), blocks })).not.toThrow();
    expect(() => requireDisjoint(twelve, { ...foldOf([4, 5, 6], 0, 10), blocks })).toThrow(
      expect.objectContaining({ code: "LEAKAGE_DETECTED" }),
    );
  });

  it("never refuses what the splits make, however long labels are", () => {
    const limits = { minTrainRows: 1, minTestRows: 1 };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 120 }),
        fc.integer({ min: 0, max: 5 }),
        (spans, embargo) => {
          const data = rowsOf(spans);
          const forward = walkForwardFolds(data, WalkForwardSchema.parse({ splits: 3, embargo_bars: embargo }), 5, limits).folds;
          for (const fold of [...forward, ...combinatorialFolds(data, 4, 2, embargo, limits)]) requireDisjoint(data, fold);
        },
      ),
    );
  });
});
