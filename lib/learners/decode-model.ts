import type { FittedModel } from "./define-learner.ts";
import { gbmModelFromFile } from "./gbm/gbm-model.ts";
import { lightgbmModelFromFile } from "./import/lightgbm-model.ts";
import { logitModelFromFile } from "./logit/logit-model.ts";
import { corrupt, type ModelFile, readModelFile } from "./model-file.ts";
import { priorModelFromFile } from "./prior/prior.ts";
import { shareModelFromFile } from "./rf/share-model.ts";

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
