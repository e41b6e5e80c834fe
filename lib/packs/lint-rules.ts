import type { Rule } from "./rule.ts";

/** Rules that judge a pack as a whole, before anybody uses it, by their permanent codes. */
export const LINT_RULES = {
  document_invalid: { severity: "error", error: "PACK_INVALID", remedy: "Correct the document at the line that is named." },
  timeframe_horizon_mismatch: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Remove the indicator from the menu, or change vibe.time_horizon.",
  },
  cadence_horizon_mismatch: { severity: "error", error: "PACK_INVALID", remedy: "Remove the cadence, or change vibe.time_horizon." },
  indicator_needs_finer_bars: { severity: "error", error: "PACK_INVALID", remedy: "Remove the indicator, or offer an intraday cadence." },
  horizons_unlike_vibe: { severity: "warning", error: "PACK_INVALID", remedy: "Change vibe.time_horizon or horizons." },
  timeframe_tag_unlike_horizons: { severity: "warning", error: "PACK_INVALID", remedy: "Change tags.timeframe or horizons." },
  timeframe_not_computed: {
    severity: "warning",
    error: "PACK_INVALID",
    remedy: 'Write "bar" for the model\'s own bars, or the data that the indicator reads.',
  },
  drawdown_above_risk: { severity: "error", error: "PACK_INVALID", remedy: "Lower max_drawdown_pct, or change the tag." },
  vibe_drawdown_above_risk: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Lower vibe.risk_appetite.max_drawdown, or change the tag.",
  },
  indicator_unknown: { severity: "error", error: "PACK_INVALID", remedy: "Correct the name; `sigma indicators` lists all." },
  indicator_parameter_invalid: { severity: "error", error: "PACK_INVALID", remedy: "Correct the entry." },
  column_clash: { severity: "error", error: "PACK_INVALID", remedy: "Remove one or change its parameters." },
  gate_missing: { severity: "error", error: "PACK_INVALID", remedy: "Add it to the pack's gates." },
  gate_too_low: { severity: "error", error: "PACK_INVALID", remedy: "Raise it." },
  default_strategy_missing: { severity: "error", error: "PACK_INVALID", remedy: 'Set "default: true" in one strategy.' },
  default_strategy_repeated: { severity: "warning", error: "PACK_INVALID", remedy: "Keep one default." },
  intraday_without_fine_data: { severity: "error", error: "PACK_INVALID", remedy: "Add such an indicator, or change the tag." },
  intraday_with_slow_data: { severity: "error", error: "PACK_INVALID", remedy: "Remove it from the menu, or change the tag." },
  options_without_option_indicators: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Add one, such as atm_iv, or do not offer options.",
  },
  asset_without_instrument: { severity: "error", error: "PACK_INVALID", remedy: "Change tags.asset or supported_instruments." },
  fundamentals_unavailable: { severity: "error", error: "DATA_UNAVAILABLE", remedy: "Choose another style, or remove the measure." },
  crypto_unavailable: { severity: "error", error: "DATA_UNAVAILABLE", remedy: "Choose another asset, or remove the measure." },
  gate_needs_longer_sample: {
    severity: "warning",
    error: "MODEL_INVALID",
    remedy: "Widen the window, shorten the label's horizon, or choose a profile that asks for fewer bets.",
  },
  preset_infeasible: {
    severity: "warning",
    error: "MODEL_INVALID",
    remedy: "Change the profile's sweep_preset, or sweep the balanced grid.",
  },
  threshold_out_of_range: { severity: "error", error: "INVALID_PARAM", remedy: "Correct the threshold, or change threshold_mode." },
  stray_document: {
    severity: "warning",
    error: "PACK_INVALID",
    remedy: 'Move it to a known folder, and name it with "a-z", "0-9" and "_" only.',
  },
  set_undescribed: { severity: "warning", error: "PACK_INVALID", remedy: "Say what idea it stands for." },
  name_unlike_id: { severity: "warning", error: "PACK_INVALID", remedy: "Let the name follow the id, so that people find it." },
  version_below_start: { severity: "error", error: "PACK_INVALID", remedy: "Start with 0.1.0." },
} as const satisfies Record<string, Rule>;
export type LintCode = keyof typeof LINT_RULES;
