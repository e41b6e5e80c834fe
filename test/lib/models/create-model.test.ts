import { describe, expect, it } from "vitest";
import { thrownBy } from "../packs/support.ts";
import { plan } from "./support.ts";

const CONFIG = "swingsigma/model_configs/spx_eq_swing_daily.yaml";
const POLICY = "swingsigma/policy_templates/spx_eq_swing_daily.yaml";

describe("planModel", () => {
  it("writes the template and the wishes, and leaves the rest to be inherited", () => {
    const { modelId, texts } = plan({ template_id: "swing_eq_daily_close", strategy: "momentum_swing", tags: ["mine"] });
    expect(modelId).toBe("spx_eq_swing_daily");
    expect(Object.keys(texts)).toEqual([CONFIG, POLICY]);
    expect(texts[CONFIG]).toBe(`# What is modelled. Absent values come from the pack.
version: 1
model_id: spx_eq_swing_daily
pack_id: swingsigma
template_id: swing_eq_daily_close
template_version: 1
ticker: SPX
asset_type: eq
horizon: swing
cadence: daily
data:
  provider: sample
  symbol: SPX
instrument: stocks
policy: spx_eq_swing_daily
strategy: momentum_swing
risk_profile: balanced
indicator_set: eq_default
tags:
  - mine
label:
  kind: forward_return
  horizon: 5
  entry: decision_close
  band:
    kind: none
learner:
  algo: gbm
  calibration: sigmoid
  seed: 2025
momentum:
  include: false
volatility:
  include: false
`);
    expect(texts[POLICY]).toBe(`# How predictions become trades. Absent values come from the pack's default policy.
name: spx_eq_swing_daily
version: 1
policy:
  execution:
    brackets:
      entry_mode: decision_close
`);
  });

  it("records the template and its version in the model", () => {
    expect(plan().resolved.config).toMatchObject({ template_id: "swing_eq_daily", template_version: 1 });
  });

  it("keeps the policy's entry in step with a label that the user changes", () => {
    const label = { kind: "forward_return", unit: "bars", task: "classify", horizon: 3, entry: "decision_close" } as const;
    expect(plan({ label }).resolved.policy.execution.brackets.entry_mode).toBe("decision_close");
  });

  it("writes the user's policy values and only those", () => {
    const { texts, resolved } = plan({ policy: { execution: { slippage_bps: 2, commission_bps: 0 } } });
    expect(texts[POLICY]).toContain("slippage_bps: 2");
    expect(texts[POLICY]).not.toContain("commission_bps");
    expect([resolved.provenance["policy.execution.slippage_bps"], resolved.provenance["policy.execution.commission_bps"]]).toEqual([
      "policy",
      "pack",
    ]);
  });

  it("gives the model an indicator set of its own when indicators are listed", () => {
    const indicators = [{ name: "rsi_14" }, { name: "returns", window: 5 }, { name: "natr", period: 14 }] as const;
    const { texts, resolved } = plan({ indicator_set: { indicators: [...indicators] } });
    expect(Object.keys(texts).at(-1)).toBe("swingsigma/indicator_sets/spx_eq_swing_daily.yaml");
    expect(resolved.columns.map((column) => column.name)).toEqual(["rsi_14", "ret_5", "natr_14", "day_of_week"]);
  });

  it("makes a model without a template when the parts are given", () => {
    const request = {
      template_id: undefined,
      asset_type: "eq",
      horizon: "swing",
      cadence: "hourly",
      ticker: "BRK.B",
      algo: "prior",
      variant: "v2",
    } as const;
    const { modelId, resolved } = plan({ ...request, label: { kind: "next_bar_direction" } });
    expect(modelId).toBe("brk_b_eq_swing_hourly_prior_v2");
    expect(resolved.config).toMatchObject({ template_id: null, indicator_set: "default", learner: { algo: "prior", calibration: "none" } });
  });

  it("takes the template's learner settings over to another algorithm, but no parameters", () => {
    const learnerOf = (asked: Parameters<typeof plan>[0]) => plan({ template_id: "swing_eq_daily", ...asked }).resolved.config.learner;
    expect(learnerOf({ algo: "rf", learner: { params: { trees: 50 } } })).toEqual({
      algo: "rf",
      calibration: "sigmoid",
      params: { trees: 50 },
      sample_weights: "uniqueness",
      seed: 2025,
    });
    expect(learnerOf({ algo: "logit", learner: { params: { lambda: 0.1 } } })).toMatchObject({ algo: "logit", params: { lambda: 0.1 } });
    expect(learnerOf({ learner: { params: { trees: 9 } } })).toMatchObject({ algo: "gbm", params: { trees: 9 } });
    expect(thrownBy(() => learnerOf({ algo: "logit", learner: { params: { trees: 9 } } }))).toMatchObject({ code: "MODEL_INVALID" });
  });

  it.each<[string, Parameters<typeof plan>[0], string, string]>([
    ["a template that is not there", { template_id: "swing_eq_dialy" }, "INVALID_PARAM", 'did you mean "swing_eq_daily"?'],
    ["too little without a template", { template_id: undefined, horizon: "swing" }, "INVALID_PARAM", "needs asset_type, cadence"],
    ["another pack", { pack_id: "longsigma" }, "INVALID_PARAM", '"longsigma"'],
    ["a path as model_id", { model_id: "../../etc/passwd" }, "INVALID_PARAM", "model_id"],
    ["a path as variant", { variant: "a/b" }, "INVALID_PARAM", "variant"],
    ["a path as ticker", { ticker: "../SPX" }, "INVALID_PARAM", "ticker"],
    ["an unknown key", { stratgy: "momentum_swing" } as object, "INVALID_PARAM", 'did you mean "strategy"?'],
    ["a model that comes with the pack", { model_id: "spx_eq_swing_daily_example" }, "CONFLICT", "a model"],
    ["the name of a policy", { model_id: "default" }, "CONFLICT", "a policy"],
    ["the name of an indicator set", { model_id: "eq_default" }, "CONFLICT", "an indicator set"],
    ["a reserved word", { model_id: "leaderboard" }, "CONFLICT", "a reserved word"],
    ["a looser gate", { gates: { min_bets: 1 } }, "MODEL_INVALID", "may only be tightened"],
    ["a misspelt gate", { gates: { min_bet: 100 } }, "MODEL_INVALID", 'did you mean "min_bets"?'],
    ["a misspelt policy key", { policy: { execution: { slipage_bps: 1 } } }, "POLICY_INVALID", 'did you mean "slippage_bps"?'],
    [
      "an unknown indicator",
      { indicator_set: { indicators: [{ name: "rsj" }, { name: "adx" }, { name: "atr" }] } },
      "INDICATOR_UNKNOWN",
      '"rsj"',
    ],
  ])("refuses %s", (_what, request, code, message) => {
    expect(thrownBy(() => plan(request))).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
