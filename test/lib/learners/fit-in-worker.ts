import { parentPort, workerData } from "node:worker_threads";
import { learnerOf } from "#lib/learners/catalog.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";
import { nonLinearRows } from "./training-data.ts";

const { algo, params, seed, rows } = workerData;
const learner = learnerOf(LearnerSchema.parse({ algo, params }), "daily");
parentPort?.postMessage(learner.fit(nonLinearRows(seed, rows), seed).encode());
