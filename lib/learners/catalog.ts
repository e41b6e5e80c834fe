import type { Cadence } from "../core/bars.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { cart } from "./cart/cart.ts";
import { resolveCartParams } from "./cart/params.ts";
import type { FittedModel, TrainingRows } from "./define-learner.ts";
import { gbm } from "./gbm/gbm.ts";
import { resolveGbmParams } from "./gbm/params.ts";
import type { FittableLearner } from "./import/fittable-learner.ts";
import { lightgbmModel } from "./import/lightgbm-model.ts";
import { type LearnerIdentity, learnerIdentity } from "./learner-identity.ts";
import { logit } from "./logit/logit.ts";
import { resolveLogitParams } from "./logit/params.ts";
import { prior } from "./prior/prior.ts";
import { resolveRfParams } from "./rf/params.ts";
import { rf } from "./rf/rf.ts";
import { checkTrainingRows } from "./training-rows.ts";

/** A learner with its parameters fixed. */
export interface ResolvedLearner extends LearnerIdentity {
  /** @see Learner.fit for what it throws */
  fit(rows: TrainingRows, seed: number): FittedModel;
}

/** The learner that a model's configuration asks for, with the defaults of its bar size. */
export function learnerOf(config: FittableLearner, cadence: Cadence): ResolvedLearner {
  return { ...learnerIdentity(config, cadence), fit: (rows, seed) => fitWith(config, cadence, rows, seed) };
}

function fitWith(config: FittableLearner, cadence: Cadence, rows: TrainingRows, seed: number): FittedModel {
  switch (config.algo) {
    case "gbm":
      return gbm.fit(rows, resolveGbmParams(config.params, cadence), seed);
    case "rf":
      return rf.fit(rows, resolveRfParams(config.params, cadence), seed);
    case "cart":
      return cart.fit(rows, resolveCartParams(config.params, cadence), seed);
    case "logit":
      return logit.fit(rows, resolveLogitParams(config.params, cadence), seed);
    case "lightgbm":
      return frozenModel(config.imported, config.model_sha256, rows);
    case "prior":
      return prior.fit(rows, {}, seed);
  }
}

/** An imported model whatever the rows: they say only which columns it must read, and which classes it must know. */
function frozenModel(imported: FittableLearner["imported"], modelSha: string, rows: TrainingRows): FittedModel {
  if (imported === undefined)
    throw new SigmaError(
      "MODEL_INVALID",
      `The imported model "${modelSha}" was not loaded, so it cannot be fitted. Load it with its learner.`,
      {
        model_sha256: modelSha,
      },
    );
  checkTrainingRows(rows);
  return lightgbmModel(imported, rows.featureNames, rows.task === "classify" ? rows.classes : [], modelSha);
}
