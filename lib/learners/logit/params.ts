import type { Cadence } from "../../core/bars.ts";
import type { LogitParams } from "../learner.schema.ts";

/** Version of the training algorithm: raise it with every change that alters a model for the same rows. */
export const LOGIT_VERSION = 1;

/** Every parameter with its value; the form that keys and model files carry. */
export type ResolvedLogitParams = Required<{ [Key in keyof LogitParams]: NonNullable<LogitParams[Key]> }>;

const INTRADAY: ResolvedLogitParams = { lambda: 0.005, l1_ratio: 0.5, max_iter: 100, tol: 1e-7 };

/** A decade of daily rows holds few independent labels, so chance correlations are larger. */
const DAILY: ResolvedLogitParams = { ...INTRADAY, lambda: 0.02 };

/** Fills in the defaults of the model's bar size; what the configuration states wins. */
export function resolveLogitParams(params: LogitParams, cadence: Cadence): ResolvedLogitParams {
  const defaults = cadence === "daily" ? DAILY : INTRADAY;
  return {
    lambda: params.lambda ?? defaults.lambda,
    l1_ratio: params.l1_ratio ?? defaults.l1_ratio,
    max_iter: params.max_iter ?? defaults.max_iter,
    tol: params.tol ?? defaults.tol,
  };
}
