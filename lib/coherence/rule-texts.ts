import type { RuleCode } from "../packs/coherence-rules.ts";

/** A line of the validation report; each rule belongs to one. In the report's order. */
export const CHECKS = {
  schema: { title: "Documents", passed: "Every document matches its schema." },
  references: { title: "References", passed: "Every name that a document mentions exists, and limits only tighten." },
  time_alignment: { title: "Time coherence", passed: "Data, bars and tags fit the time horizon." },
  risk_consistency: { title: "Risk alignment", passed: "Gates and sizes agree with the risk tags." },
  indicators_exist: { title: "Indicators", passed: "Every indicator exists and takes its parameters." },
  indicators_in_menu: { title: "Menu", passed: "Sets and strategies use the menu only." },
  indicator_counts: { title: "Number of indicators", passed: "Every set has 3 to 15 indicators." },
  required_gates: { title: "Required gates", passed: "The gates define min_bets, max_drawdown_pct and min_sharpe." },
  default_strategy: { title: "Default strategy", passed: "There is a default strategy." },
  compatibility: { title: "Compatibility", passed: "The data that the tags promise are in the menu and to be had." },
  columns: { title: "Columns", passed: "Every column that a rule reads is computed." },
  policies: { title: "Policies", passed: "Every policy can be carried out." },
  models: { title: "Models and templates", passed: "Every model and every template of the pack makes a coherent model, with a policy." },
  feasibility: { title: "Gate within reach", passed: "Some variant of every model can have the bets that the gate asks for." },
  layout: { title: "Layout", passed: "Every document stands where it is read." },
  documentation: { title: "Naming and documentation", passed: "Name, version and descriptions are as they should be." },
  performance: { title: "Backtest performance", passed: "One year of data was backtested, with trades and without a large loss." },
} as const;
export type CheckId = keyof typeof CHECKS;

/** What a rule is about. A sweep's rules speak when a sweep is asked for. */
type Level = "pack" | "model" | "policy" | "sweep" | "backtest";

interface RuleText {
  readonly check: CheckId;
  readonly level: Level;
  /** What is objected to, without the values of one case. */
  readonly what: string;
}

