import { describe, expect, it } from "vitest";
import { SweepAxesSchema, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { AXES, axesFor } from "../../../../web/src/pages/sweeps/sweep-axes.ts";
import {
  bodyOf,
  checkForm,
  formPath,
  hourSetsOf,
  type SweepFacts,
  type SweepForm,
  simpleGrid,
} from "../../../../web/src/pages/sweeps/sweep-form.ts";

const FORM: SweepForm = {
  mode: "simple",
  profile: "balanced",
  axes: {},
  indicator_sets: [],
  strategy_variants: [],
  risk_profiles: [],
  feature_sets: [],
  learners: [],
  hours_scope: "trade",
  split_kind: "walk_forward",
  gates: {},
};
const FACTS: SweepFacts = {
  pack_id: "swingsigma",
  model_id: "spx",
  profile: "balanced",
  limits: { min_bets: 30, max_drawdown_pct: 25 },
  features: {
    asset_type: "eq",
    features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } },
    momentum: { include: true, hourly_horizons: [1, 3] },
    volatility: { include: true, hourly_horizons: [3] },
  },
};
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

  it("sends hours of entry as a limit of this sweep, unless they are those in force", () => {
    const limits = { ...FACTS.limits, allowed_hours: [10, 11] };
    expect(bodyOf({ ...FORM, gates: { allowed_hours: [10] } }, { ...FACTS, limits })["gates"]).toEqual({ allowed_hours: [10] });
    expect(bodyOf({ ...FORM, gates: { allowed_hours: [10, 11] } }, { ...FACTS, limits })).not.toHaveProperty("gates");
    expect(bodyOf({ ...FORM, gates: { allowed_hours: [] } }, FACTS)).not.toHaveProperty("gates");
  });

  it("sends only limits that differ from those in force", () => {
    expect(bodyOf({ ...FORM, gates: { min_bets: 30, max_drawdown_pct: 20, min_dsr: undefined } }, FACTS)["gates"]).toEqual({
      max_drawdown_pct: 20,
    });
  });

  it("puts learners and sets together as compositions", () => {
    const form: SweepForm = {
      ...FORM,
      mode: "composition",
      learners: [
        { algo: "gbm", params: {} },
        { algo: "logit", params: { lambda: undefined } },
        { algo: "gbm", params: { trees: 300, class_weights: "balanced" } },
        { name: "deep", algo: "rf", params: { max_depth: 12 } },
      ],
      indicator_sets: ["eq_breakout"],
    };
    expect(bodyOf(form, FACTS)).toEqual({
      ...OWN,
      mode: "composition",
      axes: {
        indicator_sets: ["eq_breakout"],
        ml_params: [
          { name: "gbm", algo: "gbm" },
          { name: "logit", algo: "logit" },
          { algo: "gbm", params: { trees: 300, class_weights: "balanced" } },
          { name: "deep", algo: "rf", params: { max_depth: 12 } },
        ],
      },
    });
    expect(checkForm(form, FACTS)).toHaveProperty("request");
  });

  it("says of a feature set what it changes of the model's own", () => {
    const none = { changed: [], include: [], exclude: [], momentum_horizons: [], volatility_horizons: [] };
    const form: SweepForm = {
      ...FORM,
      mode: "composition",
      feature_sets: [
        { ...none, name: "bare", changed: ["momentum.include", "features.time.day_of_week"], exclude: ["vix*"] },
        { ...none, name: "slow", momentum_horizons: [6, 12] },
      ],
    };
    expect(bodyOf(form, FACTS)["axes"]).toEqual({
      feature_sets: [
        { name: "bare", momentum: { include: false }, features: { time: { day_of_week: false }, custom: { exclude: ["vix*"] } } },
        { name: "slow", momentum: { hourly_horizons: [6, 12] } },
      ],
    });
    expect(checkForm(form, FACTS)).toHaveProperty("request");
  });

  it("asks for what decides the fits and the thresholds only where it is not the usual", () => {
    expect(
      bodyOf(
        { ...FORM, hours_scope: "train", threshold_mode: "edge", split_kind: "cpcv", n_groups: 6, k_test: 2, embargo_bars: 10 },
        FACTS,
      ),
    ).toEqual({
      ...OWN,
      mode: "simple",
      hours_scope: "train",
      threshold_mode: "edge",
      splits: { kind: "cpcv", n_groups: 6, k_test: 2 },
      embargo_bars: 10,
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

  it("finds the part of a list that is meant", () => {
    const none = { changed: [], include: [], exclude: [], momentum_horizons: [], volatility_horizons: [] };
    const sets = [
      { ...none, name: "one" },
      { ...none, name: "No Name" },
    ];
    const errors = errorsOf({ mode: "composition", feature_sets: sets, learners: [{ name: "Bad Name", algo: "rf", params: {} }] })?.errors;
    expect(errors).toMatchObject({
      feature_sets: [undefined, { name: { type: "schema" } }],
      learners: [{ name: { type: "schema" } }],
    });
    expect(errorsOf({ split_kind: "cpcv", n_groups: 4, k_test: 4 })?.errors).toHaveProperty("k_test");
  });

  it("says what no field stands for", () => {
    expect(errorsOf({ mode: "custom" })).toMatchObject({ errors: {}, rest: ['axes: mode "custom" needs at least one axis'] });
    expect(errorsOf({ mode: "composition" })?.rest[0]).toContain("needs one of indicator_sets");
  });
});

describe("formPath", () => {
  it("names the form's own fields", () => {
    expect(formPath("axes.ml_params.0.name")).toBe("learners.0.name");
    expect(formPath("axes.feature_sets.1.features.custom.exclude.0")).toBe("feature_sets.1.exclude");
    expect(formPath("axes.feature_sets.1.name")).toBe("feature_sets.1.name");
    expect(formPath("splits.k_test")).toBe("k_test");
    expect(formPath("splits")).toBe("splits");
    expect(formPath("axes.stop_loss.1")).toBe("axes.stop_loss.1");
    expect(formPath("gates.min_bets")).toBe("gates.min_bets");
  });
});

describe("the form's fields", () => {
  /** The classic lists are what a custom grid says better; a sweep's rows are always kept. */
  const LEFT_OUT = ["thresholds_variants", "allowed_hours_variants", "top_pct_variants", "embargo", "save"];

  it("stand for every key of the API's request", () => {
    const none = { changed: [], include: [], exclude: [], momentum_horizons: [], volatility_horizons: [] };
    const full: SweepForm = {
      ...FORM,
      mode: "composition",
      preset: "balanced",
      feature_sets: [{ ...none, name: "a" }],
      threshold_mode: "edge",
      hours_scope: "train",
      gates: { min_bets: 40 },
      min_trades: 1,
      min_sharpe: 0,
      splits: 5,
      embargo_bars: 1,
      tag: "x",
    };
    expect(Object.keys(bodyOf(full, FACTS)).toSorted()).toEqual(
      Object.keys(SweepRequestSchema.shape)
        .filter((key) => !LEFT_OUT.includes(key))
        .toSorted(),
    );
  });

  it("count the sets of hours that are trained on", () => {
    expect(hourSetsOf({ mode: "simple", axes: {} })).toBe(3);
    expect(hourSetsOf({ mode: "custom", axes: { thresholds: "0.5" } })).toBe(1);
    expect(hourSetsOf({ mode: "custom", axes: { allowed_hours: "9, 10; 13; all" } })).toBe(3);
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

describe("simpleGrid", () => {
  it("says what the preset tries, as the planner has it, and leaves the count to the estimate", () => {
    expect(simpleGrid("daily", "edge")).toBe(
      "Edge 0.000, 0.100, 0.250; top 15.0%, top 35.0%, all; held for half, once and twice the label's horizon.",
    );
    expect(simpleGrid("hourly", "probability", "conservative")).toBe(
      "Probability 0.600, 0.625, 0.650, 0.675, 0.700; top 5.0%; entered in the hours 9 to 10, 13 to 15, all that are allowed (New York).",
    );
  });
});
