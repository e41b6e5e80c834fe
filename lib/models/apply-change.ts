import type { Json } from "../core/canonical-json.ts";
import { parseOr } from "../errors/parse.ts";
import type { ModelChange } from "./model-change.schema.ts";
import { type ModelConfig, ModelConfigSchema } from "./model-config.schema.ts";

/**
 * A model's configuration with a composition's changes. Another indicator set is taken whole: the model's subset names
 * indicators of its own set.
 *
 * @throws MODEL_INVALID naming the key that is none
 */
export function applyChange(config: ModelConfig, change: ModelChange): ModelConfig {
  const { indicator_set, feature_set, strategy, risk_profile, ml_params, train_hours } = change;
  const changed = {
    ...config,
    ...(indicator_set === undefined || indicator_set === config.indicator_set ? {} : { indicator_set, indicators: [] }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(risk_profile === undefined ? {} : { risk_profile }),
    ...(train_hours === undefined ? {} : { train: { allowed_hours: train_hours } }),
    ...(feature_set === undefined
      ? {}
      : {
          features: merged(config.features, feature_set.features),
          momentum: merged(config.momentum, feature_set.momentum),
          volatility: merged(config.volatility, feature_set.volatility),
        }),
    ...(ml_params === undefined ? {} : { learner: learnerWith(config.learner, ml_params) }),
  };
  return parseOr("MODEL_INVALID", ModelConfigSchema, changed, "The model with the composition's changes");
}

/** Parameters of one algorithm mean nothing to another. */
function learnerWith(learner: ModelConfig["learner"], { algo, params }: NonNullable<ModelChange["ml_params"]>): object {
  if (algo === undefined || algo === learner.algo) return { ...learner, params: { ...learner.params, ...params } };
  const { seed, sample_weights } = learner;
  return { algo, params, seed, sample_weights };
}

type Fields = { readonly [key: string]: Json };

/** Objects merge key by key; everything else is replaced. */
function merged(own: object, change: Fields | undefined): object {
  if (change === undefined) return own;
  const out: Record<string, unknown> = { ...own };
  for (const [key, value] of Object.entries(change)) {
    const before = out[key];
    out[key] = isFields(before) && isFields(value) ? merged(before, value) : value;
  }
  return out;
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
