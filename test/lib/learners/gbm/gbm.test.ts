import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassRows } from "#lib/learners/define-learner.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { type ResolvedGbmParams, resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { readModelFile } from "#lib/learners/model-file.ts";
import { auc } from "../../../support/auc.ts";
import { logLoss, nonLinearRows, rowsOf, STUMP } from "../training-data.ts";
import { exhaustiveTree } from "./exhaustive-tree.ts";

const up = (rows: ClassRows, params: Partial<ResolvedGbmParams> = {}, features = rows.features) =>
  Array.from(gbm.fit(rows, { ...STUMP, ...params }, 1).predict(features)[1]!);
const trainingLoss = (rows: ClassRows, params: ResolvedGbmParams) =>
  (readModelFile(gbm.fit(rows, params, 1).encode()).header["training"] as { loss: number }).loss;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe("gbm", () => {
  // p = 1/2, so g = +-1/2 and h = 1/4: the split at 2.5 has G = 1, H = 1/2 on its left and the opposite on its right.
  // Leaves -1/(1/2 + 1) and +1/(1/2 + 1); gain 1/1.5 + 1/1.5 - 0.
  const four = rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]);

  it("grows the tree that is worked by hand", () => {
    expect(up(four)).toEqual([sigmoid(-2 / 3), sigmoid(-2 / 3), sigmoid(2 / 3), sigmoid(2 / 3)].map((p) => expect.closeTo(p, 15)));
    expect(gbm.fit(four, STUMP, 1).importance()).toEqual([{ feature: "f0", gain: expect.closeTo(4 / 3, 12), cover: 1, splits: 1 }]);
  });

  it("puts the threshold half-way, and values on it to the right", () => {
    const [below, on] = up(four, {}, [Float64Array.of(2.4999999, 2.5)]);
    expect(below).toBeLessThan(0.5);
    expect(on).toBeGreaterThan(0.5);
  });

  it("applies learning rate, L1 and L2 to the leaves", () => {
    // (1 - 0.25) / (0.5 + 2) * 0.1 = 0.03
    expect(up(four, { learning_rate: 0.1, l1: 0.25, l2: 2 })[3]).toBeCloseTo(sigmoid(0.03), 14);
    // |G| = 1 <= l1: no leaf can move.
    expect(up(four, { l1: 1 })).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("starts from the weighted log-odds, and stays there when nothing may split", () => {
    const rows = rowsOf([[1, 2, 3, 4]], [0, 1, 1, 1], [3, 1, 1, 1]);
    expect(up(rows, { min_child_rows: 3 })).toEqual([0.5, 0.5, 0.5, 0.5].map((p) => expect.closeTo(p, 15)));
    expect(up(rowsOf([[1, 2, 3, 4]], [0, 1, 1, 1]), { min_child_rows: 3 })[0]).toBeCloseTo(0.75, 14);
  });

  it("keeps leaves at or above min_child_rows and min_child_weight", () => {
    // y = 1 in the first row only: the best split is after it, unless a leaf needs two rows or half a hessian of 3/16 each.
    const rows = rowsOf([[1, 2, 3, 4]], [1, 0, 0, 0]);
    expect(up(rows)[1]).toBe(up(rows)[2]);
    for (const params of [{ min_child_rows: 2 }, { min_child_weight: 0.3 }]) {
      const [first, second, third] = up(rows, params);
      expect(first).toBe(second);
      expect(second).not.toBe(third);
    }
  });

  it("sends unknown values to the side that gains more, also when that separates them from all known ones", () => {
    const nan = Number.NaN;
    const apart = rowsOf([[1, 2, nan, nan]], [0, 0, 1, 1]);
    expect(up(apart, {}, [Float64Array.of(-100, 100, nan)]).map((p) => p > 0.5)).toEqual([false, false, true]);
    const right = rowsOf([[1, 2, 3, nan]], [0, 0, 1, 1]);
    expect(up(right, {}, [Float64Array.of(1, 3, nan)]).map((p) => p > 0.5)).toEqual([false, true, true]);
    const left = rowsOf([[1, 2, 3, nan]], [0, 1, 1, 0]);
    expect(up(left, {}, [Float64Array.of(1, 3, nan)]).map((p) => p > 0.5)).toEqual([false, true, false]);
  });

  it("sends unknown values that training never saw to the heavier side", () => {
    const rows = rowsOf([[1, 2, 3, 4, 5]], [0, 0, 1, 1, 1]);
    expect(up(rows, {}, [Float64Array.of(Number.NaN)])[0]).toBe(up(rows)[4]);
    const mirrored = rowsOf([[1, 2, 3, 4, 5]], [1, 1, 1, 0, 0]);
    expect(up(mirrored, {}, [Float64Array.of(Number.NaN)])[0]).toBe(up(mirrored)[0]);
  });

  it("separates infinities from numbers and from unknown values", () => {
    const rows = rowsOf([[Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.NaN]], [0, 0, 1, 1]);
    expect(up(rows).map((p) => p > 0.5)).toEqual([false, false, true, true]);
    const apart = rowsOf([[Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.NaN]], [1, 0, 0, 1]);
    const deep = { max_depth: 3, l2: 0 };
    expect(up(apart, deep).map((p) => p > 0.5)).toEqual([true, false, false, true]);
  });

  it("takes the first feature and the lowest threshold of equal gains", () => {
    const column = [1, 2, 3, 4];
    const model = gbm.fit(rowsOf([column, column.map((x) => -x), column], [0, 1, 1, 0]), { ...STUMP, max_depth: 1 }, 1);
    expect(model.importance().map(({ splits }) => splits)).toEqual([1, 0, 0]);
    const [first, second, , fourth] = model.predict([Float64Array.from(column), Float64Array.from(column), Float64Array.from(column)])[1]!;
    expect(first).toBeLessThan(second!);
    expect(fourth).toBe(second);
  });

  it("treats a weight of k as k rows", () => {
    const rng = nonLinearRows(3, 200);
    const coarse = rng.features.map((column) => column.map((x) => Math.round(2 * x)));
    const times = Int32Array.from(rng.target, (_, i) => 1 + (i % 3));
    const repeat = <T extends number>(column: ArrayLike<T>) => Array.from(column).flatMap((x, i) => Array<T>(times[i]!).fill(x));
    const params = { ...STUMP, trees: 20, max_depth: 3, learning_rate: 0.3, min_child_weight: 1 };
    const weighted = up(rowsOf(coarse, Array.from(rng.target), Array.from(times)), params, coarse);
    const repeated = up(rowsOf(coarse.map(repeat), repeat(rng.target)), params, coarse);
    weighted.forEach((p, i) => {
      expect(p).toBeCloseTo(repeated[i]!, 10);
    });
  });

  it("lowers the training loss with every tree", () => {
    const rows = nonLinearRows(5, 400);
    const losses = [1, 2, 4, 8, 16, 32].map((trees) => trainingLoss(rows, { ...STUMP, trees, max_depth: 3, learning_rate: 0.2 }));
    losses.slice(1).forEach((loss, i) => {
      expect(loss).toBeLessThan(losses[i]!);
    });
  });

  it.each([
    ["all rows", {}],
    ["drawn rows and columns", { subsample: 0.6, colsample: 0.5, min_child_rows: 20 }],
  ])("predicts for training rows what training ended with: %s", (_, params) => {
    for (const classCount of [2, 3] as const) {
      const rows = nonLinearRows(7, 500, classCount);
      const model = gbm.fit(rows, resolveGbmParams({ trees: 40, ...params }, "5m"), 9);
      const { training } = readModelFile(model.encode()).header as { training: { loss: number } };
      // The stored loss comes from the margins that training kept, so equality to the bit means equal margins.
      expect(logLoss(model.predict(rows.features), rows)).toBe(training.loss);
    }
  });

  it("gives the same bytes for the same seed, and others for another", () => {
    const rows = nonLinearRows(11, 300);
    const params = resolveGbmParams({ trees: 10 }, "daily");
    const [once, again, other] = [1, 1, 2].map((seed) => Buffer.from(gbm.fit(rows, params, seed).encode()).toString("base64"));
    expect(again).toBe(once);
    const treesOf = (base64: string) => readModelFile(Buffer.from(base64, "base64")).arrays["value"];
    expect(treesOf(other!)).not.toEqual(treesOf(once!));
  });

  it("learns a function that no straight line fits", () => {
    const [train, test] = [nonLinearRows(17, 4000), nonLinearRows(19, 2000)];
    const model = gbm.fit(train, resolveGbmParams({ trees: 150 }, "5m"), 1);
    const probabilities = model.predict(test.features);
    expect(auc(probabilities[1]!, test.target)).toBeGreaterThan(0.75);
    const share = train.target.reduce((sum, k, i) => sum + k * train.weight[i]!, 0) / train.weight.reduce((sum, w) => sum + w, 0);
    const floor = [new Float64Array(test.rows).fill(1 - share), new Float64Array(test.rows).fill(share)];
    expect(logLoss(probabilities, test)).toBeLessThan(logLoss(floor, test) - 0.1);
    expect(
      model
        .importance()
        .slice(0, 3)
        .map(({ feature }) => feature)
        .sort(),
    ).toEqual(["f0", "f1", "f2"]);
  });

  it("learns three classes", () => {
    const [train, test] = [nonLinearRows(23, 4000, 3), nonLinearRows(29, 2000, 3)];
    const probabilities = gbm.fit(train, resolveGbmParams({ trees: 100 }, "5m"), 1).predict(test.features);
    expect(
      auc(
        probabilities[2]!,
        test.target.map((k) => (k === 2 ? 1 : 0)),
      ),
    ).toBeGreaterThan(0.72);
    expect(
      auc(
        probabilities[0]!,
        test.target.map((k) => (k === 0 ? 1 : 0)),
      ),
    ).toBeGreaterThan(0.72);
  });

  it("predicts the prior when all rows have one class, and says so", () => {
    const model = gbm.fit(rowsOf([[1, 2, 3]], [1, 1, 1]), STUMP, 1);
    expect(model.degenerate).toBe("single_class");
    expect(model.predict([Float64Array.of(1, 9)]).map((column) => Array.from(column))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(gbm.fit(four, STUMP, 1).degenerate).toBeNull();
  });

  it("gives a class without rows probability 0 and learns the others", () => {
    const rows = rowsOf([[1, 2, 3, 4]], [0, 0, 2, 2], undefined, [-1, 0, 1]);
    const model = gbm.fit(rows, STUMP, 1);
    const [down, flat, upward] = model.predict(rows.features);
    expect(model.degenerate).toBeNull();
    expect(Array.from(flat!)).toEqual([0, 0, 0, 0]);
    expect(upward![3]).toBeCloseTo(sigmoid(2 / 3), 14);
    expect(down![3]).toBeCloseTo(sigmoid(-2 / 3), 14);
  });

  it("works the first multiclass round by hand", () => {
    // Shares 1/2, 1/4, 1/4; h has the factor K/(K - 1) = 3/2. Class 0: g = -1/2 on rows 0 and 1, +1/2 on 2 and 3; h = 3/8 each.
    // Split at 2.5: leaves +-1 / (3/4 + 1).
    const rows = rowsOf([[1, 2, 3, 4]], [0, 0, 1, 2], undefined, [-1, 0, 1]);
    const file = readModelFile(gbm.fit(rows, STUMP, 1).encode());
    expect(Array.from(file.arrays["tree_start"]!.subarray(0, 2))).toEqual([0, 3]);
    expect(Array.from(file.arrays["value"]!.subarray(0, 3))).toEqual([2.5, expect.closeTo(1 / 1.75, 14), expect.closeTo(-1 / 1.75, 14)]);
  });

  it("fits without features: the base rates", () => {
    expect(gbm.fit(rowsOf([], [0, 1, 1, 1]), STUMP, 1).predict([])).toEqual([new Float64Array(0), new Float64Array(0)]);
  });

  it.each([
    ["HISTORY_TOO_SHORT", rowsOf([[]], [])],
    ["INVALID_PARAM", rowsOf([[1, 2]], [0, 2])],
    ["INVALID_PARAM", rowsOf([[1, 2]], [0, 1], [1, 0])],
    ["INVALID_PARAM", rowsOf([[1, 2]], [0, 1], [1, Number.NaN])],
    ["INVALID_PARAM", rowsOf([[1, 2, 3]], [0, 1])],
  ])("refuses rows that no learner can use: %s", (code, rows) => {
    expect(() => gbm.fit(rows, STUMP, 1)).toThrowError(expect.objectContaining({ code }));
  });

  it("refuses columns that do not match the model", () => {
    const model = gbm.fit(four, STUMP, 1);
    expect(() => model.predict([])).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  const cell = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) }, fc.double(), fc.constant(Number.NaN));
  const anyRows = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(2, 3))
    .chain(([rows, features, classes]) =>
      fc.record({
        columns: fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: features, maxLength: features }),
        target: fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows }),
        weight: fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: rows, maxLength: rows }),
        classes: fc.constant(classes === 2 ? [-1, 1] : [-1, 0, 1]),
      }),
    );
  const anyParams = fc.record({
    trees: fc.integer({ min: 1, max: 12 }),
    max_depth: fc.integer({ min: 1, max: 5 }),
    learning_rate: fc.constantFrom(0.1, 1),
    min_child_rows: fc.integer({ min: 1, max: 4 }),
    min_child_weight: fc.constantFrom(0, 0.01, 1),
    subsample: fc.constantFrom(0.5, 1),
    colsample: fc.constantFrom(0.5, 1),
    l2: fc.constantFrom(0, 1),
    l1: fc.constantFrom(0, 0.1),
    max_bins: fc.constantFrom(2, 5, 255),
  });

  it("always predicts finite probabilities that sum to 1, whatever rows, parameters and new values", () => {
    fc.assert(
      fc.property(
        anyRows,
        anyParams,
        fc.array(cell, { minLength: 4, maxLength: 4 }),
        ({ columns, target, weight, classes }, params, fresh) => {
          const rows = rowsOf(columns, target, weight, classes);
          const model = gbm.fit(rows, { ...STUMP, ...params }, 3);
          for (const features of [rows.features, columns.map((_, i) => Float64Array.of(fresh[i]!))]) {
            const probabilities = model.predict(features);
            for (let row = 0; row < features[0]!.length; row++) {
              const values = probabilities.map((column) => column[row]!);
              for (const p of values) expect(p >= 0 && p <= 1).toBe(true);
              expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
            }
          }
          const { training } = readModelFile(model.encode()).header as { training: { loss: number } };
          expect(logLoss(model.predict(rows.features), rows)).toBe(training.loss);
        },
      ),
    );
  });

  it("grows the tree that an exhaustive search over rows grows", () => {
    const shape = fc.record({
      seed: fc.nat(1e6),
      rows: fc.integer({ min: 4, max: 60 }),
      max_depth: fc.integer({ min: 1, max: 4 }),
      min_child_rows: fc.integer({ min: 1, max: 6 }),
      min_child_weight: fc.constantFrom(0, 0.5, 1),
      l1: fc.constantFrom(0, 0.2),
      l2: fc.constantFrom(0.5, 2),
    });
    fc.assert(
      fc.property(shape, ({ seed, rows, ...params }) => {
        const drawn = nonLinearRows(seed, rows);
        // Few values, so that bins hold several rows; weights without pattern, so that no two splits gain the same.
        const data = {
          ...drawn,
          features: drawn.features.slice(0, 3).map((column) => column.map((x) => Math.round(3 * x))),
          featureNames: ["a", "b", "c"],
        };
        fc.pre(data.target.includes(0) && data.target.includes(1));
        const margins = exhaustiveTree(data, { ...STUMP, ...params });
        up(data, params).forEach((p, i) => {
          expect(p).toBeCloseTo(sigmoid(margins[i]!), 9);
        });
      }),
      { numRuns: 150 },
    );
  });

  it("does not depend on the order of the features when all are used", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }), (seed, order) => {
        // Two features can part a small node alike: the same rows, in sums of another order. Hence not to the bit.
        const rows = nonLinearRows(seed, 120);
        const params = { ...STUMP, trees: 5, max_depth: 3, l2: 1, min_child_weight: 1 };
        const permuted = { ...rows, features: order.map((i) => rows.features[i]!), featureNames: order.map((i) => rows.featureNames[i]!) };
        const plain = up(rows, params);
        up(permuted, params).forEach((p, i) => {
          expect(p).toBeCloseTo(plain[i]!, 9);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("resolveGbmParams", () => {
  it("has its own defaults for daily and for intraday bars", () => {
    expect(resolveGbmParams({}, "daily")).toEqual({
      trees: 150,
      max_depth: 3,
      learning_rate: 0.03,
      min_child_rows: 20,
      min_child_weight: 1,
      subsample: 0.6,
      colsample: 0.5,
      l2: 5,
      l1: 0,
      max_bins: 255,
      early_stopping_rounds: 0,
      validation_share: 0.2,
      class_weights: "none",
      monotone: {},
    });
    expect(resolveGbmParams({}, "hourly")).toMatchObject({ trees: 300, max_depth: 4, learning_rate: 0.08, subsample: 0.9, colsample: 0.9 });
  });

  it("keeps what the configuration states", () => {
    expect(resolveGbmParams({ trees: 7, l1: 0.5 }, "daily")).toMatchObject({ trees: 7, l1: 0.5, max_depth: 3 });
  });
});
