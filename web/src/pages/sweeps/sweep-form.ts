import type { FieldErrors } from "react-hook-form";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { type SweepRequest, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { placeIssues } from "../../ui/form/server-issues.ts";
import { axisOf } from "./sweep-axes.ts";

export const PROFILES = ["conservative", "balanced", "aggressive"] as const;
export type Profile = (typeof PROFILES)[number];

/** What the form holds. Values of a parameter are one line of text. */
export interface SweepForm {
  readonly mode: "simple" | "custom" | "composition";
  /** Undefined = the whole grid. */
  readonly preset?: Profile | undefined;
  readonly profile: Profile;
  readonly axes: Readonly<Record<string, string | undefined>>;
  readonly indicator_sets: readonly string[];
  readonly strategy_variants: readonly string[];
  readonly risk_profiles: readonly string[];
  readonly algos: readonly string[];
  readonly gates: Readonly<Record<string, number | undefined>>;
  readonly min_trades?: number | undefined;
  readonly min_sharpe?: number | undefined;
  readonly splits?: number | undefined;
  readonly tag?: string | undefined;
}

export interface SweepFacts {
  readonly pack_id: string;
  readonly model_id: string;
  /** The model's own. */
  readonly profile: Profile;
  /** In force under the chosen profile. */
  readonly limits: RiskBudget;
}

/** The body that the form stands for, as the API takes it; not checked yet. */
export function bodyOf(form: SweepForm, { pack_id, model_id, profile, limits }: SweepFacts): Record<string, unknown> {
  const grid =
    form.mode === "simple"
      ? []
      : Object.entries(form.axes).flatMap(([axis, text]) => {
          const kind = axisOf(axis);
          return kind === undefined || text === undefined ? [] : [[axis, kind.read(text)] as const];
        });
  const composed: [string, unknown][] = form.mode === "composition" ? compositionOf(form) : [];
  // Another profile than the model's own is a composition of the model under it.
  if (form.profile !== profile && !composed.some(([axis]) => axis === "risk_profiles")) composed.push(["risk_profiles", [form.profile]]);
  const axes = Object.fromEntries([...composed, ...grid]);
  const mode = composed.length > 0 ? "composition" : form.mode;
  const gates = Object.fromEntries(
    Object.entries(form.gates).filter(([key, value]) => value !== undefined && value !== limits[key as keyof RiskBudget]),
  );
  return {
    pack_id,
    model_id,
    mode,
    ...(form.preset !== undefined && grid.length === 0 ? { preset: form.preset } : {}),
    ...(Object.keys(axes).length > 0 ? { axes } : {}),
    ...(Object.keys(gates).length > 0 ? { gates } : {}),
    ...(form.min_trades === undefined ? {} : { min_trades: form.min_trades }),
    ...(form.min_sharpe === undefined ? {} : { min_sharpe: form.min_sharpe }),
    ...(form.splits === undefined ? {} : { splits: form.splits }),
    ...(form.tag === undefined ? {} : { tag: form.tag }),
  };
}

function compositionOf({ indicator_sets, strategy_variants, risk_profiles, algos }: SweepForm): [string, unknown][] {
  const lists: [string, readonly unknown[]][] = [
    ["indicator_sets", indicator_sets],
    ["strategy_variants", strategy_variants],
    ["risk_profiles", risk_profiles],
    ["ml_params", algos.map((algo) => ({ name: algo, algo }))],
  ];
  return lists.filter(([, values]) => values.length > 0);
}

/** Fields of the form by the path that an objection names. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "axes.indicator_sets": "indicator_sets",
  "axes.strategy_variants": "strategy_variants",
  "axes.risk_profiles": "risk_profiles",
  "axes.ml_params": "algos",
};

/** Objections by the form's own field names; the paths of the API's body are nearly those. */
export function formPath(path: string): string {
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
  "algos",
  "min_trades",
  "min_sharpe",
  "splits",
  "tag",
  ...Object.keys(form.axes).map((axis) => `axes.${axis}`),
  ...Object.keys(form.gates).map((key) => `gates.${key}`),
];

export type Checked =
  | { readonly request: SweepRequest; readonly body: Record<string, unknown> }
  | { readonly errors: FieldErrors<SweepForm>; readonly rest: readonly string[] };

/** Checks the form with the API's own schema: the same rules, in the same words. */
export function checkForm(form: SweepForm, facts: SweepFacts): Checked {
  const body = bodyOf(form, facts);
  const parsed = SweepRequestSchema.safeParse(body);
  if (parsed.success) return { request: parsed.data, body };
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: formPath(path.join(".")), issue: message }));
  const { placed, rest } = placeIssues(issues, fieldNames(form));
  const errors: Record<string, unknown> = {};
  for (const { path, issue } of placed) {
    const [head, key] = path.split(".") as [string, string | undefined];
    const error = { type: "schema", message: issue };
    if (key === undefined) errors[head] ??= error;
    else errors[head] = { [key]: error, ...(errors[head] as object | undefined) };
  }
  return { errors: errors as FieldErrors<SweepForm>, rest };
}

/** What the simple grid of a model has, in words. */
export function simpleGrid(cadence: string): string {
  return cadence === "daily"
    ? "Edge 0, 0.10, 0.25; top 15 %, 35 % and all; held for half, once and twice the label's horizon: 27 variants."
    : "Probability 0.50 to 0.70 in steps of 0.05; hours 9 to 10, 13 to 15 and all; top 5 %, 10 % and 15 %: 45 variants.";
}
