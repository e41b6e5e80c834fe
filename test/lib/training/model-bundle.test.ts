import { describe, expect, it } from "vitest";
import { calibratorFromJson, fitCalibrator } from "#lib/learners/calibration/calibrator.ts";
import { learnerOf } from "#lib/learners/catalog.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { decodeBundle, encodeBundle, type ModelBundle } from "#lib/training/model-bundle.ts";

function bundle(): ModelBundle {
  const rows = 200;
  const x = Float64Array.from({ length: rows }, (_, i) => Math.sin(i));
  const model = learnerOf(LearnerSchema.parse({ algo: "gbm", params: { trees: 5, max_depth: 2 } }), "daily").fit(
    {
      task: "classify",
      rows,
      featureNames: ["x"],
      features: [x],
      target: Int32Array.from(x, (value) => (value > 0 ? 1 : 0)),
      weight: new Float64Array(rows).fill(1),
      classes: [-1, 1],
    },
    7,
  );
  const fitted = fitCalibrator(
    "none",
    [x],
    Int32Array.from(x, (value) => (value > 0 ? 1 : 0)),
    new Float64Array(rows).fill(1),
    {
      effectiveRows: rows,
    },
  );
  return {
    purpose: "refit",
    model,
    calibrator: calibratorFromJson(fitted.toJson()),
    baseRates: [0.45, 0.55],
    slice: [Float64Array.of(0.4, 0.5), Float64Array.of(0.6, 0.5)],
    trainRows: rows,
    trainFirstTs: 1,
    trainLastTs: 2,
    indicatorSetSha: "ab".repeat(32),
  };
}

describe("decodeBundle", () => {
  it("gives back a model that says the same, with everything beside it", () => {
    const original = bundle();
    const read = decodeBundle(encodeBundle(original));
    const probe = [Float64Array.of(-0.9, 0, 0.3, Number.NaN)];
    expect(read.calibrator.apply(read.model.predict(probe))).toEqual(original.calibrator.apply(original.model.predict(probe)));
    const plain = ({ model, calibrator, ...rest }: ModelBundle) => ({ ...rest, model: model.encode(), calibrator: calibrator.toJson() });
    expect(plain(read)).toEqual(plain(original));
    expect(encodeBundle(read)).toEqual(encodeBundle(original));
  });

  it("tells the judged model's bytes from the refit's", () => {
    const judged = encodeBundle({ ...bundle(), purpose: "judged" });
    expect(decodeBundle(judged).purpose).toBe("judged");
    expect(judged).not.toEqual(encodeBundle(bundle()));
  });

  it("refuses a changed byte anywhere", () => {
    const bytes = encodeBundle(bundle());
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
      const changed = bytes.slice();
      changed[at]! ^= 16;
      expect(() => decodeBundle(changed), `byte ${at}`).toThrow(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }) as Error);
    }
  });
});
