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
import { cpuTime } from "../cpu-time.ts";
import type { Figure, Workload } from "../workload.ts";

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

/** Libraries to compare with, when `SIGMA_BENCH_PYTHON` names a Python that has them. */
const PEERS = [
  { library: "xgboost", title: "XGBoost hist" },
  { library: "lightgbm", title: "LightGBM" },
  { library: "sklearn", title: "scikit-learn hist" },
] as const;

interface Size {
  readonly name: string;
  readonly rows: number;
  readonly features: number;
  readonly trees: number;
  readonly aim: string;
}

export const gbmSmallWorkload = gbmWorkloadOf({ name: "gbm-3k", rows: 3000, features: 80, trees: 200, aim: "<= 1.0x" });
export const gbmWorkload = gbmWorkloadOf({ name: "gbm", rows: 50_000, features: 60, trees: 200, aim: "<= 1.0x" });
export const gbmLargeWorkload = gbmWorkloadOf({ name: "gbm-500k", rows: 500_000, features: 100, trees: 100, aim: "<= 1.5x" });

/** Single-thread training beside the libraries on the same data: CPU time, AUC on fresh rows, memory that training adds. */
function gbmWorkloadOf({ name, rows, features, trees, aim }: Size): Workload {
  return {
    name,
    title: `GBDT: ${rows.toLocaleString("en-US")} rows x ${features} features, ${trees} trees of depth 6, 1 thread`,
    async run() {
      const params = { ...PARAMS, trees };
      const { train, test } = makeData(rows, features);
      const before = process.resourceUsage().maxRSS;
      const { milliseconds, result: model } = await cpuTime(() => gbm.fit(train, params, SEED));
      const memory = (process.resourceUsage().maxRSS - before) / 1024;
      const seconds = milliseconds / 1000;
      const predicting = await cpuTime(() => model.predict(test.features));
      const score = auc(predicting.result[1]!, test.target);
      const python = process.env["SIGMA_BENCH_PYTHON"];
      const peers = python ? await trainPeers(python, train, test, params) : [];
      return [
        { label: "training, this project", value: seconds, unit: "s", note: "CPU time, all threads of the process" },
        { label: "AUC on held-out rows, this project", value: score, unit: "" },
        { label: "memory that training added, this project", value: memory, unit: "MB", note: "first repetition; later ones reuse it" },
        { label: "prediction, this project", value: test.rows / (predicting.milliseconds / 1000), unit: "rows/s" },
        ...peers.flatMap(({ title, version, seconds: own, auc: ownAuc, training_mb }): Figure[] => {
          const note = `${title} ${version}, one thread, same data, parameters and seed`;
          return [
            { label: `training, ${title}`, value: own, unit: "s", note },
            { label: `AUC on held-out rows, ${title}`, value: ownAuc, unit: "", note },
            { label: `memory that training added, ${title}`, value: training_mb, unit: "MB", note },
          ];
        }),
        relative(seconds, peers, aim),
      ];
    },
  };
}

const PeerSchema = z.strictObject({
  version: z.string(),
  seconds: z.number().positive(),
  auc: z.number(),
  training_mb: z.number().min(0),
});
type Peer = z.infer<typeof PeerSchema> & { readonly title: string };

/** Against the faster of XGBoost and LightGBM. */
function relative(seconds: number, peers: readonly Peer[], aim: string): Figure {
  const label = "time relative to the faster of XGBoost and LightGBM";
  const rivals = peers.filter(({ title }) => title !== "scikit-learn hist");
  if (rivals.length === 0) {
    const note = "not compared: set SIGMA_BENCH_PYTHON to a Python with xgboost, lightgbm, scikit-learn and numpy";
    return { label, value: Number.NaN, unit: "x", aim, note };
  }
  const fastest = rivals.reduce((best, peer) => (peer.seconds < best.seconds ? peer : best));
  return { label, value: seconds / fastest.seconds, unit: "x", aim, note: fastest.title };
}

/** Six columns with interactions, a curve and a line; the rest is noise; 5 % of all values unknown. */
function makeData(trainRows: number, features: number): { train: ClassRows; test: ClassRows } {
  const rng = createRng(`bench/gbm/${SEED}`);
  const rows = trainRows + 10_000;
  const columns = Array.from({ length: features }, () => Float64Array.from({ length: rows }, () => rng.normal()));
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
  return { train: part(0, trainRows), test: part(trainRows, rows) };
}

async function trainPeers(python: string, train: ClassRows, test: ClassRows, params: ResolvedGbmParams): Promise<Peer[]> {
  const folder = await mkdtemp(join(tmpdir(), "sigma-bench-"));
  try {
    const data = join(folder, "data.f64");
    const file = await open(data, "w");
    for (const column of [...train.features, ...test.features, Float64Array.from(train.target), Float64Array.from(test.target)])
      await file.write(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    await file.close();
    const task = { data, train_rows: train.rows, test_rows: test.rows, features: train.features.length, seed: SEED, ...params };
    await writeFile(join(folder, "task.json"), JSON.stringify(task));
    const script = fileURLToPath(new URL("../peers/gbdt.py", import.meta.url));
    const peers: Peer[] = [];
    for (const { library, title } of PEERS) {
      const { stdout } = await promisify(execFile)(python, [script, library, join(folder, "task.json")]);
      peers.push({ title, ...PeerSchema.parse(JSON.parse(stdout)) });
    }
    return peers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
