import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { calibratorFromJson, fitCalibrator } from "#lib/learners/calibration/calibrator.ts";
import type { FittedModel, TrainingRows } from "#lib/learners/define-learner.ts";
import { lightgbmText } from "#lib/learners/export/lightgbm-text.ts";
import { onnxModel } from "#lib/learners/export/onnx.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { marginsOf } from "#lib/learners/logistic.ts";
import { hardRows } from "../lib/learners/export/hard-rows.ts";
import { nonLinearRows, nonLinearValues, STUMP } from "../lib/learners/training-data.ts";

/** Why the runtimes cannot be asked; null when they can. */
function reasonToSkip(python: string | undefined): string | null {
  if (python === undefined) return "SIGMA_BENCH_PYTHON does not name a Python with lightgbm and onnxruntime";
  try {
    execFileSync(python, ["-c", "import lightgbm, numpy, onnxruntime"], { stdio: "ignore" });
    return null;
  } catch {
    return "the Python of SIGMA_BENCH_PYTHON lacks lightgbm, numpy or onnxruntime, or does not run";
  }
}

const python = process.env["SIGMA_BENCH_PYTHON"];
const skip = reasonToSkip(python);
const folder = mkdtempSync(join(tmpdir(), "sigma-interop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly lightgbm: {
    readonly predicted: readonly (number | readonly number[])[];
    readonly contributions: readonly (readonly number[])[];
  };
  readonly onnx: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const grown = (rows: TrainingRows, params = {}): FittedModel =>
  gbm.fit(rows, { ...STUMP, trees: 40, max_depth: 5, learning_rate: 0.2, min_child_weight: 0.5, ...params }, 3);

const calibratedBy = (kind: "none" | "sigmoid" | "isotonic", model: FittedModel, classes: 2 | 3) => {
  const others = nonLinearRows(42, 3000, classes);
  return fitCalibrator(kind, marginsOf(model.predict(others.features)), others.target, others.weight).toJson();
};

const CASES = {
  "two classes": () => ({ model: grown(nonLinearRows(41, 600)), rows: nonLinearRows(41, 600), kind: "sigmoid" as const }),
  "two classes, isotonic": () => ({ model: grown(nonLinearRows(41, 600)), rows: nonLinearRows(41, 600), kind: "isotonic" as const }),
  "two classes of three": () => {
    const rows = { ...nonLinearRows(43, 400), classes: [-1, 0, 1] };
    return { model: grown({ ...rows, target: rows.target.map((k) => 2 * k) }), rows, kind: "none" as const };
  },
  "three classes": () => ({ model: grown(nonLinearRows(44, 600, 3)), rows: nonLinearRows(44, 600, 3), kind: "sigmoid" as const }),
  "three classes, isotonic, class weights": () => ({
    model: grown(nonLinearRows(44, 600, 3), { class_weights: "balanced" }),
    rows: nonLinearRows(44, 600, 3),
    kind: "isotonic" as const,
  }),
  "one class": () => {
    const rows = nonLinearRows(45, 100);
    return { model: grown({ ...rows, target: rows.target.map(() => 1) }), rows, kind: "none" as const };
  },
  regression: () => ({ model: grown(nonLinearValues(46, 400)), rows: nonLinearValues(46, 400), kind: "none" as const }),
};

describe.skipIf(skip !== null)(
  `models in other runtimes${skip === null ? "" : ` (skipped: ${skip})`}`,
  () => {
    it.each(Object.entries(CASES))("are predicted alike by LightGBM and ONNX Runtime: %s", async (name, make) => {
      const { model, rows, kind } = make();
      const features = hardRows(model, rows);
      const calibrator = model.task === "regress" ? null : calibratedBy(kind, model, model.classes.length as 2 | 3);
      const answer = await askRuntimes(
        name.replaceAll(/\W/g, "-"),
        model,
        features,
        onnxModel({ trees: model.boosted!, calibrator, classes: model.classes }),
      );

      const plain = model.predict(features);
      const last = plain.length === 2 ? [plain[1]!] : plain;
      const worst = { lightgbm: 0, onnx: 0, contributions: 0 };
      for (const [row, predicted] of answer.lightgbm.predicted.entries())
        for (const [k, p] of [predicted].flat().entries()) worst.lightgbm = Math.max(worst.lightgbm, Math.abs(p - last[k]![row]!));
      const calibrated = calibrator === null ? plain : calibratorFromJson(calibrator).apply(plain);
      for (const [row, read] of (answer.onnx["probabilities"] ?? answer.onnx["margins"]!).entries())
        for (const [k, p] of read.entries()) worst.onnx = Math.max(worst.onnx, Math.abs(p - calibrated[k]![row]!));
      // A class that had no training rows is a margin of the file, and of nothing else.
      const { contributions, base } = model.attribute!(features);
      const width = features.length + 1;
      if (contributions.length * width === answer.lightgbm.contributions[0]!.length)
        for (const [row, theirs] of answer.lightgbm.contributions.entries())
          for (const [m, columns] of contributions.entries())
            for (let f = 0; f < width; f++) {
              const ours = f < columns.length ? columns[f]![row]! : base[m]!;
              worst.contributions = Math.max(worst.contributions, Math.abs(ours - theirs[m * width + f]!));
            }
      console.info(`${name}: largest difference ${JSON.stringify(worst)}`);
      expect(worst.lightgbm).toBeLessThan(1e-12);
      expect(worst.onnx).toBeLessThan(1e-9);
      expect(worst.contributions).toBeLessThan(1e-9);
    });
  },
  120_000,
);

async function askRuntimes(name: string, model: FittedModel, features: readonly Float64Array[], onnx: Uint8Array): Promise<Answer> {
  const at = (extension: string): string => join(folder, `${name}.${extension}`);
  writeFileSync(at("txt"), lightgbmText(model.boosted!));
  writeFileSync(at("onnx"), onnx);
  writeFileSync(at("f64"), Buffer.concat(features.map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength))));
  const task = { rows: features[0]!.length, columns: features.length, data: at("f64"), lightgbm: at("txt"), onnx: at("onnx") };
  writeFileSync(at("json"), JSON.stringify(task));
  const script = join(import.meta.dirname, "predict.py");
  const { stdout } = await promisify(execFile)(python!, [script, at("json")], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as Answer;
}
