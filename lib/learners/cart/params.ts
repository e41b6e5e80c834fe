import type { Cadence } from "../../core/bars.ts";
import type { CartParams } from "../learner.schema.ts";

/** Version of the training algorithm: raise it with every change that alters a model for the same rows and seed. */
export const CART_VERSION = 1;

/** Every parameter with its value; the form that keys and model files carry. */
export type ResolvedCartParams = Required<{ [Key in keyof CartParams]: NonNullable<CartParams[Key]> }>;

const INTRADAY: ResolvedCartParams = { max_depth: 4, min_rows: 60, min_gain: 0.001, max_rows: 1000 };

/** A decade of daily rows holds few independent labels: a shallow tree with large leaves. */
const DAILY: ResolvedCartParams = { ...INTRADAY, max_depth: 3, min_rows: 100 };

/** Fills in the defaults of the model's bar size; what the configuration states wins. */
export function resolveCartParams(params: CartParams, cadence: Cadence): ResolvedCartParams {
  const defaults = cadence === "daily" ? DAILY : INTRADAY;
  return {
    max_depth: params.max_depth ?? defaults.max_depth,
    min_rows: params.min_rows ?? defaults.min_rows,
    min_gain: params.min_gain ?? defaults.min_gain,
    max_rows: params.max_rows ?? defaults.max_rows,
  };
}
