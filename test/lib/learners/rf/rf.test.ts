import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeModel } from "#lib/learners/decode-model.ts";
import { readModelFile, writeModelFile } from "#lib/learners/model-file.ts";
import { type ResolvedRfParams, resolveRfParams } from "#lib/learners/rf/params.ts";
import { rf } from "#lib/learners/rf/rf.ts";
import { auc } from "../../../support/auc.ts";
import { nonLinearRows, nonLinearValues, rowsOf, valuesOf } from "../training-data.ts";

const PARAMS: ResolvedRfParams = { trees: 1, max_depth: 3, min_child_rows: 1, mtry: 0, subsample: 1, max_bins: 255 };
const treesOf = (model: { encode(): Uint8Array }) => readModelFile(model.encode()).arrays;

describe("rf", () => {
  it("parts pure classes in one split with the impurity's gain, whatever the bag holds of them", () => {
    // Four equal rows on each side of 2: any bag with both sides splits at 1.5, Gini gain (a^2 / a + b^2 / b) - (a^2 + b^2) / (a + b).
    const rows = rowsOf([[1, 1, 1, 1, 2, 2, 2, 2]], [0, 0, 0, 0, 1, 1, 1, 1]);
    const { feature, value, hessian, gain, output, rows: counts } = treesOf(rf.fit(rows, PARAMS, 3));
    expect([feature, value].map((array) => Array.from(array!))).toEqual([
      [0, -1, -1],
      [1.5, 0, 0],
    ]);
    const [all, left, right] = hessian!;
    expect([all, left! + right!]).toEqual([8, 8]);
    expect(gain![0]).toBeCloseTo(8 - (left! ** 2 + right! ** 2) / 8, 12);
    expect(Array.from(output!)).toEqual([left! / 8, 1, 0, right! / 8, 0, 1]);
    expect(counts![0]).toBeLessThan(9);
  });

  it("averages what the leaves of all trees say", () => {
    const rows = nonLinearRows(3, 200);
    const forest = rf.fit(rows, { ...PARAMS, trees: 7 }, 5);
    const { treeStart, output, feature, missing_left, right, value } = {
      ...treesOf(forest),
      treeStart: treesOf(forest)["tree_start"]!,
    } as Record<string, Float64Array>;
    const nodes = feature!.length;
    const row = rows.features.map((column) => column[11]!);
    let sum = 0;
    for (let tree = 0; tree < 7; tree++) {
      let node = treeStart![tree]!;
      while (feature![node]! >= 0) {
        const x = row[feature![node]!]!;
        node = (Number.isNaN(x) ? missing_left![node] === 1 : x < value![node]!) ? node + 1 : treeStart![tree]! + right![node]!;
      }
      sum += output![nodes + node]!;
    }
    expect(forest.predict(rows.features)[1]![11]).toBeCloseTo(sum / 7, 14);
  });

  it("counts a row as often as it was drawn, times its weight", () => {
    const rows = rowsOf([[1, 2]], [0, 1], [3, 1]);
    // Without a split the root's shares are those of the bag: 3 a : 1 b of a + b = 2 draws.
    const shares = Array.from({ length: 40 }, (_, seed) => treesOf(rf.fit(rows, { ...PARAMS, min_child_rows: 2 }, seed))["output"]![1]!);
    expect(new Set(shares)).toEqual(new Set([0, 0.25, 1]));
  });

  it("looks at as many features as mtry says, and further only when none of them can split", () => {
    const rows = nonLinearRows(9, 400);
    const constant = new Float64Array(400);
    const many = {
      ...rows,
      features: [...rows.features, ...Array(30).fill(constant)],
      featureNames: [...rows.featureNames, ...Array.from({ length: 30 }, (_, i) => `c${i}`)],
    };
    expect(rf.fit(many, { ...PARAMS, mtry: 1, max_depth: 1 }, 1).importance()[0]!.splits).toBe(1);
    // With every feature in sight, stumps on equal bags agree; with one, they do not.
    const chosen = (mtry: number) =>
      new Set(Array.from({ length: 20 }, (_, seed) => rf.fit(rows, { ...PARAMS, mtry, max_depth: 1 }, seed).importance()[0]!.feature));
    expect(chosen(1).size).toBeGreaterThan(chosen(6).size);
  });

  it("sends unknown values to the side that gains more", () => {
    const nan = Number.NaN;
    const repeat = (values: readonly number[]) => values.flatMap((value) => Array<number>(20).fill(value));
    const rows = rowsOf([repeat([1, 2, nan])], repeat([0, 1, 0]));
    const [one, two, unknown] = rf.fit(rows, { ...PARAMS, max_depth: 1 }, 1).predict([Float64Array.of(1, 2, nan)])[1]!;
    expect([one! < 0.5, two! > 0.5, unknown! < 0.5]).toEqual([true, true, true]);
    const apart = rowsOf([repeat([1, 2, nan])], repeat([0, 0, 1]));
    expect(Array.from(rf.fit(apart, { ...PARAMS, max_depth: 1 }, 1).predict([Float64Array.of(1, 2, nan)])[1]!)).toEqual([0, 0, 1]);
  });

  it("learns a function that no straight line fits, in two and in three classes and as a number", () => {
    const params = resolveRfParams({ trees: 120 }, "hourly");
    const two = rf.fit(nonLinearRows(17, 3000), params, 1).predict(nonLinearRows(19, 1500).features);
    expect(auc(two[1]!, nonLinearRows(19, 1500).target)).toBeGreaterThan(0.73);
    const test = nonLinearRows(29, 1500, 3);
    const three = rf.fit(nonLinearRows(23, 3000, 3), params, 1).predict(test.features);
    expect(
      auc(
        three[2]!,
        test.target.map((k) => (k === 2 ? 1 : 0)),
      ),
    ).toBeGreaterThan(0.7);
    const values = nonLinearValues(37, 1500);
    const predicted = rf.fit(nonLinearValues(31, 3000), params, 1).predict(values.features)[0]!;
    const error = (of: (i: number) => number) => values.target.reduce((sum, y, i) => sum + (of(i) - y) ** 2, 0);
    expect(1 - error((i) => predicted[i]!) / error(() => 0.002)).toBeGreaterThan(0.35);
  });

  it("does not depend on the unit of a number", () => {
    const rows = nonLinearValues(3, 300);
    const [plain, scaled] = [rows, { ...rows, target: rows.target.map((y) => y * 2 ** -20) }].map(
      (data) => rf.fit(data, { ...PARAMS, trees: 5 }, 1).predict(rows.features)[0]!,
    );
    scaled!.forEach((value, i) => {
      expect(value * 2 ** 20).toBeCloseTo(plain![i]!, 12);
    });
  });

  it("keeps leaves at or above min_child_rows and trees within max_depth", () => {
    const shape = fc.record({
      seed: fc.nat(1e5),
      rows: fc.integer({ min: 1, max: 80 }),
      min_child_rows: fc.integer({ min: 1, max: 9 }),
      max_depth: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(shape, ({ seed, rows, ...params }) => {
        const {
          feature,
          rows: counts,
          tree_start,
        } = treesOf(rf.fit(nonLinearRows(seed, rows, 3), { ...PARAMS, trees: 3, ...params }, seed));
        for (let tree = 0; tree + 1 < (tree_start?.length ?? 0); tree++) {
          const [start, end] = [tree_start![tree]!, tree_start![tree + 1]!];
          expect(end - start).toBeLessThanOrEqual(2 ** (params.max_depth + 1) - 1);
          for (let node = start; node < end; node++)
            if (end - start > 1 && feature![node]! < 0) expect(counts![node]).toBeGreaterThanOrEqual(params.min_child_rows);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("predicts the mean when all targets are equal", () => {
    const model = rf.fit(valuesOf([[1, 2]], [0.1, 0.1]), PARAMS, 1);
    expect([model.degenerate, model.predict([Float64Array.of(5)])]).toEqual(["constant_target", [Float64Array.of(0.1)]]);
  });

  const file = readModelFile(rf.fit(rowsOf([[1, 1, 2, 2]], [0, 0, 1, 1]), PARAMS, 3).encode());
  it.each([
    ["too few outputs", { output: new Float64Array(1) }, {}],
    ["an output that is not finite", { output: Float64Array.from({ length: file.arrays["output"]!.length }, () => Number.NaN) }, {}],
    ["a mean of classes", {}, { mean: 1 }],
    ["another task", {}, { task: "regress" }],
    ["medians of other features", {}, { medians: [1, 2] }],
    ["too few priors", {}, { priors: [1] }],
    ["trees of a degenerate model", {}, { degenerate: "single_class" }],
  ])("refuses a file with %s", (_, arrays, header) => {
    expect(() =>
      decodeModel(writeModelFile({ header: { ...file.header, ...header }, arrays: { ...file.arrays, ...arrays } })),
    ).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
  });
});
