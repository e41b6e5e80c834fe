import type { Label } from "#lib/matrix/label.schema.ts";
import { UpdateModelSchema } from "#lib/models/update-model.schema.ts";
import { objectionsTo } from "../../../ui/form/objections.ts";
import type { ModelDetail } from "../model-query.ts";

export type ParamValue = number | string | boolean;

/** An indicator of the list that is edited: its parameters apart from what else stands beside its name. */
export interface EntryDraft {
  readonly name: string;
  readonly params: Readonly<Record<string, ParamValue | undefined>>;
  readonly rest: Readonly<Record<string, ParamValue | null>>;
}

/** A further symbol that indicators name, with who supplies it. */
export interface OtherDraft {
  readonly name?: string | undefined;
  readonly provider?: string | undefined;
  readonly symbol?: string | undefined;
}

type Config = ModelDetail["config"];
type Fields = Readonly<Record<string, unknown>>;

/** What the Designer edits; names are those of the change that the API takes, so that what it objects to finds its field. */
export interface DesignDraft {
  readonly indicator_set: string;
  readonly entries: readonly EntryDraft[];
  readonly features: Config["features"];
  readonly momentum: Config["momentum"];
  readonly volatility: Config["volatility"];
  readonly label: Label;
  readonly learner: Fields & { readonly algo: string; readonly params: Fields };
  readonly strategy: string | undefined;
  readonly risk_profile: string;
  readonly gates: Readonly<Record<string, number | undefined>>;
  readonly allowed_hours: readonly string[];
  readonly train_hours: readonly string[];
  readonly start: string | undefined;
  readonly end: string | undefined;
  /** Where the bars come from; what else is read stands in `others`. */
  readonly data: Fields & {
    readonly provider?: string | undefined;
    readonly symbol?: string | undefined;
    readonly risk_free?: { readonly kind?: string | undefined; readonly symbol?: string | undefined } | undefined;
  };
  readonly others: readonly OtherDraft[];
  readonly tags: readonly string[];
  readonly default_dte: number | undefined;
  readonly default_strike: string | undefined;
  /** Names of the named set that the model uses; empty = all. */
  readonly only: readonly string[];
  readonly policy: { readonly risk: Fields; readonly execution: Fields & { readonly brackets: Fields }; readonly alerting: Fields };
}

/** The set that the model lists by itself. */
export const OWN_SET = "";

const BESIDE = new Set(["column", "underlying", "missing_flag", "carry_forward", "shift"]);

export function entryDraftOf(entry: Fields): EntryDraft {
  const { name, ...others } = entry as Record<string, ParamValue | null> & { name: string };
  const params = Object.entries(others).filter(([key, value]) => !BESIDE.has(key) && value !== null);
  const rest = Object.entries(others).filter(([key, value]) => BESIDE.has(key) || value === null);
  return { name, params: Object.fromEntries(params) as EntryDraft["params"], rest: Object.fromEntries(rest) };
}

/** An indicator as the API takes it. */
export const entryOf = ({ name, params, rest }: EntryDraft): Fields => ({
  name,
  ...Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== "")),
  ...rest,
});

const plain = <T>(value: unknown): T => structuredClone(value) as T;
const texts = (hours: readonly number[] | null): readonly string[] => (hours ?? []).map(String);

export function designDraftOf({ config, indicators, policy, model_id }: ModelDetail): DesignDraft {
  return {
    indicator_set: config.indicator_set === model_id ? OWN_SET : config.indicator_set,
    entries: indicators.map((entry) => entryDraftOf(entry as Fields)),
    features: plain(config.features),
    momentum: plain(config.momentum),
    volatility: plain(config.volatility),
    label: plain(config.label),
    learner: plain(config.learner),
    strategy: config.strategy ?? undefined,
    risk_profile: config.risk_profile,
    gates: plain(config.gates),
    allowed_hours: texts(config.allowed_hours),
    train_hours: texts(config.train.allowed_hours),
    start: config.window.start ?? undefined,
    end: config.window.end ?? undefined,
    data: sourceOf(config.data),
    others: Object.entries(config.data.others).map(([name, { provider, symbol }]) => ({ name, provider, symbol })),
    tags: plain(config.tags),
    default_dte: config.default_dte,
    default_strike: config.default_strike,
    only: plain(config.indicators),
    policy: plain({ risk: policy["risk"], execution: policy["execution"], alerting: policy["alerting"] }),
  };
}

const sourceOf = ({ others: _, ...source }: Config["data"]): DesignDraft["data"] => ({
  ...plain<Fields>(source),
  risk_free: source.risk_free,
});

