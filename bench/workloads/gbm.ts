import { execFile } from "node:child_process";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { createRng } from "#lib/core/rng.ts";
import type { ClassRows } from "#lib/learners/define-learner.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import type { ResolvedGbmParams } from "#lib/learners/gbm/params.ts";
import { auc } from "../../test/support/auc.ts";
import type { Figure, Workload } from "../workload.ts";

const TRAIN_ROWS = 50_000;
const TEST_ROWS = 10_000;
const FEATURES = 60;
const SEED = 2025;
const PARAMS: ResolvedGbmParams = {
  trees: 200,
  max_depth: 6,
  learning_rate: 0.1,
  min_child_rows: 1,
  min_child_weight: 1,
  subsample: 1,
  colsample: 1,
  l2: 1,
  l1: 0,
  max_bins: 255,
  early_stopping_rounds: 0,
  validation_share: 0.2,
  class_weights: "none",
  monotone: {},
};
const AIM = "<= 1.0x XGBoost hist";

/**
 * Single-thread training of 50,000 rows x 60 features, 200 trees of depth 6, beside XGBoost's hist method on the same
 * data when `SIGMA_BENCH_PYTHON` names a Python that has it.
 */
export const gbmWorkload: Workload = {
  name: "gbm",
  title: "GBDT: 50,000 rows x 60 features, 200 trees of depth 6, 1 thread",
  async run() {
    const { train, test } = makeData();
    const begin = performance.now();
    const model = gbm.fit(train, PARAMS, SEED);
    const seconds = (performance.now() - begin) / 1000;
    const score = auc(model.predict(test.features)[1]!, test.target);
    const python = process.env["SIGMA_BENCH_PYTHON"];
    const peer = python ? await trainPeer(python, train, test) : null;
    return [
      { label: "training, this project", value: seconds, unit: "s" },
      { label: "AUC on held-out rows, this project", value: score, unit: "" },
      ...peerFigures(peer, seconds),
    ];
  },
};
type Peer = z.infer<typeof PeerSchema>;
const PeerSchema = z.strictObject({ version: z.string(), seconds: z.number().positive(), auc: z.number() });

function peerFigures(peer: Peer | null, seconds: number): Figure[] {
  if (peer === null) {
    const note = "not compared: set SIGMA_BENCH_PYTHON to a Python with xgboost and numpy";
    return [{ label: "time relative to XGBoost hist", value: Number.NaN, unit: "x", aim: AIM, note }];
  }
  const note = `XGBoost ${peer.version}, tree_method=hist, nthread=1, same data, parameters and seed`;
  return [
    { label: "training, XGBoost hist", value: peer.seconds, unit: "s", note },
    { label: "AUC on held-out rows, XGBoost hist", value: peer.auc, unit: "", note },
    { label: "time relative to XGBoost hist", value: seconds / peer.seconds, unit: "x", aim: AIM, note },
  ];
}

/** Six columns with interactions, a curve and a line; the rest is noise; 5 % of all values unknown. */
function makeData(): { train: ClassRows; test: ClassRows } {
  const rng = createRng(`bench/gbm/${SEED}`);
  const rows = TRAIN_ROWS + TEST_ROWS;
  const columns = Array.from({ length: FEATURES }, () => Float64Array.from({ length: rows }, () => rng.normal()));
  const [a, b, c, d, e, f] = columns;
  const target = Int32Array.from({ length: rows }, (_, i) => {
    const margin = (a![i]! > 0 ? b![i]! : 0) + Math.sin(2 * c![i]!) + 0.5 * d![i]! - (e![i]! > 0.5 ? 0.8 * f![i]! : 0);
    return rng.uniform() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  });
  for (const column of columns) for (let i = 0; i < rows; i++) if (rng.uniform() < 0.05) column[i] = Number.NaN;
  const part = (start: number, end: number): ClassRows => ({
    task: "classify",
    rows: end - start,
    featureNames: columns.map((_, i) => `f${i}`),
    features: columns.map((column) => column.slice(start, end)),
    target: target.slice(start, end),
    weight: new Float64Array(end - start).fill(1),
    classes: [-1, 1],
  });
  return { train: part(0, TRAIN_ROWS), test: part(TRAIN_ROWS, rows) };
}

async function trainPeer(python: string, train: ClassRows, test: ClassRows): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), "sigma-bench-"));
  try {
    const data = join(folder, "data.f64");
    const file = await open(data, "w");
    for (const column of [...train.features, ...test.features, Float64Array.from(train.target), Float64Array.from(test.target)])
      await file.write(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    await file.close();
    const task = { data, train_rows: train.rows, test_rows: test.rows, features: FEATURES, seed: SEED, ...PARAMS };
    await writeFile(join(folder, "task.json"), JSON.stringify(task));
    const script = fileURLToPath(new URL("../peers/xgboost_hist.py", import.meta.url));
    const { stdout } = await promisify(execFile)(python, [script, join(folder, "task.json")]);
    return PeerSchema.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
