import type { RuleCode } from "#lib/packs/coherence-rules.ts";
import { type Edits, inFile, inMenu, inModel, inPack, inPolicy, modelWith, setOf, withOptions } from "./support.ts";

/** What is edited in the sound pack, in words. */
export type Case = readonly [what: string, ...edits: readonly Edits[]];
export interface RuleCases {
  /** Just inside the limit: the rule says nothing, and the pack is not rejected. */
  readonly accepted: readonly Case[];
  /** At or beyond the limit: the rule speaks. */
  readonly rejected: readonly Case[];
}

/** Rules that judge something else than a pack's documents; their own tests have their fixtures. */
export type RuleOfPack = Exclude<RuleCode, "threshold_out_of_range" | `performance_${string}`>;

const description = (length: number): Edits => inPack([/^description: .*$/m, `description: ${"x".repeat(length)}`]);
const horizonOf = (bars: number): Edits => inModel(["horizon: 5 }", `horizon: ${bars} }`]);
const hourly = inModel(["cadence: daily", "cadence: hourly"]);
const window = (start: string, end: string): Edits => modelWith(`window: { start: ${start}, end: ${end} }`);
const intradayTag = inPack(["timeframe: swing", "timeframe: intraday"], ["horizons: [swing]", "horizons: [swing, intraday]"]);
const horizon = (name: string): readonly [string, string] => ["time_horizon: days", `time_horizon: ${name}`];
const onlyDaily = inPack(["cadences: [daily, hourly]", "cadences: [daily]"]);
const noHalfHours = ["  - { name: returns_last_30m, timeframe: minute }\n", ""] as const;
const balanced = (line: string): Edits => inFile("risk_profiles/balanced.yaml", [/^risk_budget: .*$/m, `risk_budget: ${line}`]);
const brackets = (text: string): Edits => inPolicy(`{ execution: { brackets: { enabled: true, ${text} } } }`);
/** The label that the pack gives needs no bar inside the session, nor does the template's. */
const optionModel = inModel(["asset_type: eq", "asset_type: opt"]);

