import { type Sha256, sha256OfJson } from "../core/digest.ts";
import type { ResolvedModel } from "./resolved-model.ts";

/**
 * Identity of what a model says about its matrix: data, bars, features and label, whatever its policy, learner and gates
 * are. A matrix that was built for another definition is stale. The window is a build's own, and no part of it.
 */
export function matrixDefinition({ config, lineage }: Pick<ResolvedModel, "config" | "lineage">): Sha256 {
  const { data, cadence, horizon, features, momentum, volatility, label, train } = config;
  const { provider, symbol, others, universe, seed } = data;
  return sha256OfJson({
    data: { provider, symbol, others, universe, seed },
    cadence,
    horizon,
    features,
    momentum,
    volatility,
    label,
    hours: train.allowed_hours,
    indicators: lineage.indicator_set_sha,
  });
}
