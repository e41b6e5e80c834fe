import * as z from "zod";
import { type CreateModelRequest, CreateModelSchema } from "#lib/models/create-model.schema.ts";
import type { RowOf } from "../../data/ask.ts";
import type { Fit } from "../../ui/model/data-fit.ts";

export type Template = RowOf<"GET /model_templates">;

/** One indicator with its parameters flat beside its name. */
export type Entry = { readonly name: string } & Readonly<Record<string, number | string | boolean | null>>;

type Loose = Record<string, unknown>;

/** What the wizard's fields hold: a request for a model in the API's own shape, where anything may still be missing. */
export interface DraftValues {
  pack_id: string;
  template_id?: string | undefined;
  model_id?: string | undefined;
  ticker?: string | undefined;
  asset_type?: "eq" | "opt" | undefined;
  horizon?: string | undefined;
  cadence?: string | undefined;
  algo?: string | undefined;
  variant?: string | undefined;
  tags?: string[] | undefined;
  data: { provider?: string | undefined; symbol?: string | undefined; seed?: number | undefined; others: Fit["others"] };
  default_dte?: number | undefined;
  default_strike?: string | undefined;
  /** "none" is no strategy; absent is what the template says. */
  strategy?: string | undefined;
  risk_profile?: string | undefined;
  indicator_set?: string | { indicators: Entry[] } | undefined;
  features: { flow?: Loose | null | undefined; dealer?: Loose | null | undefined; oi?: Loose | null | undefined };
  label?: Loose | undefined;
  learner: { calibration?: string | undefined; seed?: number | undefined; sample_weights?: string | undefined; params?: Loose | undefined };
  window: { start?: string | undefined; end?: string | undefined };
  gates: Record<string, number | undefined>;
  policy: { risk: Loose; execution: Loose & { brackets: Loose; options: { selection: Loose } & Loose }; alerting: Loose };
}

/** How the model is evaluated once it is made. */
export interface RunPlan {
  evaluate: "sweep" | "backtest";
  preset?: "conservative" | "balanced" | "aggressive" | undefined;
  /** Absent where the field was emptied: as many as is usual. */
  splits?: number | undefined;
  train_when_passed: boolean;
}

/** What the session remembers of a model that is being made. */
export interface Draft {
  readonly values: DraftValues;
  readonly plan: RunPlan;
}

const USUAL_PLAN: RunPlan = { evaluate: "sweep", splits: 5, train_when_passed: true };

/** A model of a template as it is, on data that have what it reads. */
export function draftFrom(template: Template, fit: Fit | undefined): Draft {
  const { pack_id, name, model } = template;
  return {
    values: {
      ...EMPTY,
      pack_id,
      template_id: name,
      ticker: fit?.symbol,
      asset_type: model.asset_type,
      horizon: model.horizon,
      cadence: model.cadence,
      data: { provider: fit?.provider, symbol: fit?.symbol, others: fit?.others ?? {} },
      indicator_set: model.indicator_set,
      label: model.label === undefined ? undefined : { ...model.label },
      features: {},
    },
    plan: USUAL_PLAN,
  };
}

/** A model that begins with nothing but its pack. */
export const draftFromScratch = (packId: string): Draft => ({ values: { ...EMPTY, pack_id: packId }, plan: USUAL_PLAN });

const EMPTY: Omit<DraftValues, "pack_id"> = {
  data: { others: {} },
  features: {},
  learner: {},
  window: {},
  gates: {},
  policy: { risk: {}, execution: { brackets: {}, options: { selection: {} } }, alerting: {} },
};

/** The request without what is not said: empty objects, and what the template says anyway. */
export function requestOf(values: DraftValues, template: Template | undefined): Loose {
  const { data, strategy, indicator_set, label, tags, ...rest } = values;
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const pruned = prune({
    ...rest,
    tags: tags?.length === 0 ? undefined : tags,
    indicator_set: same(indicator_set, template?.model.indicator_set) ? undefined : indicator_set,
    label: same(label, template?.model.label) ? undefined : label,
    data: data.provider === undefined ? undefined : { ...data, others: Object.keys(data.others).length === 0 ? undefined : data.others },
  }) as Loose;
  return { ...pruned, ...(strategy === undefined ? {} : { strategy: strategy === "none" ? null : strategy }) };
}

