import { describe, expect, it } from "vitest";
import { learnerOf } from "#lib/learners/catalog.ts";
import { decodeModel } from "#lib/learners/decode-model.ts";
import type { FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { nonLinearRows, nonLinearValues, rowsOf, STUMP } from "../training-data.ts";

const fitted = (rows: TrainingRows): FittedModel =>
  learnerOf(LearnerSchema.parse({ algo: "gbm", params: { trees: 40, max_depth: 5, min_child_rows: 2 } }), "hourly").fit(rows, 5);

/** Base and contributions of a margin, added up for each row. */
const marginsOf = (model: FittedModel, features: readonly Float64Array[], margin: number): number[] => {
  const { base, contributions } = model.attribute!(features);
  return Array.from(features[0]!, (_, row) => contributions[margin]!.reduce((sum, column) => sum + column[row]!, base[margin]!));
};

describe("attributions of gbm", () => {
  it("are worked by hand for one tree of one split", () => {
    // Margin 0, leaves -2/3 and +2/3 with two rows each: nothing is expected, the one feature explains it all.
    const model = gbm.fit(rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]), STUMP, 1);
    const { classOf, base, contributions } = model.attribute!([Float64Array.of(0, 9)]);
    expect(classOf).toEqual([1]);
    expect(base[0]).toBeCloseTo(0, 14);
    expect(Array.from(contributions[0]![0]!)).toEqual([expect.closeTo(-2 / 3, 14), expect.closeTo(2 / 3, 14)]);
  });

  it("add up to the log-odds of the second class, unknown values included", () => {
    const rows = nonLinearRows(3, 400);
    const model = fitted(rows);
    const [down, up] = model.predict(rows.features);
    for (const [row, margin] of marginsOf(model, rows.features, 0).entries())
      expect(Math.abs(margin - Math.log(up![row]! / down![row]!))).toBeLessThan(1e-9);
  });

  it("add up to one margin for each class, whose differences are the log-odds between classes", () => {
    const rows = nonLinearRows(4, 400, 3);
    const model = fitted(rows);
    expect(model.attribute!(rows.features).classOf).toEqual([0, 1, 2]);
    const probabilities = model.predict(rows.features);
    const [a, b, c] = [0, 1, 2].map((m) => marginsOf(model, rows.features, m));
    for (let row = 0; row < rows.rows; row++) {
      const odds = (k: number, l: number) => Math.log(probabilities[k]![row]! / probabilities[l]![row]!);
      expect(Math.abs(a![row]! - b![row]! - odds(0, 1))).toBeLessThan(1e-9);
      expect(Math.abs(c![row]! - b![row]! - odds(2, 1))).toBeLessThan(1e-9);
    }
  });

  it("add up to the prediction of a regression, whose margin speaks for no class", () => {
    const rows = nonLinearValues(9, 300);
    const model = gbm.fit(rows, { ...STUMP, trees: 20, max_depth: 4 }, 1);
    expect(model.attribute!(rows.features).classOf).toEqual([]);
    const [predicted] = model.predict(rows.features);
    for (const [row, margin] of marginsOf(model, rows.features, 0).entries())
      expect(Math.abs(margin - predicted![row]!)).toBeLessThan(1e-12);
  });

  it("name the classes that had training rows", () => {
    const rows = { ...nonLinearRows(5, 200), classes: [-1, 0, 1] };
    const model = fitted({ ...rows, target: rows.target.map((k) => 2 * k) });
    expect(model.attribute!(rows.features).classOf).toEqual([2]);
    const { classOf, base, contributions } = fitted(rowsOf([[1, 2]], [0, 0])).attribute!([Float64Array.of(1)]);
    expect([classOf, base, contributions]).toEqual([[], [], []]);
  });

  it("are the same of the model that was stored and read again", () => {
    const rows = nonLinearRows(6, 200);
    const model = fitted(rows);
    expect(decodeModel(model.encode()).attribute!(rows.features)).toEqual(model.attribute!(rows.features));
  });

  it("refuse columns of another model", () => {
    expect(() => fitted(nonLinearRows(7, 100)).attribute!([Float64Array.of(1)])).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });
});

describe.each(["rf", "cart"] as const)("attributions of %s", (algo) => {
  const fittedTo = (rows: TrainingRows): FittedModel =>
    learnerOf(LearnerSchema.parse({ algo, params: algo === "rf" ? { trees: 15, max_depth: 5 } : {} }), "hourly").fit(rows, 5);

  it("add up to the probability of each class, unknown values included, and say so", () => {
    for (const classes of [2, 3] as const) {
      const rows = nonLinearRows(71, 250, classes);
      const model = fittedTo(rows);
      expect(model.attribute!(rows.features)).toMatchObject({
        scale: "probability",
        classOf: rows.classes.map((_, k) => k),
        against: null,
      });
      const probabilities = model.predict(rows.features);
      for (let k = 0; k < classes; k++)
        for (const [row, sum] of marginsOf(model, rows.features, k).entries())
          expect(Math.abs(sum - probabilities[k]![row]!)).toBeLessThan(1e-9);
    }
  });

  it("add up to the prediction of a regression", () => {
    const rows = nonLinearValues(72, 250);
    const model = fittedTo(rows);
    expect(model.attribute!(rows.features)).toMatchObject({ scale: "value", classOf: [] });
    const [predicted] = model.predict(rows.features);
    for (const [row, sum] of marginsOf(model, rows.features, 0).entries()) expect(Math.abs(sum - predicted![row]!)).toBeLessThan(1e-9);
  });

  it("are the same of the model that was stored, and none of a model of one class", () => {
    const rows = nonLinearRows(73, 150);
    const model = fittedTo(rows);
    expect(decodeModel(model.encode()).attribute!(rows.features)).toEqual(model.attribute!(rows.features));
    const one = fittedTo(rowsOf([[1, 2, 3]], [1, 1, 1]));
    expect(one.attribute!([Float64Array.of(1)])).toMatchObject({ base: [], contributions: [] });
  });
});

describe("attributions of prior", () => {
  it("are absent: it reads no feature", () => {
    expect(learnerOf(LearnerSchema.parse({ algo: "prior" }), "daily").fit(nonLinearRows(8, 50), 1).attribute).toBeUndefined();
  });
});
