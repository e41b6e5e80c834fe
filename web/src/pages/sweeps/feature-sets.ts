import { FEATURE_PARTS, type FeaturePart, valueAt } from "../../words/features.ts";

/** One set of features of a composition, as the form holds it. */
export interface FeatureSetDraft {
  readonly name?: string | undefined;
  /** Places of the parts that are the other way round than in the model. */
  readonly changed: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly momentum_horizons: readonly (number | string)[];
  readonly volatility_horizons: readonly (number | string)[];
  readonly distance_max?: number | undefined;
  readonly flow_side?: "volume" | "inferred" | undefined;
}

/** What of a model's configuration decides which parts it has. */
export interface FeatureFacts {
  readonly asset_type: string;
  readonly features: object;
  readonly momentum: object;
  readonly volatility: object;
}

/** A part with what it is in the model now. */
export interface KnownPart extends FeaturePart {
  readonly isOn: boolean;
}

const FAMILIES: readonly FeaturePart[] = [
  { path: "features.flow", name: "Option flow", options: true },
  { path: "features.dealer", name: "Dealers", options: true },
];

/** The parts that a set can switch: those of a family that is on, and the family itself where it is not. */
export function partsOf(facts: FeatureFacts): readonly KnownPart[] {
  const isOptions = facts.asset_type === "opt";
  const has = (path: string): boolean => valueAt(facts, path) !== undefined && valueAt(facts, path) !== null;
  const families = FAMILIES.map((family) => ({ ...family, isOn: has(family.path) }));
  const off = families.filter(({ isOn }) => !isOn);
  const parts = FEATURE_PARTS.filter(({ path }) => !off.some((family) => path.startsWith(`${family.path}.`))).map((part) => ({
    ...part,
    isOn: valueAt(facts, part.path) === true,
  }));
  return [...parts, ...families].filter(({ options }) => isOptions || !options);
}

/** What a part becomes when it is switched. */
const switched = ({ path, isOn }: KnownPart): unknown => (FAMILIES.some((family) => family.path === path) ? (isOn ? null : {}) : !isOn);

type Tree = { [key: string]: unknown };

function put(tree: Tree, path: string, value: unknown): void {
  const keys = path.split(".");
  let at = tree;
  for (const key of keys.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Tree;
  }
  at[keys.at(-1)!] = value;
}

/** A set as the API takes it: what it changes of the model's features, by their own keys. */
export function featureSetOf(draft: FeatureSetDraft, facts: FeatureFacts): Tree {
  const parts = partsOf(facts);
  const set: Tree = draft.name === undefined ? {} : { name: draft.name };
  for (const path of draft.changed) {
    const part = parts.find((each) => each.path === path);
    if (part !== undefined) put(set, path, switched(part));
  }
  if (draft.include.length > 0) put(set, "features.custom.include", draft.include);
  if (draft.exclude.length > 0) put(set, "features.custom.exclude", draft.exclude);
  if (draft.momentum_horizons.length > 0) put(set, "momentum.hourly_horizons", draft.momentum_horizons);
  if (draft.volatility_horizons.length > 0) put(set, "volatility.hourly_horizons", draft.volatility_horizons);
  if (draft.distance_max !== undefined) put(set, "features.flow.distance_max", draft.distance_max);
  if (draft.flow_side !== undefined) put(set, "features.flow.flow_side", draft.flow_side);
  return set;
}

/** A set to begin with; names tell sets apart in the results. */
export const newFeatureSet = (taken: readonly (string | undefined)[]): FeatureSetDraft => {
  let number = taken.length + 1;
  while (taken.includes(`features_${number}`)) number += 1;
  return { name: `features_${number}`, changed: [], include: [], exclude: [], momentum_horizons: [], volatility_horizons: [] };
};