/** Without undefined values and without objects in which nothing is left; null and lists stay. */
function prune(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, prune(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The API's own schema over the wizard's values, for messages that are the server's. */
export const draftSchema = (template: () => Template | undefined) =>
  z.preprocess((values) => requestOf(values as DraftValues, template()), CreateModelSchema);

export const isRequest = (request: unknown): request is CreateModelRequest => CreateModelSchema.safeParse(request).success;

/** The wizard's steps in their order. */
export const STEPS = ["basics", "flow", "indicators", "settings", "preview", "run"] as const;
export type Step = (typeof STEPS)[number];

export const STEP_NAMES: Readonly<Record<Step, string>> = {
  basics: "Basics",
  flow: "Flow",
  indicators: "Indicators",
  settings: "Settings",
  preview: "Validate and preview",
  run: "Save and run",
};

/** The fields that a step asks for. */
export const FIELDS_OF: Readonly<Record<Step, readonly string[]>> = {
  basics: [
    "pack_id",
    "ticker",
    "asset_type",
    "horizon",
    "cadence",
    "algo",
    "variant",
    "model_id",
    "tags",
    "data",
    "default_dte",
    "default_strike",
  ],
  flow: ["features"],
  indicators: ["indicator_set"],
  settings: ["strategy", "risk_profile", "label", "learner", "window", "gates", "policy"],
  preview: [],
  run: [],
};

/** The step where what a finding is about can be changed. */
export function stepOfPath(path: string): Step {
  const head = path.split(/[.[]/)[0]!;
  if (/^features[.](flow|dealer|oi)/.test(path)) return "flow";
  if (/^(indicators?|indicator_sets?|features|columns)$/.test(head)) return "indicators";
  return (
    (["basics", "settings"] as const).find((step) => FIELDS_OF[step].includes(head)) ?? (head === "instrument" ? "basics" : "settings")
  );
}

/** Whether a step has something to ask of such a model. */
const hasStep = (step: Step, { asset_type }: Pick<DraftValues, "asset_type">): boolean => step !== "flow" || asset_type === "opt";

/** The steps of such a model. */
export const stepsOf = (values: Pick<DraftValues, "asset_type">): readonly Step[] => STEPS.filter((step) => hasStep(step, values));

const DraftStoredSchema = z.object({
  values: z.looseObject({
    pack_id: z.string(),
    data: z.looseObject({ others: z.record(z.string(), z.object({ provider: z.string(), symbol: z.string() })) }),
    features: z.looseObject({}),
    learner: z.looseObject({}),
    window: z.looseObject({}),
    gates: z.looseObject({}),
    policy: z.looseObject({
      risk: z.looseObject({}),
      execution: z.looseObject({ brackets: z.looseObject({}), options: z.looseObject({ selection: z.looseObject({}) }) }),
      alerting: z.looseObject({}),
    }),
  }),
  plan: z.object({
    evaluate: z.enum(["sweep", "backtest"]),
    preset: z.enum(["conservative", "balanced", "aggressive"]).optional(),
    splits: z.number().optional(),
    train_when_passed: z.boolean(),
  }),
});

/** A draft from a text that the session kept; undefined when it is none, as what a browser keeps may be of another version. */
export function readDraft(text: string | null): Draft | undefined {
  if (text === null) return undefined;
  try {
    const parsed = DraftStoredSchema.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as unknown as Draft) : undefined;
  } catch {
    return undefined;
  }
}

/** `v2` after nothing, `v3` after `v2`, `blue_2` after `blue`. */
export function nextVariant(variant: string | undefined): string {
  if (variant === undefined || variant === "") return "v2";
  const match = /^(.*?)(\d+)$/.exec(variant);
  return match === null ? `${variant}_2` : `${match[1]}${Number(match[2]) + 1}`;
}
