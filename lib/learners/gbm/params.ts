import type { Cadence } from "../../core/bars.ts";
import type { GbmParams } from "../learner.schema.ts";

/** Version of the training algorithm: raise it with every change that alters a model for the same rows and seed. */
export const GBM_VERSION = 2;

/** Every parameter with its value; the form that keys and model files carry. */
export type ResolvedGbmParams = Required<{ [Key in keyof GbmParams]: NonNullable<GbmParams[Key]> }>;

const INTRADAY: ResolvedGbmParams = {
  trees: 300,
  max_depth: 4,
  learning_rate: 0.08,
  min_child_rows: 1,
  min_child_weight: 1,
  subsample: 0.9,
  colsample: 0.9,
  l2: 1,
  l1: 0,
  max_bins: 255,
  early_stopping_rounds: 0,
  validation_share: 0.2,
  class_weights: "none",
  monotone: {},
};

/** A decade of daily rows holds few independent labels: few, shallow, slow trees. */
const DAILY: ResolvedGbmParams = {
  ...INTRADAY,
  trees: 150,
  max_depth: 3,
  learning_rate: 0.03,
  min_child_rows: 20,
  subsample: 0.6,
  colsample: 0.5,
  l2: 5,
};

/** Fills in the defaults of the model's bar size; what the configuration states wins. */
export function resolveGbmParams(params: GbmParams, cadence: Cadence): ResolvedGbmParams {
  const defaults = cadence === "daily" ? DAILY : INTRADAY;
  return {
    trees: params.trees ?? defaults.trees,
    max_depth: params.max_depth ?? defaults.max_depth,
    learning_rate: params.learning_rate ?? defaults.learning_rate,
    min_child_rows: params.min_child_rows ?? defaults.min_child_rows,
    min_child_weight: params.min_child_weight ?? defaults.min_child_weight,
    subsample: params.subsample ?? defaults.subsample,
    colsample: params.colsample ?? defaults.colsample,
    l2: params.l2 ?? defaults.l2,
    l1: params.l1 ?? defaults.l1,
    max_bins: params.max_bins ?? defaults.max_bins,
    early_stopping_rounds: params.early_stopping_rounds ?? defaults.early_stopping_rounds,
    validation_share: params.validation_share ?? defaults.validation_share,
    class_weights: params.class_weights ?? defaults.class_weights,
    monotone: params.monotone ?? defaults.monotone,
  };
}
