import { readId } from "../core/ids.ts";
import { HORIZONS, MODEL_CADENCES, type ModelConfig } from "./model-config.schema.ts";

/** What a model's id is made of. */
export interface ModelNameParts {
  readonly ticker: string;
  readonly asset_type: ModelConfig["asset_type"];
  readonly horizon: ModelConfig["horizon"];
  readonly cadence: ModelConfig["cadence"];
  /** Stands in the id when it is given and not `gbm`. */
  readonly algo?: string | undefined;
  readonly variant?: string | undefined;
}

/**
 * `<ticker>_<asset>_<horizon>_<cadence>[_<algo>][_<variant>]` in lower snake case: `SPY`, opt, 0dte, hourly gives
 * `spy_opt_0dte_hourly`. Characters that ids cannot have become `_`.
 *
 * @throws INVALID_PARAM when the parts make no id, such as a variant with a slash or a name of over 64 characters
 */
export function modelName({ ticker, asset_type, horizon, cadence, algo, variant }: ModelNameParts): string {
  const symbol = ticker
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const suffixes = [algo === "gbm" ? undefined : algo, variant].filter((part) => part !== undefined && part !== "");
  return readId("model_id", [symbol, asset_type, horizon, cadence, ...suffixes].join("_"));
}

const PATTERN = new RegExp(`^(.+)_(eq|opt)_(${HORIZONS.join("|")})_(${MODEL_CADENCES.join("|")})(?:_(.+))?$`);

/** The parts of an id that follows the convention, or undefined: a free id is legal. */
export function parseModelName(
  modelId: string,
):
  | (Pick<ModelConfig, "asset_type" | "horizon" | "cadence"> & { readonly ticker: string; readonly suffix: string | undefined })
  | undefined {
  const match = PATTERN.exec(modelId);
  if (!match) return undefined;
  const [, symbol, asset, horizon, cadence, suffix] = match;
  return {
    ticker: symbol!.toUpperCase().replaceAll("_", "."),
    asset_type: asset as ModelConfig["asset_type"],
    horizon: horizon as ModelConfig["horizon"],
    cadence: cadence as ModelConfig["cadence"],
    suffix,
  };
}
