/** A part of a model's features that can be switched on and off, by its place in the configuration. */
export interface FeaturePart {
  readonly path: string;
  readonly name: string;
  /** Only models of options have it. */
  readonly options: boolean;
}

export const FEATURE_PARTS: readonly FeaturePart[] = [
  { path: "features.time.day_of_week", name: "Day of the week", options: false },
  { path: "momentum.include", name: "Momentum of the last hours", options: false },
  { path: "volatility.include", name: "Volatility of the last hours", options: false },
  { path: "features.flow.per_distance", name: "Flow by distance from the anchor", options: true },
  { path: "features.flow.totals", name: "Flow totals", options: true },
  { path: "features.flow.ratios", name: "Put/call ratios", options: true },
  { path: "features.flow.atm", name: "Flow at the anchor", options: true },
  { path: "features.flow.signed", name: "Flow by who started the trade", options: true },
  { path: "features.dealer.mm_profit_dir_simple", name: "Direction that profits dealers", options: true },
  { path: "features.dealer.divergence_score", name: "Divergence of flow and price", options: true },
  { path: "features.oi.include", name: "Open interest", options: true },
];

/** The value at a place such as `features.flow.atm`; undefined where a part of the way is missing. */
export function valueAt(tree: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined),
      tree,
    );
}
