import { describe, expect, it } from "vitest";
import * as z from "zod";
import { WriteSetSchema } from "#functions/api/models/write-set.schema.ts";
import { SubmitBodySchema } from "#functions/api/packs/submit-body.schema.ts";
import { TrainBodySchema } from "#functions/api/runs/train-body.schema.ts";
import { AccountChangeSchema } from "#lib/accounts/account-change.schema.ts";
import { BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";
import { UpdateModelSchema } from "#lib/models/update-model.schema.ts";
import { IdentityStepSchema, InstrumentsStepSchema, StrategiesStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { PackDecisionSchema } from "#lib/packs/pack-review.schema.ts";
import { TransitionBodySchema } from "#lib/publishing/trained-model.schema.ts";
import { QUOTA_NAMES } from "#lib/quotas/quota.schema.ts";
import { ScanRequestSchema } from "#lib/scan/scan.schema.ts";
import { RunSignalsSchema } from "#lib/signals/run-signals.schema.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { changeOf, formOf, type QuotaForm, quotaResolver } from "../../../web/src/pages/admin/quota-form.ts";
import { foldsObjection, planBody } from "../../../web/src/pages/create/plan.ts";
import { type ComposeDraft, EMPTY_DRAFT, fieldOf, issuesOf, type Job, requestOf } from "../../../web/src/pages/models/composer/compose.ts";
import { bodyOf, checkForm, fieldNames, formPath, type SweepForm } from "../../../web/src/pages/sweeps/sweep-form.ts";
import { objectionsTo } from "../../../web/src/ui/form/objections.ts";
import { placeIssues } from "../../../web/src/ui/form/server-issues.ts";
import { apiHarness, createModel, MODEL } from "../../functions/api/support.ts";

const { call, ...harness } = apiHarness();
await createModel({ call, ...harness });

async function serverSays(method: string, path: string, body: object): Promise<{ path: string; issue: string }[]> {
  const response = await call(method, `/v1${path}`, { body });
  const { field_errors = [] } = (await response.json()) as { field_errors?: { path: string; issue: string }[] };
  expect([response.status, field_errors.length > 0]).toEqual([400, true]);
  return field_errors;
}

describe("a form says what the API says, at the same place", () => {
  it.each([
    ["POST", "/sweeps", SweepRequestSchema, { ...MODEL, preset: "careful", splits: 1, axes: { top_pct: [2] }, tag: "" }],
    ["POST", "/backtest", BacktestRequestSchema, { ...MODEL, thresholds: ["high"], start: "2026-1", tresholds: [] }],
    ["POST", "/train", TrainBodySchema, { ...MODEL, rows: ["../x"], allowed_hours: [25], calibration: 5 }],
    ["POST", "/signals/run", RunSignalsSchema, { trained_model_id: "", as_of: "2026-11-20" }],
    ["POST", "/models", CreateModelSchema, { pack_id: "SwingSigma", ticker: 5, asset_type: "stock", window: { start: "2026-13-01" } }],
    [
      "PATCH",
      `/models/${MODEL.model_id}`,
      UpdateModelSchema,
      { pack_id: "swingsigma", learner: { calibration: "platts" }, label: { kind: "next" } },
    ],
    ["PUT", "/admin/quotas/ann", AccountChangeSchema, { tier: "gold", quotas: { sweeps_per_day: -1 } }],
    ["POST", "/trained_models/x/pause", TransitionBodySchema, { reason: "x".repeat(2000) }],
    ["POST", "/scan", ScanRequestSchema, { pack_id: "swingsigma", set: "", universe: "s p", as_of: "2026-1", cadence: "dayly" }],
    ["POST", "/indicator_sets", WriteSetSchema, { pack_id: "swingsigma", name: "Not a name!", description: "", indicators: [] }],
    ["POST", "/packs/x/submit", SubmitBodySchema, { note: "" }],
    ["POST", "/pack_drafts", z.strictObject({ pack_id: PackSchema.shape.id, ...IdentityStepSchema.shape }), { pack_id: "Mine", name: "!" }],
    ["PUT", "/pack_drafts/x/instruments", InstrumentsStepSchema, { indicators: [], indicator_sets: {} }],
    ["PUT", "/pack_drafts/x/strategies", StrategiesStepSchema, { strategies: [], gates: { min_bets: -1 } }],
    ["POST", "/admin/packs/x/review", PackDecisionSchema, { owner: "ann", pack_sha: "0", decision: "reject" }],
  ] as const)("%s %s", async (method, path, schema, body) => {
    expect(objectionsTo(schema, body)).toEqual(await serverSays(method, path, body));
  });

  it("the sweep form, at its own fields", async () => {
    const form: SweepForm = {
      mode: "custom",
      profile: "balanced",
      axes: { top_percents: "0.1, 2" },
      indicator_sets: [],
      strategy_variants: [],
      risk_profiles: [],
      feature_sets: [],
      learners: [],
      hours_scope: "trade",
      split_kind: "walk_forward",
      gates: { dsr_min: 7 },
      splits: 1,
      tag: "x".repeat(200),
    };
    const facts = { ...MODEL, profile: "balanced" as const, limits: {} as never, features: {} as never };
    const checked = checkForm(form, facts);
    const server = await serverSays("POST", "/sweeps", bodyOf(form, facts));
    const { placed } = placeIssues(
      server.map(({ path, issue }) => ({ path: formPath(path), issue })),
      fieldNames(form),
    );
    expect("errors" in checked && flat(checked.errors)).toEqual(Object.fromEntries(placed.map(({ path, issue }) => [path, issue])));
    expect(placed.length).toBeGreaterThan(2);
  });

  it.each<[string, Job, Partial<ComposeDraft>]>([
    ["/build_matrix", "build", { start: "2018-1", end: "2019-02-30" }],
    ["/build_matrix", "build", { start: "2018-01-02", end: "2018-01-02" }],
    ["/backtest", "backtest", { thresholds: "0.5, high", top_pct: 2, splits: 1, embargo_bars: -1 }],
    ["/sweeps", "sweep", { splits: 2.5, embargo_bars: 1e9 }],
    ["/train", "train", { override_reason: "no", rows: ["../x"] }],
    ["/pipeline", "pipeline", { start: "2018-01-02", end: "2017-01-02" }],
    ["/pipeline", "pipeline", { evaluate: "backtest", split_kind: "cpcv", n_groups: 5, k_test: 5 }],
    ["/pipeline", "pipeline", { evaluate: "sweep", splits: 1, embargo_bars: -1 }],
  ])("the Composer's form for %s, at its own fields (%#)", async (path, job, change) => {
    const draft = { ...EMPTY_DRAFT, ...change };
    const server = await serverSays("POST", path, requestOf(job, draft, MODEL));
    expect(issuesOf(job, draft, MODEL)).toEqual(server.map(({ path: at, issue }) => ({ path: fieldOf(at.split(".")), message: issue })));
  });

  it("the wizard's plan, at its folds", async () => {
    const plan = { evaluate: "sweep", splits: 1, train_when_passed: true } as const;
    const [server] = await serverSays("POST", "/pipeline", { ...MODEL, ...planBody(plan) });
    expect({ path: "splits", issue: foldsObjection(plan) }).toEqual(server);
    expect(foldsObjection({ ...plan, splits: undefined })).toBeUndefined();
  });

  it("the quota form, a limit's objection at its number", async () => {
    const form: QuotaForm = formOf({ tier: "free", quotas: [{ name: "sweeps_per_day", limit: 0.5, source: "owner", used: 0 }] });
    for (const name of QUOTA_NAMES) form.quotas[name] ??= { kind: "tier" };
    const server = await serverSays("PUT", "/admin/quotas/ann", changeOf(form));
    const { errors } = await quotaResolver(form, undefined, { fields: {}, shouldUseNativeValidation: false });
    expect(flat(errors)).toEqual(
      Object.fromEntries(server.map(({ path, issue }) => [path.startsWith("quotas.") ? `${path}.limit` : path, issue])),
    );
  });
});

/** Messages of a form's errors by their paths. */
function flat(errors: object, above = ""): Record<string, string> {
  if ("message" in errors) return { [above]: String(errors.message) };
  const parts = Object.entries(errors).map(([key, inner]) => flat(inner as object, above === "" ? key : `${above}.${key}`));
  return Object.assign({}, ...parts) as Record<string, string>;
}
