import { describe, expect, it } from "vitest";
import { LabelSchema } from "#lib/matrix/label.schema.ts";
import { UpdateModelSchema } from "#lib/models/update-model.schema.ts";
import {
  changeOf,
  type DesignDraft,
  designDraftOf,
  entryDraftOf,
  fieldAt,
  issuesOf,
  makesStale,
  OWN_SET,
  partsOf,
} from "../../../../web/src/pages/models/designer/design.ts";
import { labelOfKind } from "../../../../web/src/ui/model/label-kinds.ts";

const DETAIL = {
  model_id: "spx_eq_swing_daily",
  config: {
    indicator_set: "eq_default",
    features: { time: { day_of_week: true }, custom: { include: [], exclude: [] } },
    momentum: { include: false, hourly_horizons: [1, 3] },
    volatility: { include: false, hourly_horizons: [3] },
    label: { kind: "forward_return", entry: "next_open", horizon: 5, unit: "bars", band: { kind: "none" }, task: "classify" },
    learner: { algo: "gbm", params: {}, calibration: "none", seed: 2025, sample_weights: "uniqueness" },
    strategy: null,
    risk_profile: "balanced",
    gates: {},
    allowed_hours: null,
    train: { allowed_hours: null },
    window: { start: null, end: null },
    data: { provider: "sample", symbol: "SPX", others: { VIX: { provider: "sample", symbol: "VIXCLS" } } },
    tags: ["mine"],
    indicators: [],
  },
  indicators: [{ name: "rsi", window: 14 }, { name: "ret", window: 1, column: "close" }, { name: "natr" }],
  policy: {
    name: "p",
    version: 1,
    risk: { max_drawdown: 0.2 },
    execution: { slippage_bps: 1, brackets: { enabled: false, stop_loss: null } },
    alerting: { cooldown_minutes: 0 },
  },
};
const before = designDraftOf(DETAIL as unknown as Parameters<typeof designDraftOf>[0]);
const made = (change: Partial<DesignDraft>): DesignDraft => ({ ...structuredClone(before), ...change });
const changed = (change: Partial<DesignDraft>) => changeOf(before, made(change));

