import { describe, expect, it } from "vitest";
import type { CalibratorJson } from "#lib/learners/calibration/calibrator.schema.ts";
import { calibratorFromJson, fitCalibrator } from "#lib/learners/calibration/calibrator.ts";
import type { ClassRows, FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";
import { onnxModel } from "#lib/learners/export/onnx.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { marginsOf } from "#lib/learners/logistic.ts";
import { nonLinearRows, nonLinearValues, rowsOf, STUMP } from "../training-data.ts";
import { hardRows } from "./hard-rows.ts";
import { readOnnx } from "./onnx-reader.ts";

const grown = (rows: TrainingRows, params = {}): FittedModel =>
  gbm.fit(rows, { ...STUMP, trees: 12, max_depth: 4, learning_rate: 0.3, min_child_weight: 0.5, ...params }, 3);

const bytesOf = (model: FittedModel, calibrator: CalibratorJson | null): Uint8Array =>
  onnxModel({ trees: model.boosted!, calibrator, classes: model.classes });

const table = (columns: readonly Float64Array[]): number[][] => Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]!));

/** Largest difference between model and calibrator, and the independent reader of their export. */
function worstDifference(model: FittedModel, calibrator: CalibratorJson | null, features: readonly Float64Array[]): number {
  const { probabilities } = readOnnx(bytesOf(model, calibrator)).run(table(features));
  const plain = model.predict(features);
  const ours = table(calibrator === null ? plain : calibratorFromJson(calibrator).apply(plain));
  return Math.max(...ours.flatMap((row, i) => row.map((p, k) => Math.abs(p - probabilities![i]![k]!))));
}

/** A calibrator fitted on other rows of the same kind. */
function calibratorOf(model: FittedModel, kind: "sigmoid" | "isotonic", rows: ClassRows): CalibratorJson {
  return fitCalibrator(kind, marginsOf(model.predict(rows.features)), rows.target, rows.weight).toJson();
}

