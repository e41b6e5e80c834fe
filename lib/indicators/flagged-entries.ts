import type { IndicatorEntry } from "./resolve.ts";

/** Switches of a model's configuration that add indicators to those of its set. */
export interface FeatureSwitches {
  readonly momentum: { readonly include: boolean; readonly hourly_horizons: readonly number[] };
  readonly volatility: { readonly include: boolean; readonly hourly_horizons: readonly number[] };
  readonly features: {
    readonly time: { readonly day_of_week: boolean };
    readonly oi?: { readonly include: boolean } | null | undefined;
  };
}

/** Strikes on each side of the price that the concentration of open interest counts. */
const OI_TOP_STRIKES = 21;

/** The indicators that the switches add, in order; a column that the set gives already is not added again. */
export function flaggedEntries({ momentum, volatility, features }: FeatureSwitches): IndicatorEntry[] {
  return [
    ...(momentum.include ? momentum.hourly_horizons.map((window) => ({ name: "momentum", window })) : []),
    ...(volatility.include ? volatility.hourly_horizons.map((window) => ({ name: "volatility", window })) : []),
    ...(features.oi?.include === true ? [{ name: "dist_to_max_pain" }, { name: "oi_concentration_hhi", top_n: OI_TOP_STRIKES }] : []),
    ...(features.time.day_of_week ? [{ name: "day_of_week" }] : []),
  ];
}
