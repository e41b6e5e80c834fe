import { describe, expect, it } from "vitest";
import { FeatureSetSchema } from "#lib/models/model-change.schema.ts";
import { FeatureFlagsSchema, ModelConfigSchema } from "#lib/models/model-config.schema.ts";
import { type FeatureFacts, featureSetOf, newFeatureSet, partsOf } from "../../../../web/src/pages/sweeps/feature-sets.ts";
import { FEATURE_PARTS } from "../../../../web/src/words/features.ts";

const STOCKS: FeatureFacts = {
  asset_type: "eq",
  features: FeatureFlagsSchema.parse({}),
  momentum: { include: true },
  volatility: { include: false },
};
const OPTIONS: FeatureFacts = { ...STOCKS, asset_type: "opt", features: FeatureFlagsSchema.parse({ flow: {}, dealer: null, oi: {} }) };
const NONE = { name: "a", changed: [], include: [], exclude: [], momentum_horizons: [], volatility_horizons: [] };

describe("partsOf", () => {
  it("offers a model of stocks no flow", () => {
    expect(partsOf(STOCKS).map(({ path, isOn }) => [path, isOn])).toEqual([
      ["features.time.day_of_week", true],
      ["momentum.include", true],
      ["volatility.include", false],
    ]);
  });

  it("offers the parts of a family that is on, and the whole of one that is off", () => {
    const paths = partsOf(OPTIONS).map(({ path }) => path);
    expect(paths).toContain("features.flow.totals");
    expect(paths).toContain("features.dealer");
    expect(paths).not.toContain("features.dealer.divergence_score");
  });

  it("has every switch of the configuration", () => {
    const { flow, dealer, oi, time } = FeatureFlagsSchema.shape;
    const switches = (prefix: string, shape: object): string[] =>
      Object.entries(shape).flatMap(([key, value]) => {
        const isSwitch = (value as { def?: { innerType?: { type?: string } } }).def?.innerType?.type === "boolean";
        return isSwitch ? [`${prefix}.${key}`] : [];
      });
    expect(FEATURE_PARTS.map(({ path }) => path).toSorted()).toEqual(
      [
        ...switches("features.flow", flow.unwrap().unwrap().shape),
        ...switches("features.dealer", dealer.unwrap().unwrap().shape),
        ...switches("features.oi", oi.unwrap().unwrap().shape),
        ...switches("features.time", time.unwrap().shape),
        ...switches("momentum", ModelConfigSchema.shape.momentum.unwrap().shape),
        ...switches("volatility", ModelConfigSchema.shape.volatility.unwrap().shape),
      ].toSorted(),
    );
  });
});

describe("featureSetOf", () => {
  it("turns parts round and leaves the others to the model", () => {
    expect(
      featureSetOf({ ...NONE, changed: ["volatility.include", "features.flow.atm", "features.dealer", "features.flow"] }, OPTIONS),
    ).toEqual({
      name: "a",
      volatility: { include: true },
      features: { flow: null, dealer: {} },
    });
  });

  it("makes what the API takes", () => {
    const set = featureSetOf({ ...NONE, include: ["ret_*"], momentum_horizons: [2], distance_max: 3, flow_side: "inferred" }, OPTIONS);
    expect(set).toEqual({
      name: "a",
      features: { custom: { include: ["ret_*"] }, flow: { distance_max: 3, flow_side: "inferred" } },
      momentum: { hourly_horizons: [2] },
    });
    expect(FeatureSetSchema.safeParse(set).success).toBe(true);
  });
});

describe("newFeatureSet", () => {
  it("has a name that is free", () => {
    expect(newFeatureSet([]).name).toBe("features_1");
    expect(newFeatureSet(["features_2"]).name).toBe("features_3");
  });
});
