import { canonicalJson, type Json } from "../core/canonical-json.ts";
import { calibratedClasses } from "../learners/calibration/calibrated-probabilities.ts";
import { canBeLightgbmText, lightgbmText } from "../learners/export/lightgbm-text.ts";
import { onnxModel } from "../learners/export/onnx.ts";
import type { ModelBundle } from "./model-bundle.ts";

/** A trained model in other formats. A format that cannot hold the model is absent. */
export interface ExchangeFiles {
  readonly lightgbm?: Uint8Array;
  readonly onnx?: Uint8Array;
  /** What the other files predict, and the calibrator, which the text format cannot hold. */
  readonly calibration: Uint8Array;
}

/** Larger forests are not written in other formats: their files would be hundreds of megabytes. */
const MOST_NODES = 1_000_000;

/**
 * Files of a model for other people's runtimes; equal models give equal bytes.
 *
 * The LightGBM file predicts what the trees do before calibration. The ONNX file predicts calibrated probabilities.
 */
export function exchangeFiles({ purpose, model, calibrator, baseRates }: ModelBundle): ExchangeFiles {
  const { boosted } = model;
  const trees = boosted !== undefined && boosted.forest.feature.length <= MOST_NODES ? boosted : undefined;
  const classes = calibratedClasses(model);
  const lightgbm = trees !== undefined && canBeLightgbmText(trees.featureNames) ? lightgbmText(trees) : null;
  const onnx = trees === undefined ? null : onnxModel({ trees, calibrator: calibrator.toJson(), classes });
  const plain =
    model.task === "regress"
      ? "the target"
      : model.classes.length === 2
        ? `the probability of class ${model.classes[1]}, before calibration`
        : `the probabilities of classes ${model.classes.join(", ")}, before calibration`;
  const calibration = {
    schema_version: 1,
    purpose,
    algo: model.algo,
    task: model.task,
    classes,
    feature_names: model.featureNames,
    base_rates: baseRates,
    predicts: {
      lightgbm: lightgbm === null ? null : `${plain}: apply "calibrator" to it`,
      onnx: onnx === null ? null : `probabilities of classes ${classes.join(", ")}, calibrated; margins, before calibration`,
    },
    calibrator: calibrator.toJson() as unknown as Json,
  };
  const text = new TextEncoder();
  return {
    ...(lightgbm === null ? {} : { lightgbm: text.encode(lightgbm) }),
    ...(onnx === null ? {} : { onnx }),
    calibration: text.encode(canonicalJson(calibration)),
  };
}
