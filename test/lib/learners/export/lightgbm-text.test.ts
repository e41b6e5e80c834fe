import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassRows, FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";
import { lightgbmText } from "#lib/learners/export/lightgbm-text.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { lightgbmModel } from "#lib/learners/import/lightgbm-model.ts";
import { readLightgbmText as importText } from "#lib/learners/import/lightgbm-text.ts";
import { nonLinearRows, nonLinearValues, rowsOf, STUMP } from "../training-data.ts";
import { hardRows } from "./hard-rows.ts";
import { readLightgbmText } from "./lightgbm-reader.ts";

const grown = (rows: TrainingRows, params = {}): FittedModel =>
  gbm.fit(rows, { ...STUMP, trees: 12, max_depth: 4, learning_rate: 0.3, min_child_weight: 0.5, ...params }, 3);

/** Largest difference between the model and the independent reader of its export. */
function worstDifference(model: FittedModel, features: readonly Float64Array[]): number {
  const reader = readLightgbmText(lightgbmText(model.boosted!));
  const ours = model.predict(features);
  let worst = 0;
  for (let row = 0; row < features[0]!.length; row++) {
    const read = reader.predict(features.map((column) => column[row]!));
    const all = model.task === "classify" && read.length === 1 ? [1 - read[0]!, read[0]!] : read;
    for (const [k, p] of all.entries()) worst = Math.max(worst, Math.abs(p - ours[k]![row]!));
  }
  return worst;
}

describe("lightgbmText", () => {
  it("writes the stump that is worked by hand, the base score in its leaves", () => {
    // y = 0, 1, 1, 1 splits after the first row: base score log 3, p = 3/4, h = 3/16 a row.
    // Left leaf -(3/4) / (3/16 + 1), right leaf (3/4) / (9/16 + 1).
    const model = gbm.fit(rowsOf([[1, 2, 3, 4]], [0, 1, 1, 1]), STUMP, 1);
    const { header, trees } = readLightgbmText(lightgbmText(model.boosted!));
    expect(header).toMatchObject({
      version: "v4",
      objective: "binary sigmoid:1",
      feature_names: "f0",
      max_feature_idx: "0",
      num_class: "1",
    });
    expect(header["feature_infos"]).toBe(`[${1.5 - 2 ** -53 * 2}:${1.5 - 2 ** -53 * 2}]`);
    expect(trees).toHaveLength(1);
    expect(trees[0]).toMatchObject({ leaves: 2, feature: [0], left: [-1], right: [-2] });
    expect(trees[0]!.threshold[0]).toBeLessThan(1.5);
    expect(trees[0]!.value).toEqual([Math.log(3) - 0.75 / 1.1875, Math.log(3) + 0.75 / 1.5625].map((leaf) => expect.closeTo(leaf, 14)));
  });

  it("is read by an independent reader to the same probabilities, on thresholds and unknown values too", () => {
    for (const classes of [2, 3] as const) {
      const rows = nonLinearRows(11, 500, classes);
      const model = grown(rows);
      expect(worstDifference(model, hardRows(model, rows))).toBeLessThan(1e-14);
    }
  });

  it("is read to the same numbers of a regression, and to probabilities that class weights were taken out of", () => {
    const values = nonLinearValues(15, 300);
    const regression = grown(values);
    expect(lightgbmText(regression.boosted!)).toContain("\nobjective=regression\n");
    expect(worstDifference(regression, hardRows(regression, values))).toBeLessThan(1e-15);
    const rows = nonLinearRows(16, 300, 3);
    const weighted = grown(rows, { class_weights: { "-1": 4, "0": 1, "1": 0.5 } });
    expect(worstDifference(weighted, rows.features)).toBeLessThan(1e-14);
    expect(weighted.predict(rows.features)).not.toEqual(grown(rows).predict(rows.features));
  });

  it("gives classes without training rows the probability 0, and a model of one class its certainty", () => {
    const two = nonLinearRows(12, 200);
    const gaps: ClassRows[] = [
      { ...two, classes: [-1, 0, 1], target: two.target.map((k) => 2 * k) },
      { ...two, classes: [-1, 0, 1], target: two.target.map((k) => k + 1) },
      { ...two, classes: [-1, 0, 1, 2], target: nonLinearRows(12, 200, 3).target.map((k) => k + 1) },
      { ...two, target: two.target.map(() => 1) },
      { ...two, target: two.target.map(() => 0) },
      { ...two, classes: [-1, 0, 1], target: two.target.map(() => 1) },
    ];
    for (const rows of gaps) expect(worstDifference(grown(rows), rows.features)).toBeLessThan(1e-14);
  });

  it("writes trees of one leaf when nothing may split", () => {
    const rows = nonLinearRows(13, 60);
    const model = grown(rows, { min_child_rows: 60 });
    expect(readLightgbmText(lightgbmText(model.boosted!)).trees.map(({ leaves }) => leaves)).toEqual(new Array(12).fill(1));
    expect(worstDifference(model, rows.features)).toBeLessThan(1e-15);
  });

  it("gives the same text twice, and sizes that fit the trees", () => {
    const text = lightgbmText(grown(nonLinearRows(14, 300)).boosted!);
    expect(lightgbmText(grown(nonLinearRows(14, 300)).boosted!)).toBe(text);
    expect(text.startsWith("tree\nversion=v4\n")).toBe(true);
    expect(text.endsWith("end of parameters\n\npandas_categorical:null\n")).toBe(true);
  });

  it("refuses names that the format cannot hold", () => {
    const named = (name: string) => ({ ...grown(rowsOf([[1, 2]], [0, 1])).boosted!, featureNames: [name] });
    for (const name of ["a b", "a=b", "a:b", "", "a,b", "a\n"])
      expect(() => lightgbmText(named(name))).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("always comes back from the import as the same model, to the bit", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(2 as const, 3 as const), fc.integer({ min: 1, max: 6 }), (seed, classes, max_depth) => {
        const rows = nonLinearRows(seed, 150, classes);
        const model = grown(rows, { trees: 4, max_depth });
        const back = importText(new TextEncoder().encode(lightgbmText(model.boosted!)));
        const read = lightgbmModel(back, rows.featureNames, rows.classes, "0".repeat(64));
        const features = hardRows(model, rows);
        expect(read.predict(features)).toEqual(model.predict(features));
        // Weights of inner nodes are sums of their leaves' there, in another order.
        const exact = (text: string): string => text.replaceAll(/^(internal_weight|internal_value|tree_sizes)=.*$/gm, "");
        expect(exact(lightgbmText(read.boosted!))).toBe(exact(lightgbmText(model.boosted!)));
        const [ours, theirs] = [model.attribute!(rows.features), read.attribute!(rows.features)];
        for (const [m, columns] of ours.contributions.entries()) {
          expect(Math.abs(ours.base[m]! - theirs.base[m]!)).toBeLessThan(1e-12);
          for (const [f, column] of columns.entries())
            for (const [row, phi] of column.entries()) expect(Math.abs(theirs.contributions[m]![f]![row]! - phi)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 25 },
    );
  });
});