export const RULE_CASES: Readonly<Record<RuleOfPack, RuleCases>> = {
  document_invalid: {
    accepted: [
      ["a description of 50 characters", description(50)],
      ["a description of 500 characters", description(500)],
      ["a name of 20 characters", inPack(["name: LintPack", "name: LINTPACK901234567890"])],
      ["a version of three numbers", inPack(["version: 0.1.0", "version: 12.0.3"])],
      [
        "min_trades, max_drawdown and sharpe_ratio as names of limits",
        inPack(["min_bets", "min_trades"], ["max_drawdown_pct", "max_drawdown"], ["min_sharpe", "sharpe_ratio"]),
      ],
    ],
    rejected: [
      ["a description of 49 characters", description(49)],
      ["a description of 501 characters", description(501)],
      ["a name of 21 characters", inPack(["name: LintPack", "name: LintPackLintPackLintX"])],
      ["a name with a special character", inPack(["name: LintPack", 'name: "Lint/Pack"'])],
      ["a version of two numbers", inPack(["version: 0.1.0", 'version: "0.1"'])],
      ["a version with a leading zero", inPack(["version: 0.1.0", "version: 0.01.0"])],
      ["an unknown key", inPack(["policy: default", "policy: default\npolicies: default"])],
      ["a limit under both of its names", inPack(["min_bets: 20", "min_bets: 20\n  min_trades: 20"])],
      ["a strategy that is no YAML", { "strategies/bold.yaml": "name: [" }],
      ["a model with an unknown key", modelWith("stratgy: steady")],
    ],
  },

  pack_id_differs: { accepted: [], rejected: [["an id that is not the folder's", inPack(["id: lintpack", "id: otherpack"])]] },
  name_differs: {
    accepted: [],
    rejected: [["a strategy called otherwise than its file", inFile("strategies/bold.yaml", ["name: bold", "name: bolder"])]],
  },
  default_set_missing: {
    accepted: [
      [
        "a default set at the pack's root",
        { "indicator_sets/default.yaml": null },
        {
          "indicator_set.yaml":
            "name: default\nversion: 1\ndescription: At the root.\nindicators:\n  - { name: ret }\n  - { name: rsi }\n  - { name: natr }\n",
        },
      ],
    ],
    rejected: [["no default set", { "indicator_sets/default.yaml": null }]],
  },
  reference_unknown: {
    accepted: [],
    rejected: [
      ["a strategy that is listed and not there", { "strategies/bold.yaml": null }],
      ["a default policy that is not there", inPack(["policy: default", "policy: defualt"])],
      ["a risk profile that is not there", inPack(["risk_profiles: [balanced]", "risk_profiles: [balanced, aggressive]"])],
      ["a template's set that is not there", inFile("model_templates/plain.yaml", ["model:\n", "model:\n  indicator_set: eq_default\n"])],
      ["a model's strategy that is not there", modelWith("strategy: stead")],
    ],
  },
  strategy_unlisted: {
    accepted: [],
    rejected: [["a strategy's file that the pack does not list", inPack(["[steady, bold]", "[steady]"])]],
  },
  default_instrument_unsupported: {
    accepted: [
      ["a default among two supported instruments", withOptions, inPack(["default_instrument: stocks", "default_instrument: options"])],
    ],
    rejected: [["a default that is not supported", inPack(["default_instrument: stocks", "default_instrument: options"])]],
  },
  gate_loosened: {
    accepted: [
      ["a profile as strict as the pack", balanced("{ min_bets: 20, min_sharpe: 0.4, max_drawdown_pct: 30 }")],
      ["a model as strict as its profile", modelWith("gates: { min_bets: 30, max_drawdown_pct: 25 }")],
      ["a policy that is stricter", inPolicy("{ risk_budget: { min_sharpe: 0.6 } }")],
    ],
    rejected: [
      ["a profile with one bet less than the pack", balanced("{ min_bets: 19, min_sharpe: 0.5 }")],
      ["a profile with a wider drawdown", balanced("{ max_drawdown_pct: 30.1 }")],
      ["a model with one bet less than its profile", modelWith("gates: { min_bets: 29 }")],
      ["a policy with a lower Sharpe ratio than the profile", inPolicy("{ risk_budget: { min_sharpe: 0.49 } }")],
    ],
  },

  timeframe_horizon_mismatch: {
    accepted: [
      ["tick data for minutes", inPack(horizon("minutes")), inMenu("{ name: vpin, timeframe: tick }")],
      ["tick data for days", inMenu("{ name: vpin, timeframe: tick }")],
      [
        "daily data for minutes",
        inPack(horizon("minutes"), ["horizons: [swing]", "horizons: [swing, intraday]"]),
        inMenu("{ name: trend_regime, timeframe: daily }"),
      ],
      ["weekly data for days, with a word on what it is", inMenu("{ name: sma, timeframe: weekly }")],
      ["monthly data for weeks", inPack(horizon("weeks")), inMenu("{ name: sma, timeframe: monthly }")],
    ],
    rejected: [
      [
        "tick data for months",
        inPack(horizon("months"), noHalfHours, ["cadences: [daily, hourly]", "cadences: [daily]"]),
        inMenu("{ name: vpin, timeframe: tick }"),
      ],
      ["tick data for weeks", inPack(horizon("weeks")), inMenu("{ name: vpin, timeframe: tick }")],
      ["tick data that the menu calls bars, for months", inPack(horizon("months")), inMenu("{ name: vpin, timeframe: bar }")],
      ["daily data for seconds", inPack(horizon("seconds")), inMenu("{ name: trend_regime, timeframe: daily }")],
      ["weekly data for minutes", inPack(horizon("minutes")), inMenu("{ name: sma, timeframe: weekly }")],
      ["monthly data for days", inMenu("{ name: sma, timeframe: monthly }")],
      ["minute data for months", inPack(horizon("months"))],
    ],
  },
  cadence_horizon_mismatch: {
    accepted: [
      ["daily bars for minutes", inPack(horizon("minutes"), ["horizons: [swing]", "horizons: [swing, intraday]"])],
      ["hourly bars for weeks", inPack(horizon("weeks"))],
      ["daily bars for months", inPack(horizon("months"), noHalfHours), onlyDaily],
    ],
    rejected: [
      ["daily bars for seconds", inPack(horizon("seconds"))],
      ["hourly bars for months", inPack(horizon("months"), noHalfHours)],
    ],
  },
  indicator_needs_finer_bars: {
    accepted: [["an indicator of the last half hour beside hourly bars", onlyHourlyToo()]],
    rejected: [["an indicator of the last half hour on daily bars only", onlyDaily]],
  },
  horizons_unlike_vibe: {
    accepted: [["swing models for weeks", inPack(horizon("weeks"))]],
    rejected: [["swing models for minutes", inPack(horizon("minutes"))]],
  },
  timeframe_tag_unlike_horizons: {
    accepted: [["swing models tagged position", inPack(["timeframe: swing", "timeframe: position"])]],
    rejected: [["swing models tagged investment", inPack(["timeframe: swing", "timeframe: investment"])]],
  },
  timeframe_not_computed: {
    accepted: [
      ["daily data of a regime", inMenu("{ name: trend_regime, timeframe: daily }")],
      ["minute data where bars are hourly", inMenu("{ name: sma, timeframe: minute }")],
      ["tick data of ticks", inMenu("{ name: vpin, timeframe: tick }")],
      ["the model's own bars", inMenu("{ name: vpin, timeframe: bar }")],
    ],
    rejected: [
      ["weekly data", inMenu("{ name: sma, timeframe: weekly }")],
      ["tick data of bars", inMenu("{ name: sma, timeframe: tick }")],
      ["minute data where bars are daily", inPack(noHalfHours), onlyDaily, inMenu("{ name: sma, timeframe: minute }")],
      ["daily data of the session's last half hour", inPack(["returns_last_30m, timeframe: minute", "returns_last_30m, timeframe: daily"])],
    ],
  },

  drawdown_above_risk: {
    accepted: [
      ["a conservative pack of 30 %", inPack(["risk: balanced", "risk: conservative"])],
      ["a balanced pack of 40 %", inPack(["max_drawdown_pct: 30", "max_drawdown_pct: 40"])],
      ["an aggressive pack of 100 %", inPack(["risk: balanced", "risk: aggressive"], ["max_drawdown_pct: 30", "max_drawdown_pct: 100"])],
    ],
    rejected: [
      ["a conservative pack of 50 %", inPack(["risk: balanced", "risk: conservative"], ["max_drawdown_pct: 30", "max_drawdown_pct: 50"])],
      [
        "a conservative pack of 30.1 %",
        inPack(["risk: balanced", "risk: conservative"], ["max_drawdown_pct: 30", "max_drawdown_pct: 30.1"]),
      ],
      ["a balanced pack of 40.1 %", inPack(["max_drawdown_pct: 30", "max_drawdown_pct: 40.1"])],
      [
        "a conservative strategy under gates of 31 %",
        inPack(["max_drawdown_pct: 30", "max_drawdown_pct: 31"]),
        inFile("strategies/steady.yaml", ["tags: { ", "tags: { risk: conservative, "]),
      ],
      [
        "a balanced profile of 41 %",
        inPack(["risk: balanced", "risk: aggressive"], ["max_drawdown_pct: 30", "max_drawdown_pct: 50"]),
        balanced("{ max_drawdown_pct: 41 }"),
      ],
    ],
  },
  vibe_drawdown_above_risk: {
    accepted: [
      ["a balanced vibe of 0.4", inPack(["max_drawdown: 0.25", "max_drawdown: 0.4"])],
      ["a conservative vibe of 0.3", inPack(["risk: balanced", "risk: conservative"], ["max_drawdown: 0.25", "max_drawdown: 0.3"])],
    ],
    rejected: [
      ["a balanced vibe of 0.41", inPack(["max_drawdown: 0.25", "max_drawdown: 0.41"])],
      ["a conservative vibe of 0.31", inPack(["risk: balanced", "risk: conservative"], ["max_drawdown: 0.25", "max_drawdown: 0.31"])],
    ],
  },
  position_below_risk: {
    accepted: [
      ["aggressive with 1 % positions", inFile("policy_templates/default.yaml", ["position_size_pct: 10", "position_size_pct: 1"])],
      [
        "balanced with 0.5 % positions in another template",
        { "policy_templates/small.yaml": "name: small\nversion: 1\nrisk: { position_size_pct: 0.5 }\n" },
      ],
      ["an aggressive model with 1 % positions", modelWith("strategy: bold"), inPolicy("{ risk: { position_size_pct: 1 } }")],
    ],
    rejected: [
      [
        "an aggressive strategy with 0.5 % positions",
        inFile("policy_templates/default.yaml", ["position_size_pct: 10", "position_size_pct: 0.5"]),
      ],
      [
        "an aggressive pack with 0.99 % positions in another template",
        inPack(["risk: balanced", "risk: aggressive"]),
        { "policy_templates/small.yaml": "name: small\nversion: 1\nrisk: { position_size_pct: 0.99 }\n" },
      ],
      ["an aggressive model with 0.99 % positions", modelWith("strategy: bold"), inPolicy("{ risk: { position_size_pct: 0.99 } }")],
    ],
  },

  indicator_unknown: {
    accepted: [],
    rejected: [
      ["a menu with an unknown name", inMenu("{ name: rsj, timeframe: bar }")],
      ["a set with an unknown name", inFile("indicator_sets/default.yaml", ["name: rsi,", "name: rsj,"])],
    ],
  },
  indicator_parameter_invalid: {
    accepted: [["a window of 1", inFile("indicator_sets/default.yaml", ["name: natr, window: 14", "name: natr, window: 1"])]],
    rejected: [
      ["a window of 0", inFile("indicator_sets/default.yaml", ["name: natr, window: 14", "name: natr, window: 0"])],
      ["a parameter that is none", inFile("strategies/steady.yaml", ["window: 14", "widow: 14"])],
    ],
  },
  column_clash: {
    accepted: [
      ["one indicator with two windows", inFile("indicator_sets/default.yaml", ["name: natr, window: 14", "name: rsi, window: 15"])],
    ],
    rejected: [
      ["one indicator twice under two spellings", inFile("indicator_sets/default.yaml", ["name: natr, window: 14", "name: rsi_14"])],
    ],
  },
  indicator_not_in_menu: {
    accepted: [
      [
        "a set with what the menu was given",
        inMenu("{ name: zscore, timeframe: bar }"),
        inFile("indicator_sets/default.yaml", ["name: natr", "name: zscore"]),
      ],
    ],
    rejected: [
      ["a set with what is not in the menu", inFile("indicator_sets/default.yaml", ["name: natr", "name: zscore"])],
      ["a strategy with what is not in the menu", inPack(["  - { name: adx, timeframe: bar }\n", ""])],
      [
        "a model's own set with what is not in the menu",
        inModel(["policy: m", "policy: m\nindicator_set: m"]),
        { "indicator_sets/m.yaml": "name: m\nversion: 1\nindicators:\n  - { name: ret }\n  - { name: rsi }\n  - { name: cci }\n" },
      ],
    ],
  },
  indicator_count: {
    accepted: [
      ["3 indicators", setOf(3)],
      ["15 indicators", setOf(15)],
      ["15 indicators and the weekday", setOf(15, "  - { name: day_of_week }\n")],
      ["a model of 14 with its strategy's", setOf(14), modelWith("strategy: steady")],
    ],
    rejected: [
      ["2 indicators", setOf(2)],
      ["2 indicators and the weekday", setOf(2, "  - { name: day_of_week }\n")],
      ["16 indicators", setOf(16)],
      ["a model of 15 and its strategy's", setOf(15), modelWith("strategy: steady")],
      ["a model's subset of 1", modelWith("indicators: [rsi]")],
    ],
  },

  gate_missing: {
    accepted: [],
    rejected: [
      ["no min_bets", inPack(["  min_bets: 20\n", ""])],
      ["no max_drawdown_pct", inPack(["  max_drawdown_pct: 30\n", ""])],
      ["no min_sharpe", inPack(["  min_sharpe: 0.4\n", ""])],
    ],
  },
  gate_too_low: {
    accepted: [
      ["20 bets", inPack(["min_bets: 20", "min_bets: 20.0"])],
      ["a Sharpe ratio of 0", inPack(["min_sharpe: 0.4", "min_sharpe: 0"])],
    ],
    rejected: [
      ["19 bets", inPack(["min_bets: 20", "min_bets: 19"])],
      ["19 bets under the other name", inPack(["min_bets: 20", "min_trades: 19"])],
      ["a negative Sharpe ratio", inPack(["min_sharpe: 0.4", "min_sharpe: -0.01"])],
    ],
  },
  default_strategy_missing: { accepted: [], rejected: [["no default", inFile("strategies/steady.yaml", ["default: true\n", ""])]] },
  default_strategy_repeated: {
    accepted: [],
    rejected: [["two defaults", inFile("strategies/bold.yaml", ["version: 1\n", "version: 1\ndefault: true\n"])]],
  },

  intraday_without_fine_data: {
    accepted: [
      ["hourly bars", intradayTag, inPack(noHalfHours)],
      ["tick data beside daily bars", intradayTag, inPack(noHalfHours), onlyDaily, inMenu("{ name: vpin, timeframe: tick }")],
    ],
    rejected: [["daily bars alone", intradayTag, inPack(noHalfHours), onlyDaily]],
  },
  intraday_with_slow_data: {
    accepted: [["daily data", intradayTag, inMenu("{ name: trend_regime, timeframe: daily }")]],
    rejected: [
      ["weekly data", intradayTag, inMenu("{ name: sma, timeframe: weekly }")],
      [
        "monthly data under an intraday strategy",
        inPack(horizon("weeks")),
        inFile("strategies/bold.yaml", ["tags: { ", "tags: { timeframe: intraday, "]),
        inMenu("{ name: sma, timeframe: monthly }"),
      ],
    ],
  },
  options_without_option_indicators: {
    accepted: [["implied volatility in the menu", withOptions]],
    rejected: [
      ["options and a menu of bars", inPack(["supported_instruments: [stocks]", "supported_instruments: [stocks, options]"])],
      [
        "the tag options and a menu of bars",
        inPack(
          ["supported_instruments: [stocks]", "supported_instruments: [options]"],
          ["default_instrument: stocks", "default_instrument: options"],
          ["asset: equities", "asset: options"],
        ),
      ],
    ],
  },
  asset_without_instrument: {
    accepted: [
      ["options that are supported", withOptions, inPack(["asset: equities", "asset: options"])],
      ["several assets with both instruments", withOptions, inPack(["asset: equities", "asset: multi_asset"])],
    ],
    rejected: [
      ["options that are not supported", inPack(["asset: equities", "asset: options"]), inMenu("{ name: atm_iv, timeframe: daily }")],
      ["several assets with one instrument", inPack(["asset: equities", "asset: multi_asset"])],
      ["futures", inPack(["asset: equities", "asset: futures"])],
      ["a strategy for futures", inFile("strategies/bold.yaml", ["tags: { ", "tags: { asset: futures, "])],
    ],
  },
  fundamentals_unavailable: {
    accepted: [["sentiment", inPack(["style: technical", "style: sentiment"])]],
    rejected: [
      ["a fundamental pack", inPack(["style: technical", "style: fundamental"])],
      ["a fundamental strategy", inFile("strategies/bold.yaml", ["tags: { ", "tags: { style: fundamental, "])],
      ["a price-earnings ratio in the menu", inMenu("{ name: pe_ratio, timeframe: daily }")],
    ],
  },
  crypto_unavailable: {
    accepted: [],
    rejected: [
      ["a crypto pack", inPack(["asset: equities", "asset: crypto"])],
      ["a crypto strategy", inFile("strategies/bold.yaml", ["tags: { ", "tags: { asset: crypto, "])],
      ["a crypto-only measure in the menu of options", withOptions, inMenu("{ name: funding_rate, timeframe: minute }")],
    ],
  },

  column_not_produced: {
    accepted: [
      ["a scanner on its own columns", scanner('rank: [{ column: ret_5 }], where: [{ column: close, op: ">", value: 5 }]')],
      ["a bar's field", inFile("strategies/bold.yaml", ["column: ret_1", "column: close"])],
      ["a column compared with another one of the strategy's", inFile("strategies/steady.yaml", ["value: 25", "value: plus_di_14"])],
    ],
    rejected: [
      ["a column of another window", inFile("strategies/steady.yaml", ["column: adx_14", "column: adx_15"])],
      ["a scanner that ranks by a column of another window", scanner("rank: [{ column: ret_6 }]")],
      [
        "a scanner whose condition reads what is not computed",
        scanner('rank: [{ column: ret_5 }], where: [{ column: ret_5, op: ">", value: ret_6 }]'),
      ],
      ["a column compared with one that is not computed", inFile("strategies/steady.yaml", ["value: 25", "value: sma_200"])],
    ],
  },
  column_excluded: {
    accepted: [["an exclusion of something else", modelWith("strategy: steady\nfeatures: { custom: { exclude: [plus_di_14] } }")]],
    rejected: [
      ["a strategy's column left out", modelWith("strategy: steady\nfeatures: { custom: { exclude: [adx_*] } }")],
      [
        "the momentum gate's column left out",
        modelWith("features: { custom: { exclude: [ret_5] } }"),
        inPolicy("{ execution: { momentum_gate: true, momentum_column: ret_5 } }"),
      ],
    ],
  },
  momentum_column_not_produced: {
    accepted: [
      ["a gate that is off", inPolicy("{ execution: { momentum_column: nonsense } }")],
      ["a gate on a column of the set", inPolicy("{ execution: { momentum_gate: true, momentum_column: ret_5 } }")],
      [
        "a template's gate on a column that a flag adds",
        { "policy_templates/gated.yaml": "name: gated\nversion: 1\nexecution: { momentum_gate: true, momentum_column: close_mom_3 }\n" },
      ],
      [
        "a template's gate on a column that an indicator of the menu gives",
        {
          "policy_templates/gated.yaml": "name: gated\nversion: 1\nexecution: { momentum_gate: true, momentum_column: returns_last_30m }\n",
        },
      ],
    ],
    rejected: [
      ["a model's gate on a column of another window", inPolicy("{ execution: { momentum_gate: true, momentum_column: ret_6 } }")],
      ["a model's gate on the default column", inPolicy("{ execution: { momentum_gate: true } }")],
      [
        "a template's gate on a column that nothing gives",
        { "policy_templates/gated.yaml": "name: gated\nversion: 1\nexecution: { momentum_gate: true }\n" },
      ],
      [
        "a template's gate on option flow in a pack of stocks",
        { "policy_templates/gated.yaml": "name: gated\nversion: 1\nexecution: { momentum_gate: true, momentum_column: imbalance }\n" },
      ],
    ],
  },
  options_settings_on_stocks: {
    accepted: [
      ["an option model with days to expiry", withOptions, optionModel, modelWith("default_dte: 30\ndefault_strike: ATM")],
      [
        "an option model's policy with a delta",
        withOptions,
        optionModel,
        inPolicy("{ execution: { option_type: call, options: { selection: { target_delta: 0.3 } } } }"),
      ],
      [
        "a model of stocks under a pack whose policy has options",
        withOptions,
        inFile("policy_templates/default.yaml", ["slippage_bps: 2", "slippage_bps: 2, options: { selection: { min_oi: 100 } }"]),
      ],
    ],
    rejected: [
      ["days to expiry", modelWith("default_dte: 30")],
      ["a strike", modelWith("default_strike: ATM")],
      ["the model's policy with a delta", inPolicy("{ execution: { options: { selection: { target_delta: 0.3 } } } }")],
      ["the model's policy with calls only", inPolicy("{ execution: { option_type: call } }")],
      [
        "the policy of a pack of stocks",
        inFile("policy_templates/default.yaml", ["slippage_bps: 2", "slippage_bps: 2, options: { selection: { min_oi: 100 } }"]),
      ],
    ],
  },
  option_limits_on_stocks: {
    accepted: [["an option model with a limit on spreads", withOptions, optionModel, modelWith("gates: { spread_pct_max: 10 }")]],
    rejected: [["a model of stocks with a limit on spreads", modelWith("gates: { spread_pct_max: 10 }")]],
  },
  brackets_refuse_every_trade: {
    accepted: [
      ["a target at min_rr", brackets("atr_mult_stop: 2, atr_mult_target: 2, min_rr: 1")],
      ["a percent target at min_rr", brackets("mode: percent, stop_loss: 0.05, take_profit: 1.5, min_rr: 1.5")],
      ["no percent target", brackets("mode: percent, stop_loss: 0.05, min_rr: 9")],
      ["brackets that are off", inPolicy("{ execution: { brackets: { min_rr: 9 } } }")],
    ],
    rejected: [
      ["a target just nearer than min_rr", brackets("atr_mult_stop: 2, atr_mult_target: 1.99, min_rr: 1")],
      ["a percent target just nearer than min_rr", brackets("mode: percent, stop_loss: 0.05, take_profit: 1.49, min_rr: 1.5")],
      [
        "the pack's policy",
        inFile("policy_templates/default.yaml", ["slippage_bps: 2", "slippage_bps: 2, brackets: { enabled: true, min_rr: 2.1 }"]),
      ],
    ],
  },

  policy_missing: {
    accepted: [["the pack's policy by name", inModel(["policy: m", "policy: default"])]],
    rejected: [["no document of the policy's name", { "policy_templates/m.yaml": null }]],
  },
  instrument_unsupported: {
    accepted: [["options where they are supported", withOptions, optionModel]],
    rejected: [["options where they are not", optionModel]],
  },
  instrument_asset_mismatch: {
    accepted: [["synonyms", modelWith("instrument: equity")]],
    rejected: [["stocks of options", modelWith("instrument: options")]],
  },
  horizon_not_offered: { accepted: [], rejected: [["an overnight model", inModel(["horizon: swing", "horizon: overnight"])]] },
  cadence_not_offered: {
    accepted: [["an hourly model", hourly]],
    rejected: [["a 15m model", inModel(["cadence: daily", "cadence: 15m"])]],
  },
  label_entry_mismatch: {
    accepted: [
      [
        "both at the deciding close",
        inModel(["horizon: 5 }", "horizon: 5, entry: decision_close }"]),
        inPolicy("{ execution: { brackets: { entry_mode: decision_close } } }"),
      ],
    ],
    rejected: [
      ["a label at the close and a policy at the open", inModel(["horizon: 5 }", "horizon: 5, entry: decision_close }"])],
      ["limit entries, which no label refers to", inPolicy("{ execution: { brackets: { entry_mode: limit } } }")],
    ],
  },
  label_horizon_mismatch: {
    accepted: [
      ["20 sessions", horizonOf(20)],
      ["140 hourly bars", hourly, horizonOf(140)],
      [
        "63 sessions of a long model",
        inPack(["horizons: [swing]", "horizons: [swing, long]"]),
        inModel(["horizon: swing", "horizon: long"]),
        horizonOf(63),
      ],
      [
        "252 sessions of a long model",
        inPack(["horizons: [swing]", "horizons: [swing, long]"]),
        inModel(["horizon: swing", "horizon: long"]),
        horizonOf(252),
      ],
    ],
    rejected: [
      ["21 sessions", horizonOf(21)],
      ["141 hourly bars", hourly, horizonOf(141)],
      [
        "62 sessions of a long model",
        inPack(["horizons: [swing]", "horizons: [swing, long]"]),
        inModel(["horizon: swing", "horizon: long"]),
        horizonOf(62),
      ],
    ],
  },
  label_longer_than_sample: {
    // 2024-07-01 to 2024-07-10 without its end: 1, 2, 3, 5, 8, 9 July.
    accepted: [
      ["5 sessions ahead in a window of 6", window("2024-07-01", "2024-07-10"), balanced("{ min_bets: 20 }")],
      ["an open window", modelWith("window: { start: 2024-07-01 }")],
      ["34 hourly bars ahead in a window of 5 sessions", hourly, horizonOf(34), window("2024-07-01", "2024-07-09")],
    ],
    rejected: [
      ["5 sessions ahead in a window of 5", window("2024-07-01", "2024-07-09")],
      ["35 hourly bars ahead in a window of 5 sessions", hourly, horizonOf(35), window("2024-07-01", "2024-07-09")],
      [
        "5 sessions ahead by name, of hourly bars, in a window of 5",
        hourly,
        inModel(["horizon: 5 }", "horizon: 5, unit: sessions }"]),
        window("2024-07-01", "2024-07-09"),
      ],
    ],
  },
  label_needs_intraday: {
    accepted: [["a reversal on hourly bars", hourly, inModel([/^label: .*$/m, "label: { kind: headfake_reversal }"])]],
    rejected: [
      ["a reversal on daily bars", inModel([/^label: .*$/m, "label: { kind: headfake_reversal }"])],
      ["a drift on daily bars", inModel([/^label: .*$/m, "label: { kind: pin_drift }"])],
    ],
  },
  label_research_only: {
    accepted: [
      [
        "the night on hourly bars",
        hourly,
        inModel([/^label: .*$/m, "label: { kind: close_to_open }"]),
        inPolicy("{ execution: { brackets: { entry_mode: decision_close } } }"),
      ],
    ],
    rejected: [
      [
        "the night on daily bars",
        inModel([/^label: .*$/m, "label: { kind: close_to_open }"]),
        inPolicy("{ execution: { brackets: { entry_mode: decision_close } } }"),
      ],
    ],
  },
  indicator_needs_intraday_bars: {
    accepted: [["the last half hour on hourly bars", hourly, ownSet("returns_last_30m")]],
    rejected: [["the last half hour on daily bars", ownSet("returns_last_30m")]],
  },
  hours_outside_session: {
    accepted: [
      ["hours 9 and 15", hourly, modelWith("allowed_hours: [9, 15]")],
      ["training hours 9 and 15", hourly, modelWith("train: { allowed_hours: [9, 15] }")],
    ],
    rejected: [
      ["hour 8", hourly, modelWith("allowed_hours: [8, 9]")],
      ["hour 16", hourly, modelWith("allowed_hours: [15, 16]")],
      ["training in hour 16", hourly, modelWith("train: { allowed_hours: [16] }")],
      ["a gate of hour 8", hourly, modelWith("gates: { allowed_hours: [8, 9] }")],
    ],
  },
  hours_on_daily_bars: {
    accepted: [["hours on hourly bars", hourly, modelWith("allowed_hours: [10]")]],
    rejected: [
      ["hours on daily bars", modelWith("allowed_hours: [10]")],
      ["training hours on daily bars", modelWith("train: { allowed_hours: [10] }")],
      ["a gate of hours on daily bars", modelWith("gates: { allowed_hours: [10] }")],
    ],
  },
  pattern_names_nothing: {
    accepted: [
      ["a column and a glob", modelWith("features: { custom: { include: [rsi_14, ret_*] } }")],
      ["a column of option flow", withOptions, optionModel, modelWith("features: { flow: {}, custom: { exclude: [calls_sold_*] } }")],
      ["a constraint on a feature", modelWith("learner: { algo: gbm, params: { monotone: { ret_5: 1 } } }")],
    ],
    rejected: [
      ["an include that names nothing", modelWith("features: { custom: { include: [rsi_15] } }")],
      ["an exclude that names nothing", modelWith("features: { custom: { exclude: [calls_sold_*] } }")],
      ["a constraint on no feature", modelWith("learner: { algo: gbm, params: { monotone: { ret_6: 1 } } }")],
      [
        "a constraint on no column of option flow either",
        withOptions,
        optionModel,
        modelWith("features: { flow: {} }\nlearner: { algo: gbm, params: { monotone: { calls_sld_total: 1 } } }"),
      ],
    ],
  },
  learner_label_mismatch: {
    accepted: [
      [
        "a calibrated regression",
        inModel(["horizon: 5 }", "horizon: 5, task: regress }"]),
        modelWith("learner: { algo: gbm, calibration: sigmoid }"),
      ],
    ],
    rejected: [
      [
        "an uncalibrated regression",
        inModel(["horizon: 5 }", "horizon: 5, task: regress }"]),
        modelWith("learner: { algo: gbm, calibration: none }"),
      ],
    ],
  },
  risk_profile_differs: {
    accepted: [["a policy of the same profile", inPolicy("{ risk_profile: balanced }")]],
    rejected: [["a policy of another profile", inPolicy("{ risk_profile: aggressive }")]],
  },

  gate_infeasible: {
    // Simple grid of 5 daily bars: the shortest hold is 3, so 252 / 3 = 84 bets a year.
    accepted: [
      ["84 bets a year at a hold of 3 bars", modelWith("gates: { min_bets_per_year: 84 }")],
      ["hours that share one with the gate", hourly, modelWith("allowed_hours: [12, 13]\ngates: { allowed_hours: [13, 14] }")],
      // 35 hourly bars: the hold is that of the label, 7 / 35 x 252 = 50.4, and 3 of 7 hours of it.
      [
        "21 bets a year in 3 of 7 hours",
        hourly,
        horizonOf(35),
        modelWith("gates: { min_bets_per_year: 3.2, allowed_hours: [13, 14, 15] }"),
      ],
    ],
    rejected: [
      ["85 bets a year at a hold of 3 bars", modelWith("gates: { min_bets_per_year: 85 }")],
      ["hours that share none with the gate", hourly, modelWith("allowed_hours: [9, 10]\ngates: { allowed_hours: [13, 14] }")],
      [
        "3.3 bets a year in 3 of 7 hours",
        hourly,
        horizonOf(35),
        modelWith("gates: { min_bets_per_year: 3.3, allowed_hours: [13, 14, 15] }"),
      ],
    ],
  },
  gate_needs_longer_sample: {
    // 2024-01-02 to 2024-05-07 without its end has 87 sessions, 87 / 3 = 29 bets; one more week day makes 88, and 90 sessions 30.
    accepted: [
      ["30 bets in 90 sessions", window("2024-01-02", "2024-05-10")],
      ["5,040 bets in any history", modelWith("gates: { min_bets: 5040 }")],
    ],
    rejected: [
      ["30 bets in 89 sessions", window("2024-01-02", "2024-05-09")],
      ["5,041 bets in any history", modelWith("gates: { min_bets: 5041 }")],
    ],
  },
  preset_infeasible: {
    // The conservative preset trades 15 % of the rows: 84 x 0.15 = 12.6 bets a year.
    accepted: [
      [
        "12.6 bets a year under the conservative preset",
        inFile("risk_profiles/balanced.yaml", ["sweep_preset: balanced", "sweep_preset: conservative"]),
        modelWith("gates: { min_bets_per_year: 12.6 }"),
      ],
    ],
    rejected: [
      [
        "12.7 bets a year under the conservative preset",
        inFile("risk_profiles/balanced.yaml", ["sweep_preset: balanced", "sweep_preset: conservative"]),
        modelWith("gates: { min_bets_per_year: 12.7 }"),
      ],
    ],
  },

  stray_document: {
    accepted: [],
    rejected: [
      ["a name that is no id", { "strategies/My Idea.yaml": "a: 1" }],
      ["an unknown folder", { "strategy/x.yaml": "a: 1" }],
      ["an unknown document beside pack.yaml", { "notes.yaml": "a: 1" }],
    ],
  },
  set_undescribed: {
    accepted: [],
    rejected: [["a set without a description", inFile("indicator_sets/default.yaml", [/^description:.*\n/m, ""])]],
  },
  name_unlike_id: {
    accepted: [["a name with a space", inPack(["name: LintPack", "name: Lint Pack"])]],
    rejected: [["another name", inPack(["name: LintPack", "name: Sound"])]],
  },
  version_below_start: {
    accepted: [["0.1.0 and what follows", inPack(["version: 0.1.0", "version: 0.1.1"])]],
    rejected: [["0.0.9", inPack(["version: 0.1.0", "version: 0.0.9"])]],
  },
};

/** The default set as a scanner. */
function scanner(rule: string): Edits {
  return { "indicator_sets/default.yaml": (text) => `${text}scan: { ${rule} }\n` };
}

function onlyHourlyToo(): Edits {
  return inPack(["cadences: [daily, hourly]", "cadences: [hourly, daily]"]);
}

/** The model with an indicator set of its own that has one more indicator. */
function ownSet(name: string): Edits {
  return {
    ...inModel(["policy: m", "policy: m\nindicator_set: m"]),
    "indicator_sets/m.yaml": `name: m\nversion: 1\nindicators:\n  - { name: ret }\n  - { name: rsi }\n  - { name: natr }\n  - { name: ${name} }\n`,
  };
}