describe("changeOf", () => {
  it("asks for nothing when nothing differs, also where an emptied field says so by having no value", () => {
    expect(changed({})).toEqual({});
    expect(changed({ gates: { min_bets: undefined } })).toEqual({});
  });

  it("names a set of the pack by its name, and sends the model's own list whole", () => {
    expect(changed({ indicator_set: "eq_breakout" })).toEqual({ indicator_set: "eq_breakout" });
    const [rsi, ...others] = before.entries;
    const entries = [{ ...rsi!, params: { window: 7 } }, ...others];
    expect(changed({ indicator_set: OWN_SET, entries })).toEqual({
      indicator_set: { indicators: [{ name: "rsi", window: 7 }, { name: "ret", window: 1, column: "close" }, { name: "natr" }] },
    });
  });

  it("leaves an emptied parameter to its default", () => {
    const entries = [{ name: "rsi", params: { window: undefined }, rest: {} }];
    expect(changed({ indicator_set: OWN_SET, entries })).toEqual({ indicator_set: { indicators: [{ name: "rsi" }] } });
  });

  it("sends of features and policy the keys that differ only, and takes an emptied one back by null", () => {
    const features = { ...before.features, time: { day_of_week: false } };
    expect(changed({ features })).toEqual({ features: { time: { day_of_week: false } } });
    const execution = { ...before.policy.execution, slippage_bps: undefined, brackets: { enabled: true, stop_loss: null } };
    expect(changed({ policy: { ...before.policy, execution } })).toEqual({
      policy: { execution: { slippage_bps: null, brackets: { enabled: true } } },
    });
  });

  it("sends label and learner whole, without what was emptied", () => {
    const learner = { ...before.learner, params: { trees: 50, max_depth: undefined } };
    expect(changed({ learner })).toEqual({ learner: { ...before.learner, params: { trees: 50 } } });
    expect(changed({ label: { ...before.label, horizon: 10 } as DesignDraft["label"] })).toEqual({
      label: { ...before.label, horizon: 10 },
    });
  });

  it("sends the source of the data whole, with the further symbols, and a rate only where one is said", () => {
    expect(changed({ data: { ...before.data, symbol: "NDX" } })).toEqual({
      data: { provider: "sample", symbol: "NDX", others: { VIX: { provider: "sample", symbol: "VIXCLS" } } },
    });
    expect(changed({ data: { ...before.data, risk_free: {} } })).toEqual({});
    const risk_free = { kind: "yield_pct", symbol: "DGS3MO" };
    expect(changed({ data: { ...before.data, risk_free }, others: [{ name: "DGS3MO", provider: "files" }] })).toEqual({
      data: { provider: "sample", symbol: "SPX", others: { DGS3MO: { provider: "files", symbol: "DGS3MO" } }, risk_free },
    });
  });

  it("sends tags, the contract and a part of the set, and takes the contract back by null", () => {
    const next = made({ tags: ["mine", "v2"], default_dte: 7, default_strike: "5%_OTM", only: ["rsi"] });
    expect(changeOf(before, next)).toEqual({ tags: ["mine", "v2"], default_dte: 7, default_strike: "5%_OTM", indicators: ["rsi"] });
    expect(changeOf(next, before)).toEqual({ tags: ["mine"], default_dte: null, default_strike: null, indicators: [] });
    expect(issuesOf(changeOf(before, made({ default_strike: "deep" })))).toMatchObject([{ path: "default_strike" }]);
    expect(issuesOf(changeOf(before, made({ tags: ["Not A Tag"] })))).toMatchObject([{ path: "tags.0" }]);
  });

  it("has a field for every part of a change", () => {
    const next = made({
      indicator_set: "eq_breakout",
      only: ["rsi"],
      features: { ...before.features, time: { day_of_week: false } },
      momentum: { include: true, hourly_horizons: [1] },
      volatility: { include: true, hourly_horizons: [1] },
      label: { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } },
      learner: { algo: "logit", params: {} },
      strategy: "x",
      risk_profile: "aggressive",
      gates: { min_bets: 40 },
      allowed_hours: ["10"],
      train_hours: ["10"],
      start: "2015-01-02",
      data: { provider: "sample", symbol: "NDX" },
      tags: [],
      default_dte: 1,
      default_strike: "ATM",
      policy: { ...before.policy, risk: { max_drawdown: 0.1 } },
    });
    // Nothing reads how often a model would like to speak: it is scored at each closed bar.
    expect(Object.keys(changeOf(before, next)).toSorted()).toEqual(
      Object.keys(UpdateModelSchema.shape)
        .filter((key) => key !== "signal_interval")
        .toSorted(),
    );
  });

  it("takes hours, window and strategy back to none by null", () => {
    const hours = made({ allowed_hours: ["10", "9"], start: "2015-01-02", strategy: "momentum_swing" });
    expect(changeOf(before, hours)).toEqual({
      allowed_hours: [9, 10],
      window: { start: "2015-01-02", end: null },
      strategy: "momentum_swing",
    });
    expect(changeOf(hours, before)).toEqual({ allowed_hours: null, window: { start: null, end: null }, strategy: null });
  });
});

it("knows which changes make the matrix stale", () => {
  expect(makesStale(changed({ label: { ...before.label, horizon: 10 } as DesignDraft["label"] }))).toBe(true);
  expect(makesStale(changed({ risk_profile: "conservative", gates: { min_bets: 40 } }))).toBe(false);
  expect(partsOf(changed({ train_hours: ["9"], risk_profile: "conservative" }))).toBe("risk profile, training hours");
});

it("keeps what stands beside an indicator's parameters", () => {
  expect(entryDraftOf({ name: "ret", window: 5, underlying: "SPY", column: "close" })).toEqual({
    name: "ret",
    params: { window: 5 },
    rest: { underlying: "SPY", column: "close" },
  });
});

it("finds the field of what the linter objects to", () => {
  expect(fieldAt("indicators")).toBe("entries");
  expect(fieldAt("execution.slippage_bps")).toBe("policy.execution.slippage_bps");
  expect(fieldAt("gates.max_drawdown_pct")).toBe("gates.max_drawdown_pct");
  expect(fieldAt("window.start")).toBe("start");
  expect(issuesOf({ label: { kind: "forward_return", horizon: 0 } })).toEqual([expect.objectContaining({ path: "label.horizon" })]);
});

it("changes the kind of a label to one that the schema takes, and keeps what both have", () => {
  for (const { kind } of LabelSchema.options.map(({ shape }) => ({ kind: shape.kind.value })))
    expect(LabelSchema.safeParse(labelOfKind(kind, before.label)).success, kind).toBe(true);
  expect(labelOfKind("triple_barrier", before.label)).toMatchObject({ horizon: 5, entry: "next_open" });
});
