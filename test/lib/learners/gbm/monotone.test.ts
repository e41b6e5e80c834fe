import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { monotoneDirections } from "#lib/learners/gbm/monotone.ts";
import { type ResolvedGbmParams, resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { nonLinearRows, nonLinearValues, rowsOf, STUMP } from "../training-data.ts";

describe("monotoneDirections", () => {
  it("gives every feature that a name or glob names its direction", () => {
    expect(monotoneDirections({ "rsi_*": 1, vix: -1 }, ["rsi_14", "close", "vix", "rsi_2"])).toEqual(Int8Array.of(1, 0, -1, 1));
    expect(monotoneDirections({}, ["a"])).toBeNull();
  });

  it.each([
    [{ nothing: 1 as const }, /names no feature/],
    [{ "rsi_*": 1 as const, rsi_14: -1 as const }, /both directions/],
  ])("refuses %j", (monotone, message) => {
    expect(() => monotoneDirections(monotone, ["rsi_14"])).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringMatching(message) }),
    );
  });
});

describe("gbm under monotone constraints", () => {
  it("splits with the direction only, and takes the next best where the best one goes against it", () => {
    // y falls with f0 and rises with f1: a rising constraint on f0 leaves f1.
    const rows = rowsOf(
      [
        [4, 3, 2, 1],
        [1, 2, 3, 4],
      ],
      [0, 0, 1, 1],
    );
    expect(gbm.fit(rows, STUMP, 1).importance()[0]!.feature).toBe("f0");
    expect(gbm.fit(rows, { ...STUMP, monotone: { f0: 1 } }, 1).importance()[0]!.feature).toBe("f1");
    expect(gbm.fit(rows, { ...STUMP, monotone: { f0: -1 } }, 1).importance()[0]!.feature).toBe("f0");
    expect(gbm.fit(rows, { ...STUMP, monotone: { f0: 1, f1: -1 } }, 1).importance()[0]!.splits).toBe(0);
  });

  it("bounds deep trees: both halves stay on their side of the middle", () => {
    // Steps without constraint, at l2 = 0 and h = 1/4: -2, 2 | 0, 2 for the four pairs; the third pair falls below the second.
    const rows = rowsOf([[1, 1, 2, 2, 3, 3, 4, 4]], [0, 0, 1, 1, 0, 1, 1, 1]);
    const predict = (params: Partial<ResolvedGbmParams>) =>
      Array.from(gbm.fit(rows, { ...STUMP, max_depth: 3, l2: 0, ...params }, 1).predict([Float64Array.of(1, 2, 3, 4)])[1]!);
    const free = predict({});
    expect(free[2]).toBeLessThan(free[1]!);
    const bound = predict({ monotone: { f0: 1 } });
    expect(bound).toEqual(bound.toSorted((a, b) => a - b));
    expect(bound[3]).toBeGreaterThan(bound[0]!);
  });

  it("grows the trees of a free fit when the constrained feature never splits", () => {
    const drawn = nonLinearRows(3, 400);
    const rows = { ...drawn, featureNames: [...drawn.featureNames, "constant"], features: [...drawn.features, new Float64Array(400)] };
    const params = resolveGbmParams({ trees: 15, colsample: 1 }, "5m");
    const free = gbm.fit(rows, params, 1);
    const bound = gbm.fit(rows, { ...params, monotone: { constant: 1 } }, 1);
    expect(bound.importance().map(({ splits }) => splits)).toEqual(free.importance().map(({ splits }) => splits));
    const predicted = bound.predict(rows.features)[1]!;
    free.predict(rows.features)[1]!.forEach((p, i) => {
      expect(predicted[i]).toBeCloseTo(p, 12);
    });
  });

  it("never lets a prediction move against a constrained feature, whatever the rest of the row, unknown values included", () => {
    const shape = fc.record({
      seed: fc.nat(1e6),
      task: fc.constantFrom("binary" as const, "multi" as const, "regress" as const),
      rows: fc.integer({ min: 20, max: 150 }),
      max_depth: fc.integer({ min: 1, max: 5 }),
      min_child_rows: fc.constantFrom(1, 5),
      l1: fc.constantFrom(0, 0.2),
      l2: fc.constantFrom(0, 1),
      subsample: fc.constantFrom(0.6, 1),
      direction: fc.constantFrom(1 as const, -1 as const),
    });
    fc.assert(
      fc.property(shape, ({ seed, task, rows: count, direction, ...params }) => {
        const rows = task === "regress" ? nonLinearValues(seed, count) : nonLinearRows(seed, count, task === "binary" ? 2 : 3);
        const model = gbm.fit(rows, { ...STUMP, trees: 12, learning_rate: 0.3, ...params, monotone: { f0: direction } }, 1);
        const rng = createRng(`grid/${seed}`);
        for (let draw = 0; draw < 10; draw++) {
          const grid = Float64Array.from({ length: 60 }, (_, i) => -3 + i / 10);
          const others = rows.features
            .slice(1)
            .map(() => grid.map(() => Number.NaN).fill(rng.uniform() < 0.2 ? Number.NaN : 2 * rng.normal()));
          const predicted = model.predict([grid, ...others]);
          // Of classes: the odds of the highest against the lowest that training had.
          const [low, high] = [predicted.find(([p]) => p! > 0)!, predicted.findLast(([p]) => p! > 0)!];
          const along = task === "regress" ? predicted[0]! : high.map((p, i) => Math.log(p / low[i]!));
          for (let i = 1; i < along.length; i++) expect(direction * (along[i]! - along[i - 1]!)).toBeGreaterThanOrEqual(-1e-12);
        }
      }),
      { numRuns: 120 },
    );
  });

  it("would be broken without the constraint on the same problems", () => {
    const falls = [1, 2, 4, 5].filter((seed) => {
      const rows = nonLinearRows(seed, 150);
      const grid = Float64Array.from({ length: 60 }, (_, i) => -3 + i / 10);
      const predicted = gbm
        .fit(rows, { ...STUMP, trees: 12, max_depth: 4, learning_rate: 0.3 }, 1)
        .predict([grid, ...rows.features.slice(1).map(() => grid.map(() => 1))])[1]!;
      return predicted.some((p, i) => i > 0 && p < predicted[i - 1]!);
    });
    expect(falls).toHaveLength(4);
  });
});
