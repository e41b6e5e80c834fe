import { parentPort, workerData } from "node:worker_threads";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { resolveGbmParams } from "#lib/learners/gbm/params.ts";
import { nonLinearRows } from "./training-data.ts";

const { seed, rows, params } = workerData;
parentPort?.postMessage(gbm.fit(nonLinearRows(seed, rows), resolveGbmParams(params, "5m"), seed).encode());