/** What every rule is about, in the documentation's order. */
export const RULE_TEXTS: Readonly<Record<RuleCode, RuleText>> = {
  document_invalid: { check: "schema", level: "pack", what: "A document is not readable YAML or does not match its schema" },
  pack_id_differs: { check: "references", level: "pack", what: "The pack's id is not its folder's name" },
  name_differs: { check: "references", level: "pack", what: "A document's name is not its file's name" },
  default_set_missing: { check: "references", level: "pack", what: "There is no default indicator set" },
  reference_unknown: { check: "references", level: "pack", what: "A document names something that does not exist" },
  strategy_unlisted: { check: "references", level: "pack", what: "A strategy's file is not listed in pack.yaml" },
  default_instrument_unsupported: { check: "references", level: "pack", what: "The default instrument is not among the supported ones" },
  gate_loosened: { check: "references", level: "pack", what: "A limit is looser than the one in force above it" },
  timeframe_horizon_mismatch: {
    check: "time_alignment",
    level: "pack",
    what: "An indicator's data are too fine or too coarse for the pack's time horizon",
  },
  cadence_horizon_mismatch: {
    check: "time_alignment",
    level: "pack",
    what: "A bar size is too fine or too coarse for the pack's time horizon",
  },
  indicator_needs_finer_bars: {
    check: "time_alignment",
    level: "pack",
    what: "An indicator looks inside the session, and every model of the pack has daily bars",
  },
  horizons_unlike_vibe: {
    check: "time_alignment",
    level: "pack",
    what: "None of the models' horizons is one that the pack's time horizon suggests",
  },
  timeframe_tag_unlike_horizons: {
    check: "time_alignment",
    level: "pack",
    what: "The timeframe tag suggests none of the models' horizons",
  },
  timeframe_not_computed: { check: "time_alignment", level: "pack", what: "The menu states data that the indicator is not computed on" },
  drawdown_above_risk: {
    check: "risk_consistency",
    level: "pack",
    what: "A drawdown limit is wider than the risk tag allows (conservative 30 %, balanced 40 %)",
  },
  vibe_drawdown_above_risk: {
    check: "risk_consistency",
    level: "pack",
    what: "The drawdown that the vibe tolerates is wider than the risk tag allows",
  },
  position_below_risk: {
    check: "risk_consistency",
    level: "pack",
    what: "Positions are smaller than 1 % of capital, and the risk tag is aggressive",
  },
  indicator_unknown: { check: "indicators_exist", level: "pack", what: "No indicator has this name" },
  indicator_parameter_invalid: {
    check: "indicators_exist",
    level: "pack",
    what: "An indicator does not take a parameter, or not this value of it",
  },
  column_clash: { check: "indicators_exist", level: "pack", what: "Two indicators give a column of one name" },
  indicator_not_in_menu: { check: "indicators_in_menu", level: "pack", what: "An indicator is not in the pack's menu" },
  indicator_count: { check: "indicator_counts", level: "pack", what: "There are fewer than 3 or more than 15 indicators" },
  gate_missing: { check: "required_gates", level: "pack", what: "The gates lack min_bets, max_drawdown_pct or min_sharpe" },
  gate_too_low: { check: "required_gates", level: "pack", what: "min_bets is below 20 or min_sharpe below 0" },
  default_strategy_missing: { check: "default_strategy", level: "pack", what: "No strategy is the default" },
  default_strategy_repeated: { check: "default_strategy", level: "pack", what: "Several strategies are the default; the first one counts" },
  intraday_without_fine_data: {
    check: "compatibility",
    level: "pack",
    what: "The timeframe tag is intraday, and no indicator of the menu is computed on tick or minute data",
  },
  intraday_with_slow_data: {
    check: "compatibility",
    level: "pack",
    what: "The timeframe tag is intraday, and the menu has weekly or monthly data",
  },
  options_without_option_indicators: {
    check: "compatibility",
    level: "pack",
    what: "Options are traded, and the menu has no indicator of implied volatility, greeks, option flow or open interest",
  },
  asset_without_instrument: { check: "compatibility", level: "pack", what: "The asset tag promises what no supported instrument trades" },
  fundamentals_unavailable: {
    check: "compatibility",
    level: "pack",
    what: "The style is fundamental, or the menu names a fundamental measure; no provider offers fundamentals",
  },
  crypto_unavailable: {
    check: "compatibility",
    level: "pack",
    what: "The asset is crypto, or the menu names a crypto-only measure; no provider offers crypto",
  },
  column_not_produced: { check: "columns", level: "pack", what: "A rule reads a column that no indicator computes" },
  column_excluded: { check: "columns", level: "model", what: "A rule reads a column that features.custom leaves out of the matrix" },
  momentum_column_not_produced: {
    check: "policies",
    level: "policy",
    what: "The momentum gate is on, and no indicator computes its momentum_column",
  },
  options_settings_on_stocks: { check: "policies", level: "policy", what: "Settings of options stand on something that trades stocks" },
  option_limits_on_stocks: {
    check: "policies",
    level: "model",
    what: "Limits of options stand on a model that trades stocks, where they say nothing",
  },
  brackets_refuse_every_trade: {
    check: "policies",
    level: "policy",
    what: "The target is nearer than min_rr stops, so every trade is refused",
  },
  policy_missing: { check: "models", level: "model", what: "A model has no policy" },
  instrument_unsupported: { check: "models", level: "model", what: "The pack does not trade the model's instrument" },
  instrument_asset_mismatch: { check: "models", level: "model", what: "asset_type and instrument contradict each other" },
  horizon_not_offered: { check: "models", level: "model", what: "The pack has no models of this horizon" },
  cadence_not_offered: { check: "models", level: "model", what: "The pack has no models of this cadence" },
  label_entry_mismatch: { check: "models", level: "model", what: "The label's entry price is not the policy's" },
  label_horizon_mismatch: { check: "models", level: "model", what: "The label looks less or further ahead than the model's horizon" },
  label_longer_than_sample: { check: "models", level: "model", what: "The label looks further ahead than the model's window is long" },
  label_needs_intraday: { check: "models", level: "model", what: "The label looks inside the session, and the bars are daily" },
  label_research_only: {
    check: "models",
    level: "model",
    what: "The label is decided at the very price that it starts from, which nobody can trade",
  },
  indicator_needs_intraday_bars: {
    check: "models",
    level: "model",
    what: "An indicator looks inside the session, and the model's bars are daily",
  },
  hours_outside_session: { check: "models", level: "model", what: "Hours lie outside the regular session, 9 to 15 in New York" },
  hours_on_daily_bars: { check: "models", level: "model", what: "Hours are set and the bars are daily, which have none" },
  pattern_names_nothing: { check: "models", level: "model", what: "A pattern names no column" },
  learner_label_mismatch: { check: "models", level: "model", what: "The learner's settings do not fit the label" },
  risk_profile_differs: {
    check: "models",
    level: "model",
    what: "The policy was written for another risk profile than the model's; the model's is used",
  },
  gate_infeasible: {
    check: "feasibility",
    level: "model",
    what: "No variant can have as many bets a year as the gate asks for, or no hour is open to both the model and the gate",
  },
  gate_needs_longer_sample: {
    check: "feasibility",
    level: "model",
    what: "No variant can have as many bets within the model's window as the gate asks for",
  },
  preset_infeasible: {
    check: "feasibility",
    level: "model",
    what: "No variant of the profile's sweep preset can have the bets that the gate asks for",
  },
  threshold_out_of_range: {
    check: "feasibility",
    level: "sweep",
    what: "A threshold lies outside its mode's range: probabilities from 0.5 (two classes) or above 1/3 (three) to below 1, edges from 0 to below 5",
  },
  stray_document: { check: "layout", level: "pack", what: "A document stands where nothing reads it" },
  set_undescribed: { check: "documentation", level: "pack", what: "An indicator set has no description" },
  name_unlike_id: { check: "documentation", level: "pack", what: "The pack's name does not follow its id" },
  version_below_start: { check: "documentation", level: "pack", what: "The pack's version is below 0.1.0, where versions start" },
  performance_run_failed: { check: "performance", level: "backtest", what: "The one-year backtest failed" },
  performance_year_too_short: { check: "performance", level: "backtest", what: "Less than 180 days of the year are left to decide on" },
  performance_nothing_learned: {
    check: "performance",
    level: "backtest",
    what: "No fold had two classes to learn and rows to be judged on",
  },
  performance_trades_too_few: { check: "performance", level: "backtest", what: "The backtest has fewer than 10 trades" },
  performance_sharpe_undefined: {
    check: "performance",
    level: "backtest",
    what: "The Sharpe ratio is undefined although there were trades",
  },
  performance_sharpe_too_low: { check: "performance", level: "backtest", what: "The annual Sharpe ratio, net of costs, is -0.5 or lower" },
  performance_below_gate: { check: "performance", level: "backtest", what: "The Sharpe ratio is below what the pack's gates ask for" },
  performance_simulated: { check: "performance", level: "backtest", what: "The backtest ran on simulated data" },
};
