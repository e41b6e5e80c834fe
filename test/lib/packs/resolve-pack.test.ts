import { describe, expect, it } from "vitest";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { builtin, edited, thrownBy } from "./support.ts";

const sha = (changes: Parameters<typeof edited>[0]) => resolvePack(edited(changes), "swingsigma").packSha;

describe("resolvePack", () => {
  it("reads every kind of document", () => {
    const { pack, indicatorSets, strategies, policies, riskProfiles, templates, modelIds } = resolvePack(builtin, "swingsigma");
    expect(pack.name).toBe("SwingSigma");
    expect([...indicatorSets.keys()].filter((name) => /^(default|eq_)/.test(name))).toEqual([
      "default",
      "eq_breakout",
      "eq_default",
      "eq_meanrevert",
    ]);
    expect([...strategies.keys()]).toEqual(["breakout_swing", "mean_reversion_swing", "momentum_swing"]);
    expect([...policies.keys()]).toEqual(["close", "default", "options", "options_close"]);
    expect([...riskProfiles.keys()]).toEqual(["aggressive", "balanced", "conservative"]);
    expect([...templates.keys()].filter((name) => !name.startsWith("swing_opt"))).toEqual([
      "swing_eq_daily",
      "swing_eq_daily_close",
      "swing_eq_hourly",
      "swing_eq_month",
      "swing_eq_next_day",
    ]);
    expect(modelIds).toEqual(["simmkt_opt_swing_daily_example", "spx_eq_swing_daily_example"]);
  });

  it("has one sha for one content, whatever comments, order and models say", () => {
    const original = resolvePack(builtin, "swingsigma").packSha;
    expect(sha({ "swingsigma/pack.yaml": (text) => `# another comment\n${text}` })).toBe(original);
    expect(sha({ "swingsigma/model_configs/spx_eq_swing_daily_example.yaml": (text) => text.replace("horizon: 5", "horizon: 6") })).toBe(
      original,
    );
    expect(sha({ "swingsigma/policy_templates/spx_eq_swing_daily_example.yaml": (text) => text.replace("version: 1", "version: 2") })).toBe(
      original,
    );
    expect(sha({ "swingsigma/strategies/momentum_swing.yaml": (text) => text.replace("value: 25", "value: 26") })).not.toBe(original);
    expect(sha({ "swingsigma/risk_profiles/balanced.yaml": (text) => text.replace("min_bets: 30", "min_bets: 31") })).not.toBe(original);
  });

  it("refuses an unknown key and names the nearest", () => {
    const error = thrownBy(() =>
      resolvePack(edited({ "swingsigma/strategies/momentum_swing.yaml": (t) => t.replace("\nside:", "\nsied:") }), "swingsigma"),
    );
    expect(error).toMatchObject({ code: "PACK_INVALID", message: expect.stringContaining('unknown key "sied"; did you mean "side"?') });
  });

  it("takes the default set from the older place at the root, and refuses two of them", () => {
    const set = builtin.read("swingsigma/indicator_sets/default.yaml")!;
    const atRoot = edited({ "swingsigma/indicator_sets/default.yaml": null, "swingsigma/indicator_set.yaml": set });
    expect(resolvePack(atRoot, "swingsigma").indicatorSets.get("default")?.indicators).toHaveLength(6);
    expect(() => resolvePack(edited({ "swingsigma/indicator_set.yaml": set }), "swingsigma")).toThrowError(/both define the default set/);
  });

  it("refuses a limit that is given under both of its names", () => {
    expect(() =>
      resolvePack(edited({ "swingsigma/pack.yaml": (t) => t.replace("min_bets: 20", "min_bets: 20\n  min_trades: 20") }), "swingsigma"),
    ).toThrowError(expect.objectContaining({ code: "PACK_INVALID", message: expect.stringContaining("min_trades") }));
  });

  it.each(["../swingsigma", "swingsigma/../swingsigma", "SWINGSIGMA", "", "schema", "__proto__", "constructor"])(
    "answers NOT_FOUND for the id %j",
    (packId) => {
      expect(() => resolvePack(builtin, packId)).toThrowError(expect.objectContaining({ code: "NOT_FOUND" }));
    },
  );
});
