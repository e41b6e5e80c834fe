import { describe, expect, it } from "vitest";
import { applyChange } from "#lib/models/apply-change.ts";
import { ModelConfigSchema } from "#lib/models/model-config.schema.ts";

const config = ModelConfigSchema.parse({
  model_id: "m",
  pack_id: "p",
  ticker: "SPX",
  asset_type: "eq",
  horizon: "swing",
  cadence: "daily",
  data: { provider: "sample", symbol: "SPX" },
  instrument: "stocks",
  indicator_set: "own",
  indicators: ["rsi"],
  strategy: "breakout",
  label: { kind: "forward_return", horizon: 5 },
  learner: { algo: "gbm", params: { trees: 50, max_depth: 2 }, calibration: "none", seed: 7 },
});

describe("applyChange", () => {
  it("changes nothing where nothing is asked", () => {
    expect(applyChange(config, {})).toEqual(config);
    expect(applyChange(config, { indicator_set: "own" })).toEqual(config);
  });

  it("takes another indicator set whole", () => {
    expect(applyChange(config, { indicator_set: "other" })).toEqual({ ...config, indicator_set: "other", indicators: [] });
  });

  it("merges features key by key", () => {
    const feature_set = {
      name: "few",
      features: { time: { day_of_week: false }, custom: { exclude: ["rsi*"] } },
      momentum: { include: false },
    };
    const { features, momentum, volatility } = applyChange(config, { feature_set });
    expect(features).toEqual({ ...config.features, time: { day_of_week: false }, custom: { include: [], exclude: ["rsi*"] } });
    expect(momentum).toEqual({ ...config.momentum, include: false });
    expect(volatility).toEqual(config.volatility);
  });

  it("keeps the learner's other parameters, unless the algorithm changes", () => {
    expect(applyChange(config, { ml_params: { params: { trees: 9 } } }).learner).toEqual({
      ...config.learner,
      params: { trees: 9, max_depth: 2 },
    });
    expect(applyChange(config, { ml_params: { algo: "prior", params: {} } }).learner).toMatchObject({ algo: "prior", params: {}, seed: 7 });
  });

  it("sets strategy, profile and training hours", () => {
    expect(applyChange(config, { strategy: null, risk_profile: "aggressive", train_hours: [9, 10] })).toMatchObject({
      strategy: null,
      risk_profile: "aggressive",
      train: { allowed_hours: [9, 10] },
      allowed_hours: null,
    });
  });

  it("refuses keys that are none", () => {
    expect(() => applyChange(config, { ml_params: { params: { treees: 9 } } })).toThrowError(
      expect.objectContaining({ code: "MODEL_INVALID", fieldErrors: [expect.objectContaining({ path: "learner.params.treees" })] }),
    );
  });
});
