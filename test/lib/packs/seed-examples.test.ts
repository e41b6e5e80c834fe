import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readModelDocument } from "#lib/models/read-config.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { readDocument } from "#lib/packs/yaml.ts";
import { readPolicy } from "#lib/policies/resolve-policy.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";
import { builtin } from "./support.ts";

const FILES = ["indicator_set", "model_config", "policy"] as const;
const fixture = (name: (typeof FILES)[number]) => readFileSync(new URL(`../../fixtures/packs/seed/${name}.yaml`, import.meta.url), "utf8");

/** A pack for options, as the examples expect one: the built-in pack, renamed and turned to 0DTE. */
function zeroedge() {
  const texts = Object.fromEntries(
    builtin
      .list()
      .filter((path) => !path.includes("example") && !path.includes("model_templates"))
      .map((path) => [path.replace("swingsigma/", "zeroedge/"), builtin.read(path)!]),
  );
  texts["zeroedge/pack.yaml"] = texts["zeroedge/pack.yaml"]!.replace("id: swingsigma", "id: zeroedge")
    .replace("supported_instruments: [stocks]", "supported_instruments: [stocks, options]")
    .replace("horizons: [swing]", "horizons: [0dte]")
    .replace(/^label: .*$/m, "label: { kind: next_bar_direction, band: { kind: trailing_sigma, k: 0.3, window: 140 } }");
  texts["zeroedge/policy_templates/default.yaml"] = fixture("policy");
  return resolvePack(documentsOf(texts), "zeroedge");
}

describe("the three examples of the first document", () => {
  it("loads the indicator set unchanged", () => {
    const set = readDocument(fixture("indicator_set"), IndicatorSetSchema, { code: "PACK_INVALID", path: "indicator_set.yaml" });
    expect(set.name).toBe("zeroedge_custom");
    expect(set.indicators).toHaveLength(6);
    expect(set.indicators[0]).toEqual({ name: "ema", window: 20, column: "close" });
    expect(set.indicators[5]).toEqual({ name: "iv_realized_spread", window: 20, underlying: "SPY" });
  });

  it("loads the model configuration unchanged, its place saying what it leaves out", () => {
    const modelId = "spy_opt_0dte_hourly_xgb";
    expect(readModelDocument(fixture("model_config"), "zeroedge", modelId)).toMatchObject({
      pack_id: "zeroedge",
      ticker: "SPY",
      horizon: "0dte",
      cadence: "hourly",
      instrument: "options",
    });
    const documents = { ...documentsOf({ [`zeroedge/model_configs/${modelId}.yaml`]: fixture("model_config") }), modelId };
    const { config, provenance } = resolveModel(zeroedge(), documents);
    expect(config.features.flow).toEqual({
      flow_side: "volume",
      signed: false,
      per_distance: true,
      totals: true,
      ratios: true,
      atm: false,
      distance_max: 7,
    });
    expect(config.momentum).toEqual({ include: true, hourly_horizons: [1, 3] });
    expect(config.label).toEqual({
      kind: "next_bar_direction",
      entry: "next_open",
      band: { kind: "trailing_sigma", k: 0.3, window: 140 },
    });
    expect(config.learner.algo).toBe("gbm");
    expect([provenance["features.flow.atm"], provenance["features.flow.distance_max"], provenance["label.kind"]]).toEqual([
      "model",
      "built-in default",
      "pack",
    ]);
  });

  it("loads the policy unchanged, nested under policy:", () => {
    const policy = readPolicy(fixture("policy"), "policy.yaml");
    expect(policy.name).toBe("zeroedge_default_v1");
    expect(policy.risk.max_drawdown).toBe(0.1);
    expect(policy.execution).toMatchObject({ slippage_bps: 1, momentum_column: "momentum_score_total" });
    expect(policy.alerting).toEqual({ cooldown_minutes: 5, max_trades_per_day: 10 });
  });
});

const DOCUMENT = "seeds/000_8b82e76fcd25a948.txt";

describeWithShared("the examples' source", [DOCUMENT], () => {
  it("has them as the fixtures have them", () => {
    const blocks = [...readFileSync(sharedPath(DOCUMENT), "utf8").matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1]);
    expect(blocks).toEqual(FILES.map(fixture));
  });
});
