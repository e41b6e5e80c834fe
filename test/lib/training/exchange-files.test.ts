import { describe, expect, it } from "vitest";
import { calibratorFromJson, fitCalibrator } from "#lib/learners/calibration/calibrator.ts";
import type { FittedModel } from "#lib/learners/define-learner.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { marginsOf } from "#lib/learners/logistic.ts";
import { prior } from "#lib/learners/prior/prior.ts";
import { exchangeFiles } from "#lib/training/exchange-files.ts";
import type { ModelBundle } from "#lib/training/model-bundle.ts";
import { readLightgbmText } from "../learners/export/lightgbm-reader.ts";
import { readOnnx } from "../learners/export/onnx-reader.ts";
import { nonLinearRows, nonLinearValues, STUMP } from "../learners/training-data.ts";

const rows = nonLinearRows(61, 400, 3);
const grown = gbm.fit(rows, { ...STUMP, trees: 8, max_depth: 3 }, 1);

function bundleOf(model: FittedModel, kind: "sigmoid" | "none" = "sigmoid"): ModelBundle {
  const scores = model.task === "regress" ? model.predict(rows.features) : marginsOf(model.predict(rows.features));
  const target = model.task === "regress" ? rows.target.map((k) => (k > 0 ? 1 : 0)) : rows.target;
  const calibrator = fitCalibrator(kind, scores, target, rows.weight);
  const none = new Float64Array(0);
  return {
    purpose: "refit",
    model,
    calibrator,
    baseRates: [0.3, 0.3, 0.4],
    slice: [none, none, none],
    trainRows: 400,
    trainFirstTs: 1,
    trainLastTs: 2,
    indicatorSetSha: "ab".repeat(32),
  };
}

const json = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const firstRow = rows.features.map((column) => column[7]!);
const columns = firstRow.map((x) => Float64Array.of(x));

describe("exchangeFiles", () => {
  it("gives the trees to LightGBM as they are, and to ONNX with their calibrator", () => {
    const bundle = bundleOf(grown);
    const { lightgbm, onnx, calibration } = exchangeFiles(bundle);
    const plain = grown.predict(columns);
    expect(readLightgbmText(new TextDecoder().decode(lightgbm)).predict(firstRow)).toEqual(plain.map(([p]) => expect.closeTo(p!, 14)));
    const calibrated = bundle.calibrator.apply(plain);
    expect(calibrated[0]![0]).not.toBeCloseTo(plain[0]![0]!, 3);
    expect(readOnnx(onnx!).run([firstRow])["probabilities"]![0]).toEqual(calibrated.map(([p]) => expect.closeTo(p!, 12)));

    // What LightGBM predicts becomes what ONNX predicts by the calibrator beside it.
    const beside = json(calibration);
    expect(beside).toMatchObject({ algo: "gbm", classes: [-1, 0, 1], feature_names: rows.featureNames, purpose: "refit" });
    expect(calibratorFromJson(beside.calibrator).apply(plain)).toEqual(calibrated);
    expect(beside.predicts.lightgbm).toContain("the probabilities of classes -1, 0, 1, before calibration");
  });

  it("says what the files of two classes and of a regression predict", () => {
    const two = nonLinearRows(61, 400);
    const binary = exchangeFiles({
      ...bundleOf(grown),
      model: gbm.fit(two, STUMP, 1),
      calibrator: fitCalibrator("none", [new Float64Array(0)], new Int32Array(0), new Float64Array(0)),
    });
    expect(json(binary.calibration).predicts.lightgbm).toContain("the probability of class 1, before calibration");
    const regression = exchangeFiles(bundleOf(gbm.fit(nonLinearValues(61, 400), { ...STUMP, trees: 8, max_depth: 3 }, 1)));
    expect(json(regression.calibration)).toMatchObject({
      task: "regress",
      classes: [-1, 1],
      predicts: { lightgbm: 'the target: apply "calibrator" to it' },
    });
    expect(readOnnx(regression.onnx!).outputs).toEqual(["margins", "probabilities"]);
  });

  it("gives what is not a sum of trees, or has names that LightGBM cannot hold, in fewer formats", () => {
    const floor = exchangeFiles(bundleOf(prior.fit(rows, {}, 1), "none"));
    expect(Object.keys(floor)).toEqual(["calibration"]);
    expect(json(floor.calibration).predicts).toEqual({ lightgbm: null, onnx: null });
    const spaced = gbm.fit({ ...rows, featureNames: rows.featureNames.map((name) => `${name} x`) }, STUMP, 1);
    expect(Object.keys(exchangeFiles(bundleOf(spaced))).sort()).toEqual(["calibration", "onnx"]);
  });

  it("gives the same bytes twice", () => {
    expect(exchangeFiles(bundleOf(grown))).toEqual(exchangeFiles(bundleOf(gbm.fit(rows, { ...STUMP, trees: 8, max_depth: 3 }, 1))));
  });
});
