import { describe, expect, it } from "vitest";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import type { Attributions } from "#lib/learners/shap/attributions.ts";
import { upMarginOf } from "#lib/learners/shap/up-margin.ts";
import { nonLinearRows, STUMP } from "../training-data.ts";

const column = (...values: number[]) => Float64Array.from(values);
const two: Attributions = { scale: "log_odds", classOf: [1], against: 0, base: [0.5], contributions: [[column(1, 2), column(-3, 4)]] };
const three: Attributions = {
  scale: "one_vs_rest",
  classOf: [0, 1, 2],
  against: null,
  base: [0.1, 0, 0.4],
  contributions: [[column(1)], [column(9)], [column(5)]],
};

describe("upMarginOf", () => {
  it("is the margin of two classes, or its opposite when the margin speaks for DOWN", () => {
    expect(upMarginOf(two, 1, 0)).toEqual({ scale: "log_odds", base: 0.5, contributions: [column(1, 2), column(-3, 4)] });
    expect(upMarginOf(two, 0, 1)).toEqual({ scale: "log_odds", base: -0.5, contributions: [column(-1, -2), column(3, -4)] });
  });

  it("is the difference of two margins of three classes", () => {
    expect(upMarginOf(three, 2, 0)).toEqual({ scale: "one_vs_rest", base: 0.4 - 0.1, contributions: [column(4)] });
  });

  it("is the prediction of a regression", () => {
    const regression: Attributions = { ...two, scale: "value", classOf: [], against: null };
    expect(upMarginOf(regression, -1, -1)).toEqual({ scale: "value", base: 0.5, contributions: two.contributions[0] });
  });

  it("is nothing when the model saw no row of a side", () => {
    expect(upMarginOf({ ...two, classOf: [2], against: 1 }, 2, 0)).toBeNull();
    expect(upMarginOf({ ...three, classOf: [1, 2, 3] }, 2, 0)).toBeNull();
    expect(upMarginOf({ scale: "log_odds", classOf: [], against: null, base: [], contributions: [] }, 1, 0)).toBeNull();
  });

  it("always adds up to log(p up / p down) of the model's probabilities", () => {
    for (const classes of [2, 3] as const) {
      const rows = nonLinearRows(31, 200, classes);
      const model = gbm.fit(rows, { ...STUMP, trees: 10, max_depth: 4 }, 1);
      const [up, down] = [rows.classes.indexOf(1), rows.classes.indexOf(-1)];
      const { base, contributions } = upMarginOf(model.attribute!(rows.features), up, down)!;
      const p = model.predict(rows.features);
      for (let row = 0; row < rows.rows; row++) {
        const sum = contributions.reduce((total, phi) => total + phi[row]!, base);
        expect(Math.abs(sum - Math.log(p[up]![row]! / p[down]![row]!))).toBeLessThan(1e-9);
      }
    }
  });
});
