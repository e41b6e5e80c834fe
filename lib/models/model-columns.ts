import { matchesGlob } from "../core/match-glob.ts";
import { flaggedEntries } from "../indicators/flagged-entries.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { type IndicatorPlan, type PlannedColumn, planIndicators } from "../indicators/plan.ts";
import { flowFeatureColumns, flowFeaturesOf } from "../options/flow/flow-features.ts";
import type { IndicatorEntry } from "../packs/indicator-set.schema.ts";
import type { ModelConfig } from "./model-config.schema.ts";

/**
 * Every column that a model computes: its indicators', then those that the momentum and volatility flags add where
 * no indicator gives them already, then the weekday.
 *
 * @throws INDICATOR_UNKNOWN | INVALID_PARAM naming the entry
 */
export function modelPlan(
  config: Pick<ModelConfig, "cadence" | "momentum" | "volatility" | "features">,
  entries: readonly IndicatorEntry[],
): { readonly items: IndicatorPlan["items"]; readonly columns: readonly PlannedColumn[] } {
  const options = { barsPerSession: BARS_PER_SESSION[config.cadence] };
  const plan = planIndicators(entries, options);
  const columns = [...plan.columns];
  for (const entry of flaggedEntries(config)) {
    const taken = new Set(columns.map((column) => column.name));
    columns.push(...planIndicators([entry], options).columns.filter((column) => !taken.has(column.name)));
  }
  return { items: plan.items, columns };
}

/** Names of the columns of same-day option flow that the switches add beside those of the indicators. */
export function flowColumnNames(features: ModelConfig["features"]): readonly string[] {
  const flow = flowFeaturesOf(features);
  return flow === null ? [] : flowFeatureColumns(flow).map(({ name }) => name);
}

/**
 * Drops exclusions that were inherited from the pack and name no column of this model: a pack's list speaks for all
 * of its models. A model's own exclusions stay, so that a typing error in one is reported.
 *
 * @param names - every column that the model computes
 */
export function withFittingExclusions(config: ModelConfig, names: readonly string[]): ModelConfig {
  const { custom } = config.features;
  const exclude = custom.exclude.filter((glob) => names.some((name) => matchesGlob(name, glob)));
  return { ...config, features: { ...config.features, custom: { ...custom, exclude } } };
}

/** Whether the switches add columns of same-day options; which ones they are, the strikes in the data decide. */
export const hasOptionColumns = ({ flow, dealer, oi }: ModelConfig["features"]): boolean =>
  [flow, dealer, oi].some((group) => group != null);
