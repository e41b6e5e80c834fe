import { describe, expect, it } from "vitest";
import { planModel } from "#lib/models/create-model.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { builtin, edited, thrownBy } from "../packs/support.ts";
import { resolveWritten, swing } from "./support.ts";

const example = () => resolveModel(swing, { ...builtin, modelId: "spx_eq_swing_daily_example" });
const entryMode = (mode: string) => `name: m\nversion: 1\npolicy: { execution: { brackets: { entry_mode: ${mode} } } }\n`;

describe("resolveModel", () => {
  it("completes the example model from its policy, its pack and the built-in defaults", () => {
    const { config, policy, limits, strategy, signalInterval, provenance } = example();
    expect(config).toMatchObject({ asset_type: "eq", horizon: "swing", cadence: "daily", instrument: "stocks", risk_profile: "balanced" });
    expect(policy.execution.brackets.entry_mode).toBe("decision_close");
    expect(strategy?.name).toBe("momentum_swing");
    expect(signalInterval).toBe("daily");
    expect(limits).toEqual({
      min_bets: 30,
      max_drawdown_pct: 25,
      min_sharpe: 0.5,
      adv_bps_max: 10,
      turnover_max: 2,
      min_dsr: 0.9,
      max_p_oos_loss: 0.2,
    });
    const sources = [
      "label.kind",
      "risk_profile",
      "learner.params",
      "policy.execution.brackets.entry_mode",
      "policy.execution.slippage_bps",
      "limits.min_bets",
    ];
    expect(sources.map((path) => provenance[path])).toEqual(["model", "pack", "built-in default", "policy", "pack", "pack"]);
  });

  it("adds the strategy's indicators to the set's, once each", () => {
    const names = example().indicatorEntries.map((entry) => `${entry.name}${entry["window"] ?? ""}`);
    expect(names.filter((name) => name === "rsi14" || name === "adx14")).toEqual(["rsi14", "adx14"]);
    expect(names.at(-1)).toBe("macd");
    expect(names).toHaveLength(14);
  });

  it("drops only those of the pack's exclusions that name no column", () => {
    expect(example().config.features.custom.exclude).toEqual(["macd_??_*", "macd_signal_*"]);
  });

  it("applies the subset of the set", () => {
    const { indicatorEntries, columns } = resolveWritten("indicators: [rsi, natr, adx]");
    expect(indicatorEntries.map((entry) => entry.name)).toEqual(["rsi", "natr", "adx"]);
    expect(columns.map((column) => column.name)).toEqual(["rsi_14", "natr_14", "plus_di_14", "minus_di_14", "adx_14", "day_of_week"]);
  });

  it("uses an indicator set of the model's own, aliases and all", () => {
    const set =
      "name: m\nversion: 1\nindicators:\n  - { name: returns, length: 5 }\n  - { name: rsi_14 }\n  - { name: stddev, period: 20 }\n";
    expect(resolveWritten("indicator_set: m", undefined, set).columns.map((column) => column.name)).toEqual([
      "ret_5",
      "rsi_14",
      "rolling_std_20",
      "day_of_week",
    ]);
  });

  it("refuses an instrument that the pack does not trade", () => {
    const stocks = resolvePack(edited({ "swingsigma/pack.yaml": (text) => text.replace("[stocks, options]", "[stocks]") }), "swingsigma");
    const error = thrownBy(() => planModel({ pack_id: "swingsigma", template_id: "swing_opt_daily", ticker: "SPX" }, stocks));
    expect(error).toMatchObject({ code: "MODEL_INVALID", message: expect.stringContaining("Choose one of stocks") });
  });

  it("takes synonyms of assets and instruments", () => {
    expect(resolveWritten("asset_type: stocks\ninstrument: equity").config).toMatchObject({ asset_type: "eq", instrument: "stocks" });
  });

  it("tightens in order: pack, profile, policy, model", () => {
    const policy = "name: m\nversion: 1\nrisk_budget: { min_trades: 60 }\n";
    const { limits, provenance } = resolveWritten("risk_profile: conservative\ngates: { max_drawdown: 15, min_calmar: 1 }", policy);
    expect(limits).toMatchObject({ min_bets: 60, max_drawdown_pct: 15, min_calmar: 1, min_sharpe: 0.7 });
    expect(["min_bets", "max_drawdown_pct", "min_calmar", "min_sharpe"].map((key) => provenance[`limits.${key}`])).toEqual([
      "policy",
      "model",
      "model",
      "pack",
    ]);
  });

  it("warns when the policy was written for another profile", () => {
    const { warnings, config } = resolveWritten("risk_profile: conservative", "name: m\nversion: 1\nrisk_profile: aggressive\n");
    expect(config.risk_profile).toBe("conservative");
    expect(warnings.map((finding) => finding.code)).toEqual(["risk_profile_differs"]);
  });

  it("has digests of what is said, not of how it is written", () => {
    const plain = resolveWritten().lineage;
    expect(resolveWritten("# a comment").lineage).toEqual(plain);
    expect(resolveWritten("learner: { algo: xgb, seed: 2025 }").lineage).toEqual(plain);
    expect(resolveWritten("learner: { seed: 1, algo: gbm }").lineage).toEqual({
      ...plain,
      config_sha: expect.not.stringMatching(plain.config_sha),
    });
    expect(resolveWritten("", "name: m\nversion: 1\npolicy: { execution: { slippage_bps: 3 } }\n").lineage).toEqual({
      ...plain,
      policy_sha: expect.not.stringMatching(plain.policy_sha),
    });
    const conservative = resolveWritten("risk_profile: conservative").lineage;
    expect(conservative.risk_sha).not.toBe(plain.risk_sha);
    expect([conservative.pack_sha, conservative.indicator_set_sha]).toEqual([plain.pack_sha, plain.indicator_set_sha]);
  });

  it.each<[string, string, string, string | null, string, string]>([
    ["no policy document", "POLICY_INVALID", "", null, "policy", "needs a policy"],
    ["a policy name that is a path", "MODEL_INVALID", "policy: ../../x", null, "policy", "must be 1 to 64 characters"],
    [
      "a label entry that the policy does not share",
      "LABEL_ENTRY_MISMATCH",
      "label: { kind: forward_return, horizon: 5, entry: decision_close }",
      "name: m\nversion: 1\n",
      "policy.execution.brackets.entry_mode",
      'Set execution.brackets.entry_mode to "decision_close"',
    ],
    [
      "the mismatch the other way round",
      "LABEL_ENTRY_MISMATCH",
      "",
      entryMode("decision_close"),
      "policy.execution.brackets.entry_mode",
      'to "next_bar_open"',
    ],
    [
      "limit entries, which no label refers to",
      "LABEL_ENTRY_MISMATCH",
      "",
      entryMode("limit"),
      "policy.execution.brackets.entry_mode",
      '"limit"',
    ],
    [
      "an instrument of another asset",
      "MODEL_INVALID",
      "instrument: options",
      "name: m\nversion: 1\n",
      "instrument",
      'asset_type "eq" trades "stocks"',
    ],
    [
      "a horizon that the pack does not offer",
      "MODEL_INVALID",
      "horizon: long\nlabel: { kind: forward_return, horizon: 63 }",
      "name: m\nversion: 1\n",
      "horizon",
      "Choose one of swing",
    ],
    [
      "a cadence that the pack does not offer",
      "MODEL_INVALID",
      "cadence: 5m",
      "name: m\nversion: 1\n",
      "cadence",
      "Choose one of daily, hourly",
    ],
    [
      "a label beyond the horizon",
      "MODEL_INVALID",
      "label: { kind: forward_return, horizon: 21 }",
      "name: m\nversion: 1\n",
      "label.horizon",
      "1 to 20",
    ],
    [
      "a strategy that is not there",
      "MODEL_INVALID",
      "strategy: momentum_swin",
      "name: m\nversion: 1\n",
      "strategy",
      'did you mean "momentum_swing"?',
    ],
    [
      "an indicator set that is not there",
      "MODEL_INVALID",
      "indicator_set: eq_defualt",
      "name: m\nversion: 1\n",
      "indicator_set",
      'did you mean "eq_default"?',
    ],
    ["a subset that the set does not hold", "MODEL_INVALID", "indicators: [rsi, adx, obv]", "name: m\nversion: 1\n", "indicators", '"obv"'],
    ["two indicators", "MODEL_INVALID", "indicators: [rsi, natr]", "name: m\nversion: 1\n", "indicators", '"2" indicators'],
    [
      "a gate looser than the profile's",
      "MODEL_INVALID",
      "gates: { min_bets: 29 }",
      "name: m\nversion: 1\n",
      "gates.min_bets",
      "may only be tightened",
    ],
    [
      "a policy looser than the profile",
      "POLICY_INVALID",
      "",
      "name: m\nversion: 1\nrisk_budget: { turnover_max: 2.5 }\n",
      "policy.risk_budget.turnover_max",
      "may only be tightened",
    ],
    [
      "a momentum gate on a column nobody computes",
      "POLICY_INVALID",
      "",
      "name: m\nversion: 1\nexecution: { momentum_gate: true, momentum_column: close_mom_3 }\n",
      "policy.execution.momentum_column",
      '"close_mom_3"',
    ],
    [
      "a momentum gate on a column left out of the matrix",
      "POLICY_INVALID",
      "features: { custom: { exclude: [momentum_*] } }",
      "name: m\nversion: 1\nexecution: { momentum_gate: true }\n",
      "policy.execution.momentum_column",
      "features.custom leaves out",
    ],
    [
      "a strategy whose column is left out of the matrix",
      "MODEL_INVALID",
      "strategy: momentum_swing\nfeatures: { custom: { exclude: [adx_14] } }",
      "name: m\nversion: 1\n",
      "strategies.momentum_swing.entry",
      "features.custom leaves out",
    ],
    [
      "a pattern that names no column",
      "MODEL_INVALID",
      "features: { custom: { include: [rsi_14, natr_15] } }",
      "name: m\nversion: 1\n",
      "features.custom.include",
      'Did you mean "natr_14"?',
    ],
    ["an unknown key", "MODEL_INVALID", "stratgy: momentum_swing", "name: m\nversion: 1\n", "stratgy", 'did you mean "strategy"?'],
    ["a pack_id that is not the file's place", "MODEL_INVALID", "pack_id: zerosigma", "name: m\nversion: 1\n", "", "its place says"],
  ])("refuses %s", (_what, code, lines, policy, path, message) => {
    const error = thrownBy(() => resolveWritten(lines, policy)) as Error & { fieldErrors: { path: string }[] };
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    if (path !== "") expect(error.fieldErrors.map((field) => field.path)).toContain(path);
  });

  it.each<[string, string, string]>([
    ["a label at the horizon's end", "label: { kind: forward_return, horizon: 20 }", "name: m\nversion: 1\n"],
    ["three indicators", "indicators: [rsi, natr, adx]", "name: m\nversion: 1\n"],
    ["a gate equal to the profile's", "gates: { min_bets: 30 }", "name: m\nversion: 1\n"],
    [
      "a momentum gate on a column that a flag adds",
      "momentum: { include: true, hourly_horizons: [3] }",
      "name: m\nversion: 1\nexecution: { momentum_gate: true, momentum_column: close_mom_3 }\n",
    ],
    ["an hourly model", "cadence: hourly\nlabel: { kind: forward_return, horizon: 140 }", "name: m\nversion: 1\n"],
    [
      "the pack's policy by name",
      "policy: close\nlabel: { kind: forward_return, horizon: 5, entry: decision_close }",
      "name: m\nversion: 1\n",
    ],
  ])("accepts %s", (_what, lines, policy) => {
    expect(resolveWritten(lines, policy).config.model_id).toBe("m");
  });

  it("names every incoherence at once", () => {
    const error = thrownBy(() => resolveWritten("cadence: 5m\nindicators: [rsi]\ngates: { min_bets: 1 }")) as Error & {
      facts: { findings: string[] };
    };
    expect(error.facts.findings).toEqual(["gate_loosened", "cadence_not_offered", "indicator_count"]);
  });

  it("lets nothing of the model's hide what the pack defines", () => {
    const texts = {
      "swingsigma/model_configs/m.yaml": "model_id: m\nticker: SPX\nasset_type: eq\nhorizon: swing\ncadence: daily\n",
      "swingsigma/policy_templates/default.yaml": "name: mine\nversion: 1\npolicy: { execution: { slippage_bps: 0 } }\n",
      "swingsigma/indicator_sets/default.yaml": "name: mine\nversion: 1\nindicators: [{ name: obv }]\n",
    };
    const { policy, indicatorEntries } = resolveModel(swing, { ...documentsOf(texts), modelId: "m" });
    expect(policy.name).toBe("swingsigma_default");
    expect(indicatorEntries).toHaveLength(6);
  });

  it("answers NOT_FOUND for a model without a configuration", () => {
    expect(() => resolveModel(swing, { ...documentsOf({}), modelId: "nobody" })).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });
});
