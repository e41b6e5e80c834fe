import type { Cadence } from "../core/bars.ts";
import type { Json } from "../core/canonical-json.ts";
import type { FittedModel, TrainingRows } from "./define-learner.ts";
import { gbm } from "./gbm/gbm.ts";
import { gbmModelFromFile } from "./gbm/gbm-model.ts";
import { resolveGbmParams } from "./gbm/params.ts";
import { lightgbmModelFromFile } from "./import/lightgbm-model.ts";
import type { LearnerConfig } from "./learner.schema.ts";
import { corrupt, type ModelFile, readModelFile } from "./model-file.ts";
import { prior, priorModelFromFile } from "./prior/prior.ts";

/** A learner with its parameters fixed. `algo`, `version` and `resolvedParams` identify what it fits, with rows and seed. */
export interface ResolvedLearner {
  readonly algo: string;
  readonly version: number;
  /** Every parameter with its value, in the documents' snake_case; goes into content keys. */
  readonly resolvedParams: Readonly<Record<string, Json>>;
  /** @see Learner.fit for what it throws */
  fit(rows: TrainingRows, seed: number): FittedModel;
}

/** The learner that a model's configuration asks for, with the defaults of its bar size. */
export function learnerOf(config: LearnerConfig, cadence: Cadence): ResolvedLearner {
  switch (config.algo) {
    case "gbm": {
      const params = resolveGbmParams(config.params, cadence);
      return { algo: gbm.algo, version: gbm.version, resolvedParams: params, fit: (rows, seed) => gbm.fit(rows, params, seed) };
    }
    case "prior":
      return { algo: prior.algo, version: prior.version, resolvedParams: {}, fit: (rows, seed) => prior.fit(rows, {}, seed) };
  }
}

const READERS: Readonly<Record<string, (file: ModelFile) => FittedModel>> = {
  gbm: gbmModelFromFile,
  lightgbm: lightgbmModelFromFile,
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
