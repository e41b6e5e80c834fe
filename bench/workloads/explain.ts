import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { createRng } from "#lib/core/rng.ts";
import type { ClassRows, FittedModel } from "#lib/learners/define-learner.ts";
import { lightgbmText } from "#lib/learners/export/lightgbm-text.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";

const TRAIN_ROWS = 5000;
const ROWS = 20_000;
const SHAP_ROWS = 2000;
const FEATURES = 60;
const NOTE = "300 trees of depth 4, 60 features, 5 % unknown, CPU time";

/**
 * Predictions and exact attributions of a model of the intraday defaults, beside LightGBM on the same trees (exported to its
 * text format) when `SIGMA_BENCH_PYTHON` names a Python that has it.
 */
export const explainWorkload: Workload = {
  name: "explain",
  title: "Predictions and SHAP values: 300 trees of depth 4, 60 features",
  async run() {
    const rows = makeRows();
    const model = gbm.fit(rows, resolveGbmParams({}, "hourly"), 2025);
    const many = rows.features.map((column) => repeat(column, ROWS));
    const some = many.map((column) => column.slice(0, SHAP_ROWS));
    // Once before, so that the code is compiled.
    model.predict(some);
    model.attribute!(some.map((column) => column.slice(0, 200)));
    const predictions = (1000 * ROWS) / (await cpuTime(() => model.predict(many))).milliseconds;
    const attributions = (1000 * SHAP_ROWS) / (await cpuTime(() => model.attribute!(some))).milliseconds;
    const python = process.env["SIGMA_BENCH_PYTHON"];
    const peer = python ? await askPeer(python, model, many) : null;
    return [
      { label: "predictions, this project", value: predictions, unit: "rows/s", note: NOTE },
      { label: "SHAP values, this project", value: attributions, unit: "rows/s", note: NOTE },
      ...peerFigures(peer, predictions, attributions),
    ];
  },
};

const PeerSchema = z.strictObject({ version: z.string(), predict_seconds: z.number(), contribution_seconds: z.number() });
type Peer = z.infer<typeof PeerSchema>;

function peerFigures(peer: Peer | null, predictions: number, attributions: number): Figure[] {
  if (peer === null) {
    const note = "not compared: set SIGMA_BENCH_PYTHON to a Python with lightgbm and numpy";
    return [{ label: "SHAP rows/s relative to LightGBM", value: Number.NaN, unit: "x", aim: ">= 1.0x", note }];
  }
  const note = `LightGBM ${peer.version}, num_threads=1, the same trees and rows, CPU time`;
  const [theirs, shap] = [ROWS / peer.predict_seconds, SHAP_ROWS / peer.contribution_seconds];
  return [
    { label: "predictions, LightGBM", value: theirs, unit: "rows/s", note },
    { label: "SHAP values, LightGBM (pred_contrib)", value: shap, unit: "rows/s", note },
    { label: "prediction rows/s relative to LightGBM", value: predictions / theirs, unit: "x", aim: ">= 1.0x", note },
    { label: "SHAP rows/s relative to LightGBM", value: attributions / shap, unit: "x", aim: ">= 1.0x", note },
  ];
}

function makeRows(): ClassRows {
  const rng = createRng("bench/explain");
  const features = Array.from({ length: FEATURES }, () => Float64Array.from({ length: TRAIN_ROWS }, () => rng.normal()));
  const [a, b, c] = features;
  const target = Int32Array.from({ length: TRAIN_ROWS }, (_, i) =>
    rng.uniform() < 1 / (1 + Math.exp(-(a![i]! * b![i]! + Math.sin(2 * c![i]!)))) ? 1 : 0,
  );
  for (const column of features) for (let i = 0; i < TRAIN_ROWS; i++) if (rng.uniform() < 0.05) column[i] = Number.NaN;
  const weight = new Float64Array(TRAIN_ROWS).fill(1);
  return { task: "classify", rows: TRAIN_ROWS, featureNames: features.map((_, i) => `f${i}`), features, target, weight, classes: [-1, 1] };
}

const repeat = (column: Float64Array, length: number): Float64Array =>
  Float64Array.from({ length }, (_, row) => column[row % column.length]!);

async function askPeer(python: string, model: FittedModel, features: readonly Float64Array[]): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), "sigma-bench-"));
  try {
    const [data, text] = [join(folder, "data.f64"), join(folder, "model.txt")];
    await writeFile(data, Buffer.concat(features.map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength))));
    await writeFile(text, lightgbmText(model.boosted!));
    await writeFile(join(folder, "task.json"), JSON.stringify({ data, model: text, rows: ROWS, shap_rows: SHAP_ROWS, features: FEATURES }));
    const script = fileURLToPath(new URL("../peers/lightgbm_contributions.py", import.meta.url));
    const { stdout } = await promisify(execFile)(python, [script, join(folder, "task.json")]);
    return PeerSchema.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
