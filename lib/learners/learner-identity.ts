import type { Cadence } from "../core/bars.ts";
import type { Json } from "../core/canonical-json.ts";
import { CART_VERSION, resolveCartParams } from "./cart/params.ts";
import { GBM_VERSION, resolveGbmParams } from "./gbm/params.ts";
import { IMPORT_VERSION } from "./import/version.ts";
import type { LearnerConfig } from "./learner.schema.ts";
import { LOGIT_VERSION, resolveLogitParams } from "./logit/params.ts";
import { PRIOR_VERSION } from "./prior/version.ts";
import { RF_VERSION, resolveRfParams } from "./rf/params.ts";

/** What a fit is named by, with rows and seed, without the code that fits. */
export interface LearnerIdentity {
  readonly algo: string;
  readonly version: number;
  /** Every parameter with its value, in the documents' snake_case; goes into content keys. */
  readonly resolvedParams: Readonly<Record<string, Json>>;
}

/** The identity of the learner that a configuration asks for, with the defaults of its bar size. */
export function learnerIdentity(config: LearnerConfig, cadence: Cadence): LearnerIdentity {
  switch (config.algo) {
    case "gbm":
      return { algo: config.algo, version: GBM_VERSION, resolvedParams: resolveGbmParams(config.params, cadence) };
    case "rf":
      return { algo: config.algo, version: RF_VERSION, resolvedParams: resolveRfParams(config.params, cadence) };
    case "cart":
      return { algo: config.algo, version: CART_VERSION, resolvedParams: resolveCartParams(config.params, cadence) };
    case "logit":
      return { algo: config.algo, version: LOGIT_VERSION, resolvedParams: resolveLogitParams(config.params, cadence) };
    case "lightgbm":
      return { algo: config.algo, version: IMPORT_VERSION, resolvedParams: { model_sha256: config.model_sha256 } };
    case "prior":
      return { algo: config.algo, version: PRIOR_VERSION, resolvedParams: {} };
  }
}
