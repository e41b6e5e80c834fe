import type { Cadence } from "../../core/bars.ts";
import type { RfParams } from "../learner.schema.ts";

/** Version of the training algorithm: raise it with every change that alters a model for the same rows and seed. */
export const RF_VERSION = 1;

/** Every parameter with its value; the form that keys and model files carry. */
export type ResolvedRfParams = Required<{ [Key in keyof RfParams]: NonNullable<RfParams[Key]> }>;

const INTRADAY: ResolvedRfParams = { trees: 200, max_depth: 8, min_child_rows: 20, mtry: 0, subsample: 1, max_bins: 255 };

/** A decade of daily rows holds few independent labels: shallow trees with large leaves. */
const DAILY: ResolvedRfParams = { ...INTRADAY, max_depth: 5, min_child_rows: 40 };

/** Fills in the defaults of the model's bar size; what the configuration states wins. */
export function resolveRfParams(params: RfParams, cadence: Cadence): ResolvedRfParams {
  const defaults = cadence === "daily" ? DAILY : INTRADAY;
  return {
    trees: params.trees ?? defaults.trees,
    max_depth: params.max_depth ?? defaults.max_depth,
    min_child_rows: params.min_child_rows ?? defaults.min_child_rows,
    mtry: params.mtry ?? defaults.mtry,
    subsample: params.subsample ?? defaults.subsample,
    max_bins: params.max_bins ?? defaults.max_bins,
  };
}
