import type { Cadence } from "../core/bars.ts";
import { cart } from "./cart/cart.ts";
import { resolveCartParams } from "./cart/params.ts";
import type { FittedModel, TrainingRows } from "./define-learner.ts";
import { gbm } from "./gbm/gbm.ts";
import { gbmModelFromFile } from "./gbm/gbm-model.ts";
import { resolveGbmParams } from "./gbm/params.ts";
import { lightgbmModelFromFile } from "./import/lightgbm-model.ts";
import type { LearnerConfig } from "./learner.schema.ts";
import { type LearnerIdentity, learnerIdentity } from "./learner-identity.ts";
import { logit } from "./logit/logit.ts";
import { logitModelFromFile } from "./logit/logit-model.ts";
import { resolveLogitParams } from "./logit/params.ts";
import { corrupt, type ModelFile, readModelFile } from "./model-file.ts";
import { prior, priorModelFromFile } from "./prior/prior.ts";
import { resolveRfParams } from "./rf/params.ts";
import { rf } from "./rf/rf.ts";
import { shareModelFromFile } from "./rf/share-model.ts";

/** A learner with its parameters fixed. */
export interface ResolvedLearner extends LearnerIdentity {
  /** @see Learner.fit for what it throws */
  fit(rows: TrainingRows, seed: number): FittedModel;
}

/** The learner that a model's configuration asks for, with the defaults of its bar size. */
export function learnerOf(config: LearnerConfig, cadence: Cadence): ResolvedLearner {
  return { ...learnerIdentity(config, cadence), fit: (rows, seed) => fitWith(config, cadence, rows, seed) };
}

function fitWith(config: LearnerConfig, cadence: Cadence, rows: TrainingRows, seed: number): FittedModel {
  switch (config.algo) {
    case "gbm":
      return gbm.fit(rows, resolveGbmParams(config.params, cadence), seed);
    case "rf":
      return rf.fit(rows, resolveRfParams(config.params, cadence), seed);
    case "cart":
      return cart.fit(rows, resolveCartParams(config.params, cadence), seed);
    case "logit":
      return logit.fit(rows, resolveLogitParams(config.params, cadence), seed);
    case "prior":
      return prior.fit(rows, {}, seed);
  }
}

const READERS: Readonly<Record<string, (file: ModelFile) => FittedModel>> = {
  gbm: gbmModelFromFile,
  lightgbm: lightgbmModelFromFile,
  rf: shareModelFromFile,
  cart: shareModelFromFile,
  logit: logitModelFromFile,
  prior: priorModelFromFile,
};

/**
 * Reads the model file of any learner.
 *
 * @throws ARTIFACT_CORRUPT when a byte differs from what was written, or the file is of another version
 */
export function decodeModel(bytes: Uint8Array): FittedModel {
  const file = readModelFile(bytes);
  const algo = file.header["algo"];
  const read = typeof algo === "string" && Object.hasOwn(READERS, algo) ? READERS[algo] : undefined;
  if (read === undefined) throw corrupt(`an algo of ${Object.keys(READERS).join(", ")}`, JSON.stringify(algo));
  return read(file);
}
