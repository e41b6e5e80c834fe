import { type FieldErrors, set } from "react-hook-form";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { SIMPLE_GRID } from "#lib/sweeps/simple-grid.schema.ts";
import { type SweepRequest, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { checked } from "../../ui/form/objections.ts";
import { placeIssues } from "../../ui/form/server-issues.ts";
import { type SplitDraft, splitFieldOf, splitsOf } from "../../ui/form/splits.ts";
import { formatNumber } from "../../words/format.ts";
import { type FeatureFacts, type FeatureSetDraft, featureSetOf } from "./feature-sets.ts";
import { type AxisFacts, axisOf } from "./sweep-axes.ts";

export const PROFILES = ["conservative", "balanced", "aggressive"] as const;
export type Profile = (typeof PROFILES)[number];

/** A learner of a composition; a parameter without a value stays as it is. */
export interface LearnerDraft {
  readonly name?: string | undefined;
  readonly algo: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Limit = number | readonly number[];

/** What the form holds. Values of a parameter are one line of text. */
export interface SweepForm extends SplitDraft {
  readonly mode: "simple" | "custom" | "composition";
  /** Undefined = the whole grid. */
  readonly preset?: Profile | undefined;
  readonly profile: Profile;
  readonly axes: Readonly<Record<string, string | undefined>>;
  readonly indicator_sets: readonly string[];
  readonly strategy_variants: readonly string[];
  readonly risk_profiles: readonly string[];
  readonly feature_sets: readonly FeatureSetDraft[];
  readonly learners: readonly LearnerDraft[];
  /** Undefined = as usual at the model's cadence. */
  readonly threshold_mode?: "probability" | "edge" | undefined;
  readonly hours_scope: "trade" | "train";
  readonly gates: Readonly<Record<string, Limit | undefined>>;
  readonly min_trades?: number | undefined;
  readonly min_sharpe?: number | undefined;
  readonly tag?: string | undefined;
}

export interface SweepFacts {
  readonly pack_id: string;
  readonly model_id: string;
  /** The model's own. */
  readonly profile: Profile;
  /** In force under the chosen profile. */
  readonly limits: RiskBudget;
  readonly features: FeatureFacts;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

/** The body that the form stands for, as the API takes it; not checked yet. */
export function bodyOf(form: SweepForm, { pack_id, model_id, profile, limits, features }: SweepFacts): Record<string, unknown> {
  const grid =
    form.mode === "simple"
      ? []
      : Object.entries(form.axes).flatMap(([axis, text]) => {
          const kind = axisOf(axis);
          return kind === undefined || text === undefined ? [] : [[axis, kind.read(text)] as const];
        });
  const composed: [string, unknown][] = form.mode === "composition" ? compositionOf(form, features) : [];
  // Another profile than the model's own is a composition of the model under it.
  if (form.profile !== profile && !composed.some(([axis]) => axis === "risk_profiles")) composed.push(["risk_profiles", [form.profile]]);
  const axes = Object.fromEntries([...composed, ...grid]);
  const mode = composed.length > 0 ? "composition" : form.mode;
  const gates = Object.fromEntries(
    Object.entries(form.gates).filter(([key, value]) => !isEmpty(value) && !same(value, limits[key as keyof RiskBudget])),
  );
  const splits = splitsOf(form);
  return {
    pack_id,
    model_id,
    mode,
    ...(form.preset !== undefined && grid.length === 0 ? { preset: form.preset } : {}),
    ...(Object.keys(axes).length > 0 ? { axes } : {}),
    ...(Object.keys(gates).length > 0 ? { gates } : {}),
    ...(form.min_trades === undefined ? {} : { min_trades: form.min_trades }),
    ...(form.min_sharpe === undefined ? {} : { min_sharpe: form.min_sharpe }),
    ...(form.threshold_mode === undefined ? {} : { threshold_mode: form.threshold_mode }),
    ...(form.hours_scope === "train" ? { hours_scope: form.hours_scope } : {}),
    ...(splits === undefined ? {} : { splits }),
    ...(form.embargo_bars === undefined ? {} : { embargo_bars: form.embargo_bars }),
    ...(form.tag === undefined ? {} : { tag: form.tag }),
  };
}

function compositionOf(
  { indicator_sets, feature_sets, strategy_variants, risk_profiles, learners }: SweepForm,
  features: FeatureFacts,
): [string, unknown][] {
  const lists: [string, readonly unknown[]][] = [
    ["indicator_sets", indicator_sets],
    ["feature_sets", feature_sets.map((each) => featureSetOf(each, features))],
    ["strategy_variants", strategy_variants],
    ["risk_profiles", risk_profiles],
    ["ml_params", learners.map(learnerOf)],
  ];
  return lists.filter(([, values]) => values.length > 0);
}

/** Without a name the algorithm names it, or its parameters where it has some. */
function learnerOf({ name, algo, params }: LearnerDraft): Record<string, unknown> {
  const said = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  const isPlain = Object.keys(said).length === 0;
  return {
    ...(name !== undefined ? { name } : isPlain ? { name: algo } : {}),
    algo,
    ...(isPlain ? {} : { params: said }),
  };
}

/** Fields of the form by the path that an objection names. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "axes.indicator_sets": "indicator_sets",
  "axes.strategy_variants": "strategy_variants",
  "axes.risk_profiles": "risk_profiles",
  "axes.feature_sets": "feature_sets",
  "axes.ml_params": "learners",
};
/** Parts of a feature set by the keys that the API has for them. */
const FEATURE_FIELDS: Readonly<Record<string, string>> = {
  "features.custom.include": "include",
  "features.custom.exclude": "exclude",
  "momentum.hourly_horizons": "momentum_horizons",
  "volatility.hourly_horizons": "volatility_horizons",
  "features.flow.distance_max": "distance_max",
  "features.flow.flow_side": "flow_side",
};

/** Objections by the form's own field names; the paths of the API's body are nearly those. */
export function formPath(path: string): string {
  if (path === "splits" || path.startsWith("splits.")) return splitFieldOf(path.split(".")[1]);
  const feature = /^axes[.]feature_sets[.](\d+)[.](.+?)(?:[.]\d+)?$/.exec(path);
  if (feature !== null && Object.hasOwn(FEATURE_FIELDS, feature[2]!)) return `feature_sets.${feature[1]}.${FEATURE_FIELDS[feature[2]!]}`;
  const found = Object.entries(FIELD_OF).find(([from]) => path === from || path.startsWith(`${from}.`));
  return found === undefined ? path : `${found[1]}${path.slice(found[0].length)}`;
}

/** Names of the form's fields, those of its parameters and limits included. */
export const fieldNames = (form: SweepForm): string[] => [
  "mode",
  "preset",
  "profile",
  "indicator_sets",
  "strategy_variants",
  "risk_profiles",
  "threshold_mode",
  "hours_scope",
  "min_trades",
  "min_sharpe",
  "split_kind",
  "splits",
  "n_groups",
  "k_test",
  "embargo_bars",
  "tag",
  ...Object.keys(form.axes).map((axis) => `axes.${axis}`),
  ...Object.keys(form.gates).map((key) => `gates.${key}`),
  ...form.feature_sets.flatMap((_, index) =>
    ["name", "changed", ...Object.values(FEATURE_FIELDS)].map((key) => `feature_sets.${index}.${key}`),
  ),
  ...form.learners.flatMap(({ params }, index) => [
    `learners.${index}.name`,
    ...Object.keys(params).map((key) => `learners.${index}.params.${key}`),
  ]),
];

export type Checked =
  | { readonly request: SweepRequest; readonly body: Record<string, unknown> }
  | { readonly errors: FieldErrors<SweepForm>; readonly rest: readonly string[] };

/** Checks the form with the API's own schema: the same rules, in the same words. */
export function checkForm(form: SweepForm, facts: SweepFacts): Checked {
  const body = bodyOf(form, facts);
  const { data, objections } = checked(SweepRequestSchema, body);
  if (data !== undefined) return { request: data, body };
  const issues = objections.map(({ path, issue }) => ({ path: formPath(path), issue }));
  const { placed, rest } = placeIssues(issues, fieldNames(form));
  const errors: Record<string, unknown> = {};
  for (const { path, issue } of placed.toReversed()) set(errors, path, { type: "schema", message: issue });
  return { errors: errors as FieldErrors<SweepForm>, rest };
}

/** What the simple grid, or a preset of it, tries, in words; how many variants remain for the model the estimate says. */
export function simpleGrid(cadence: string, mode: AxisFacts["thresholdMode"], preset: Profile = "balanced"): string {
  const isDaily = cadence === "daily";
  const thresholds = SIMPLE_GRID[mode][preset].map((value) => formatNumber(value, "ratio3")).join(", ");
  const tops = (isDaily ? SIMPLE_GRID.topDaily : SIMPLE_GRID.topIntraday)[preset];
  const shares = tops.map((value) => (value === 1 ? "all" : `top ${formatNumber(value, "share")}`)).join(", ");
  const hours = SIMPLE_GRID.hours.map((set) => (set === null ? "all that are allowed" : `${set[0]} to ${set.at(-1)}`)).join(", ");
  const third = isDaily ? "held for half, once and twice the label's horizon" : `entered in the hours ${hours} (New York)`;
  return `${mode === "edge" ? "Edge" : "Probability"} ${thresholds}; ${shares}; ${third}.`;
}

/** Sets of hours that a sweep tries, as far as the form tells: those of the axis, or of the usual grid. */
export function hourSetsOf({ mode, axes }: Pick<SweepForm, "mode" | "axes">): number {
  const text = mode === "simple" ? undefined : axes["allowed_hours"];
  if (text !== undefined) return axisOf("allowed_hours")?.read(text).length ?? 1;
  return mode === "simple" || Object.keys(axes).length === 0 ? 3 : 1;
}
