import { describe, expect, it } from "vitest";
import { explainPolicy } from "#lib/policies/explain.ts";
import { type PolicyDocument, readPolicy, resolvePolicy } from "#lib/policies/resolve-policy.ts";

const pack: PolicyDocument = {
  source: "pack",
  path: "p/policy_templates/default.yaml",
  text: "name: base\nversion: 3\npolicy:\n  execution:\n    slippage_bps: 2\n    brackets: { entry_mode: decision_close, time_stop_minutes: null }\n",
};
const own: PolicyDocument = {
  source: "policy",
  path: "p/policy_templates/m.yaml",
  text: "name: mine\nversion: 1\nexecution: { slippage_bps: 4 }\nrisk_budget: { min_trades: 40 }\n",
};

describe("resolvePolicy", () => {
  it("lays the model's policy over the pack's default over the built-in defaults", () => {
    const { policy, provenance } = resolvePolicy([own, pack]);
    expect(policy).toMatchObject({ name: "mine", version: 1, risk_budget: { min_bets: 40 } });
    expect(policy.execution.slippage_bps).toBe(4);
    expect(policy.execution.brackets).toMatchObject({ entry_mode: "decision_close", time_stop_minutes: null, atr_period: 14 });
    expect(provenance["execution.slippage_bps"]).toBe("policy");
    expect(provenance["execution.brackets.time_stop_minutes"]).toBe("pack");
    expect(provenance["execution.brackets.atr_period"]).toBe("built-in default");
  });

  it("has no answer without a document: a policy is mandatory", () => {
    expect(() => resolvePolicy([])).toThrowError(expect.objectContaining({ code: "POLICY_INVALID" }));
  });

  it("blames the document that is wrong, with its line", () => {
    const broken = { ...pack, text: pack.text.replace("slippage_bps: 2", "slippage_bps: -2") };
    expect(() => resolvePolicy([own, broken])).toThrowError(
      expect.objectContaining({ code: "POLICY_INVALID", message: expect.stringContaining('"p/policy_templates/default.yaml"') }),
    );
  });
});

describe("readPolicy", () => {
  it.each([
    ["an unknown key", "name: x\nversion: 1\nexecution: { slipage_bps: 1 }\n", 'did you mean "slippage_bps"?'],
    ["no name", "version: 1\n", "name"],
    ["a section at both places", "name: x\nversion: 1\nrisk: {}\npolicy: { risk: {} }\n", "stands at the root and under"],
    ["a list", "- 1\n", "x.yaml"],
    ["nothing", "", "x.yaml"],
  ])("refuses %s", (_what, text, message) => {
    expect(() => readPolicy(text, "x.yaml")).toThrowError(
      expect.objectContaining({ code: "POLICY_INVALID", message: expect.stringContaining(message) }),
    );
  });
});

describe("explainPolicy", () => {
  it("lists every effective value with its source", () => {
    const rows = explainPolicy(resolvePolicy([own, pack]));
    const of = (path: string) => rows.find((row) => row.path === path);
    expect(of("execution.slippage_bps")).toEqual({ path: "execution.slippage_bps", value: 4, source: "model" });
    expect(of("execution.brackets.entry_mode")).toMatchObject({ value: "decision_close", source: "pack default" });
    expect(of("execution.brackets.time_stop_minutes")).toMatchObject({ value: null, source: "pack default" });
    expect(of("execution.momentum_column")).toMatchObject({ value: "momentum_score_total", source: "built-in default" });
    expect(of("risk_budget.min_bets")).toMatchObject({ value: 40, source: "model" });
    expect(rows).toHaveLength(46);
  });
});