/** The source of the data as the API takes it; a rate of which nothing is said is none. */
function dataOf({ data: { risk_free, ...source }, others }: DesignDraft): Fields {
  const isFree = risk_free?.kind === undefined && risk_free?.symbol === undefined;
  return {
    ...source,
    others: Object.fromEntries(others.map(({ name, provider, symbol }) => [name ?? "", { provider, symbol: symbol ?? name }])),
    ...(isFree ? {} : { risk_free }),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Values that a field left empty are none. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, present(each)]),
  );
}

/** Keys of an object that differ, section by section; an emptied one is null. */
function differing(before: Fields, after: Fields): Fields {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed: Record<string, unknown> = {};
  for (const key of keys) {
    const [was, is] = [before[key], after[key]];
    if (same(was, is)) continue;
    const nested = typeof was === "object" && typeof is === "object" && was !== null && is !== null && !Array.isArray(is);
    changed[key] = nested ? differing(was as Fields, is as Fields) : (is ?? null);
  }
  return changed;
}

const hoursOf = (hours: readonly string[]): readonly number[] | null =>
  hours.length === 0 ? null : hours.map(Number).sort((a, b) => a - b);

/**
 * What must be asked of the API so that the first draft becomes the second: only what differs.
 *
 * @returns an empty object when nothing does
 */
export function changeOf(before: DesignDraft, after: DesignDraft): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  const put = (key: string, value: unknown): void => {
    change[key] = value;
  };
  if (after.indicator_set !== OWN_SET) {
    if (after.indicator_set !== before.indicator_set) put("indicator_set", after.indicator_set);
  } else if (before.indicator_set !== OWN_SET || !same(before.entries.map(entryOf), after.entries.map(entryOf)))
    put("indicator_set", { indicators: after.entries.map(entryOf) });
  if (after.indicator_set !== OWN_SET && !same(before.only, after.only)) put("indicators", after.only);
  for (const key of ["features", "momentum", "volatility"] as const)
    if (!same(before[key], after[key])) put(key, differing(before[key] as Fields, after[key] as Fields));
  for (const key of ["label", "learner"] as const) if (!same(present(before[key]), present(after[key]))) put(key, present(after[key]));
  if (before.strategy !== after.strategy) put("strategy", after.strategy ?? null);
  if (before.risk_profile !== after.risk_profile) put("risk_profile", after.risk_profile);
  if (!same(present(before.gates), present(after.gates))) put("gates", present(after.gates));
  if (!same(before.allowed_hours, after.allowed_hours)) put("allowed_hours", hoursOf(after.allowed_hours));
  if (!same(before.train_hours, after.train_hours)) put("train", { allowed_hours: hoursOf(after.train_hours) });
  if (before.start !== after.start || before.end !== after.end) put("window", { start: after.start ?? null, end: after.end ?? null });
  if (!same(present(dataOf(before)), present(dataOf(after)))) put("data", present(dataOf(after)));
  if (!same(before.tags, after.tags)) put("tags", after.tags);
  for (const key of ["default_dte", "default_strike"] as const) if (before[key] !== after[key]) put(key, after[key] ?? null);
  const policy = differing(before.policy, after.policy);
  if (Object.keys(policy).length > 0) put("policy", policy);
  return change;
}

/** Parts of a change that decide what the matrix holds. */
const MATRIX_PARTS = ["indicator_set", "indicators", "data", "features", "momentum", "volatility", "label", "train"];

export const makesStale = (change: Readonly<Record<string, unknown>>): boolean => MATRIX_PARTS.some((part) => part in change);

const NAMES: Readonly<Record<string, string>> = {
  indicator_set: "indicators",
  indicators: "part of the set",
  default_dte: "days to expiry",
  default_strike: "strike",
  train: "training hours",
  allowed_hours: "trading hours",
  risk_profile: "risk profile",
};

/** What a change touches, in words. */
export const partsOf = (change: Readonly<Record<string, unknown>>): string =>
  Object.keys(change)
    .map((key) => NAMES[key] ?? key)
    .join(", ");

/** The field of the form that stands for a place that the API or a schema names. */
export function fieldAt(path: string): string {
  if (path === "indicators" || path.startsWith("indicator_set")) return "entries";
  if (path.startsWith("data.others")) return "others";
  if (path.startsWith("train")) return "train_hours";
  if (path.startsWith("window.")) return path.slice("window.".length);
  if (/^(risk|execution|alerting)\./.test(path)) return `policy.${path}`;
  return path;
}

/** What the schema of a change objects to, by the form's fields, before anything is sent. */
export function issuesOf(change: Readonly<Record<string, unknown>>): readonly { readonly path: string; readonly message: string }[] {
  return objectionsTo(UpdateModelSchema, change).map(({ path, issue }) => ({ path: fieldAt(path), message: issue }));
}
