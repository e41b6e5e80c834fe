import { describe, expect, it } from "vitest";
import { SweepAxesSchema } from "#lib/sweeps/sweep.schema.ts";
import { AXES, axesFor } from "../../../../web/src/pages/sweeps/sweep-axes.ts";
import { bodyOf, checkForm, formPath, type SweepFacts, type SweepForm } from "../../../../web/src/pages/sweeps/sweep-form.ts";

const FORM: SweepForm = {
  mode: "simple",
  profile: "balanced",
  axes: {},
  indicator_sets: [],
  strategy_variants: [],
  risk_profiles: [],
  algos: [],
  gates: {},
};
const FACTS: SweepFacts = { pack_id: "swingsigma", model_id: "spx", profile: "balanced", limits: { min_bets: 30, max_drawdown_pct: 25 } };
const OWN = { pack_id: "swingsigma", model_id: "spx" };
const errorsOf = (form: Partial<SweepForm>) => {
  const checked = checkForm({ ...FORM, ...form }, FACTS);
  return "errors" in checked ? checked : undefined;
};

describe("bodyOf", () => {
  it("asks for the simple grid, or a part of it", () => {
    expect(bodyOf(FORM, FACTS)).toEqual({ ...OWN, mode: "simple" });
    expect(bodyOf({ ...FORM, preset: "conservative", tag: "x", splits: 4 }, FACTS)).toEqual({
      ...OWN,
      mode: "simple",
      preset: "conservative",
      tag: "x",
      splits: 4,
    });
  });

  it("makes another profile than the model's own a composition, also of the simple grid", () => {
    expect(bodyOf({ ...FORM, profile: "aggressive" }, FACTS)).toEqual({
      ...OWN,
      mode: "composition",
      axes: { risk_profiles: ["aggressive"] },
    });
    expect(bodyOf({ ...FORM, mode: "composition", profile: "aggressive", risk_profiles: ["conservative"] }, FACTS)["axes"]).toEqual({
      risk_profiles: ["conservative"],
    });
  });

  it("reads parameters out of their lines, and leaves them to the other kinds of sweep", () => {
    const axes = { thresholds: "0, 0.1", allowed_hours: "9, 10; all", filters: "none; adx_14 > 25, above_sma_200", slippage: "optimistic" };
    expect(bodyOf({ ...FORM, mode: "custom", axes, preset: "balanced" }, FACTS)).toEqual({
      ...OWN,
      mode: "custom",
      axes: {
        thresholds: [0, 0.1],
        allowed_hours: [[9, 10], "all"],
        filters: ["none", ["adx_14 > 25", "above_sma_200"]],
        slippage: ["optimistic"],
      },
    });
    expect(bodyOf({ ...FORM, axes }, FACTS)).toEqual({ ...OWN, mode: "simple" });
  });

  it("sends only limits that differ from those in force", () => {
    expect(bodyOf({ ...FORM, gates: { min_bets: 30, max_drawdown_pct: 20, min_dsr: undefined } }, FACTS)["gates"]).toEqual({
      max_drawdown_pct: 20,
    });
  });

  it("puts learners and sets together as compositions", () => {
    const form: SweepForm = { ...FORM, mode: "composition", algos: ["gbm", "logit"], indicator_sets: ["eq_breakout"] };
    expect(bodyOf(form, FACTS)).toEqual({
      ...OWN,
      mode: "composition",
      axes: {
        indicator_sets: ["eq_breakout"],
        ml_params: [
          { name: "gbm", algo: "gbm" },
          { name: "logit", algo: "logit" },
        ],
      },
    });
  });
});

describe("checkForm", () => {
  it("gives the request when the API would take it", () => {
    expect(checkForm(FORM, FACTS)).toMatchObject({ request: { mode: "simple", min_trades: 20 }, body: OWN });
  });

  it("puts the schema's words next to the parameter", () => {
    expect(errorsOf({ mode: "custom", axes: { stop_loss: "0.02, 2, x" } })?.errors).toMatchObject({
      axes: { stop_loss: { message: expect.stringContaining("1: ") } },
    });
    expect(errorsOf({ mode: "custom", axes: { filters: "sometimes" } })?.errors).toMatchObject({ axes: { filters: { type: "schema" } } });
    expect(errorsOf({ min_trades: -1 })?.errors).toMatchObject({ min_trades: { type: "schema" } });
    expect(errorsOf({ gates: { min_dsr: 2 } })?.errors).toMatchObject({ gates: { min_dsr: { type: "schema" } } });
  });

  it("says what no field stands for", () => {
    expect(errorsOf({ mode: "custom" })).toMatchObject({ errors: {}, rest: ['axes: mode "custom" needs at least one axis'] });
    expect(errorsOf({ mode: "composition" })?.rest[0]).toContain("needs one of indicator_sets");
  });
});

describe("formPath", () => {
  it("names the form's own fields", () => {
    expect(formPath("axes.ml_params.0.algo")).toBe("algos.0.algo");
    expect(formPath("axes.stop_loss.1")).toBe("axes.stop_loss.1");
    expect(formPath("gates.min_bets")).toBe("gates.min_bets");
  });
});

describe("AXES", () => {
  const every = [
    { cadence: "daily", trades: "stocks", thresholdMode: "edge" },
    { cadence: "hourly", trades: "options", thresholdMode: "probability" },
  ] as const;

  it("has every parameter of the API but those that compose", () => {
    const composing = ["indicator_sets", "feature_sets", "strategy_variants", "risk_profiles", "ml_params"];
    expect(AXES.map(({ axis }) => axis).toSorted()).toEqual(
      Object.keys(SweepAxesSchema.shape)
        .filter((axis) => !composing.includes(axis))
        .toSorted(),
    );
  });

  it("begins each with values that the API takes", () => {
    for (const facts of every)
      for (const { axis, start, read } of AXES)
        expect(SweepAxesSchema.safeParse({ [axis]: read(start(facts)) }).error, axis).toBeUndefined();
  });

  it("offers options' parameters to options, and hours to bars within a day", () => {
    const names = every.map((facts) => axesFor(facts).map(({ axis }) => axis));
    expect(names[0]).toContain("hold_days");
    expect(names[0]).not.toContain("allowed_hours");
    expect(names[0]).not.toContain("dte_target");
    expect(names[1]).toEqual(expect.arrayContaining(["allowed_hours", "dte_target", "strike_selection", "contract_size"]));
    expect(names[1]).not.toContain("hold_days");
  });
});
