import { describe, expect, it } from "vitest";
import { AccountChangeSchema } from "#lib/accounts/account-change.schema.ts";
import { BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";
import { UpdateModelSchema } from "#lib/models/update-model.schema.ts";
import { PackDecisionSchema } from "#lib/packs/pack-review.schema.ts";
import { QUOTA_NAMES } from "#lib/quotas/quota.schema.ts";
import { RunSignalsSchema } from "#lib/signals/run-signals.schema.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { TrainRequestSchema } from "#lib/training/train-request.schema.ts";
import { changeOf, formOf, type QuotaForm, quotaResolver } from "../../../web/src/pages/admin/quota-form.ts";
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
    ["POST", "/train", TrainRequestSchema, { ...MODEL, rows: ["../x"], allowed_hours: [25], calibration: 5 }],
    ["POST", "/signals/run", RunSignalsSchema, { trained_model_id: "", as_of: "2026-11-20" }],
    ["POST", "/models", CreateModelSchema, { pack_id: "SwingSigma", ticker: 5, asset_type: "stock", window: { start: "2026-13-01" } }],
    [
      "PATCH",
      `/models/${MODEL.model_id}`,
      UpdateModelSchema,
      { pack_id: "swingsigma", learner: { calibration: "platts" }, label: { kind: "next" } },
    ],
    ["PUT", "/admin/quotas/ann", AccountChangeSchema, { tier: "gold", quotas: { sweeps_per_day: -1 } }],
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