describe("onnxModel", () => {
  it("writes the stump that is worked by hand", () => {
    const model = gbm.fit(rowsOf([[1, 2, 3, 4]], [0, 0, 1, 1]), STUMP, 1);
    const read = readOnnx(bytesOf(model, null));
    expect(read.opsets).toEqual({ "": 21, "ai.onnx.ml": 5 });
    expect(read.outputs).toEqual(["margins", "probabilities"]);
    expect(read.metadata).toEqual({ classes: "[-1,1]", feature_names: '["f0"]', calibration: "null" });
    // Leaves -2/3 and 2/3, threshold 2.5: values on it go right.
    const { margins, probabilities } = read.run([[2.4999999], [2.5]]);
    expect(margins!.flat()).toEqual([expect.closeTo(-2 / 3, 14), expect.closeTo(2 / 3, 14)]);
    expect(probabilities![1]).toEqual([1 / (1 + Math.exp(2 / 3)), 1 / (1 + Math.exp(-2 / 3))].map((p) => expect.closeTo(p, 14)));
  });

  it.each([2, 3] as const)(
    "is read by an independent reader to the same probabilities of %d classes, before calibration and after",
    (classes) => {
      const model = grown(nonLinearRows(21, 500, classes));
      const features = hardRows(model, nonLinearRows(21, 500, classes));
      const others = nonLinearRows(22, 2000, classes);
      const sigmoid = calibratorOf(model, "sigmoid", others);
      const isotonic = calibratorOf(model, "isotonic", others);
      expect(sigmoid.maps.map(({ map }) => map)).toContain("platt");
      expect(isotonic.maps.map(({ map }) => map)).toContain("isotonic");
      for (const calibrator of [null, sigmoid, isotonic]) expect(worstDifference(model, calibrator, features)).toBeLessThan(1e-12);
    },
  );

  it("holds a mixture of maps, and margins beyond what a calibrator reads", () => {
    const rows = nonLinearRows(23, 300, 3);
    const sure = grown(rows, { trees: 300, learning_rate: 1, max_depth: 6, l2: 0, min_child_weight: 0 });
    const calibrator: CalibratorJson = {
      schema_version: 1,
      kind: "isotonic",
      classes: 3,
      rows: 1000,
      notes: ["no_skill_partial"],
      maps: [
        { map: "base_rate", value: 0.3, z: 0.1 },
        { map: "isotonic", scores: [-1, 0, 0.5], values: [0.1, 0.1, 0.9], z: 5 },
        { map: "platt", a: -0.5, b: 0.1, z: 4 },
      ],
    };
    expect(worstDifference(sure, calibrator, rows.features)).toBeLessThan(1e-6);
    expect(worstDifference(grown(rows), calibrator, rows.features)).toBeLessThan(1e-12);
    const point: CalibratorJson = { ...calibrator, classes: 2, maps: [{ map: "isotonic", scores: [0.25], values: [0.6], z: 2 }] };
    expect(worstDifference(grown(nonLinearRows(23, 300)), point, rows.features)).toBeLessThan(1e-15);
  });

  it("gives classes without training rows the probability 0, and a model of one class its certainty", () => {
    const two = nonLinearRows(24, 200);
    const gaps: ClassRows[] = [
      { ...two, classes: [-1, 0, 1], target: two.target.map((k) => 2 * k) },
      { ...two, classes: [-1, 0, 1, 2], target: nonLinearRows(24, 200, 3).target.map((k) => k + 1) },
      { ...two, target: two.target.map(() => 1) },
      { ...two, classes: [-1, 0, 1], target: two.target.map(() => 1) },
    ];
    for (const rows of gaps) {
      const model = grown(rows);
      expect(worstDifference(model, null, rows.features)).toBeLessThan(1e-14);
      if (model.degenerate === null)
        expect(worstDifference(model, calibratorOf(model, "sigmoid", rows), rows.features)).toBeLessThan(1e-12);
    }
  });

  it("gives the probabilities of a regression's sign, when it is calibrated", () => {
    const values = nonLinearValues(30, 300);
    const model = grown(values);
    const [predicted] = model.predict(values.features);
    for (const kind of ["sigmoid", "isotonic"] as const) {
      const others = nonLinearValues(31, 2000);
      const signs = Int32Array.from(others.target, (value) => (value > 0 ? 1 : 0));
      const calibrator = fitCalibrator(kind, model.predict(others.features), signs, others.weight, { unit: 0.01 });
      const bytes = onnxModel({ trees: model.boosted!, calibrator: calibrator.toJson(), classes: [-1, 1] });
      const { probabilities, margins } = readOnnx(bytes).run(table(values.features));
      const ours = calibrator.applyToMargins([predicted!]);
      expect(new Set(ours[1]).size).toBeGreaterThan(10);
      for (const [row, read] of probabilities!.entries()) {
        expect(Math.abs(margins![row]![0]! - predicted![row]!)).toBeLessThan(1e-15);
        for (const [k, p] of read.entries()) expect(Math.abs(p - ours[k]![row]!)).toBeLessThan(1e-12);
      }
    }
  });

  it("gives a regression's value, and probabilities that class weights were taken out of", () => {
    const values = nonLinearValues(25, 300);
    const regression = grown(values);
    expect(readOnnx(bytesOf(regression, null)).outputs).toEqual(["margins"]);
    const { margins: read } = readOnnx(bytesOf(regression, null)).run(table(hardRows(regression, values)));
    for (const [row, value] of regression.predict(hardRows(regression, values))[0]!.entries())
      expect(Math.abs(value - read![row]![0]!)).toBeLessThan(1e-15);
    const rows = nonLinearRows(26, 300);
    expect(worstDifference(grown(rows, { class_weights: { "-1": 5 } }), null, rows.features)).toBeLessThan(1e-14);
  });

  it("gives margins that attributions add up to", () => {
    const rows = nonLinearRows(27, 200, 3);
    const model = grown(rows);
    const { base, contributions } = model.attribute!(rows.features);
    const { margins } = readOnnx(bytesOf(model, null)).run(table(rows.features));
    for (const [row, read] of margins!.entries())
      for (const [m, margin] of read.entries()) {
        const sum = contributions[m]!.reduce((total, column) => total + column[row]!, base[m]!);
        expect(Math.abs(margin - sum)).toBeLessThan(1e-9);
      }
  });

  it("gives the same bytes twice", () => {
    const make = () => {
      const model = grown(nonLinearRows(28, 300, 3));
      return bytesOf(model, calibratorOf(model, "sigmoid", nonLinearRows(29, 300, 3)));
    };
    expect(make()).toEqual(make());
  });
});
