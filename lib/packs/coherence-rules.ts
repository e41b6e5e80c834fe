import type { LintCode } from "./lint-rules.ts";
import type { PerformanceCode } from "./performance-rules.ts";
import type { Rule } from "./rule.ts";

/** Rules that hold whenever a pack or a model is used, by their permanent codes. Every run loads them, so they are kept apart. */
export const DEFINITION_RULES = {
  pack_id_differs: { severity: "error", error: "PACK_INVALID", remedy: "Give both the same name." },
  name_differs: { severity: "error", error: "PACK_INVALID", remedy: "Give both the same name." },
  default_set_missing: { severity: "error", error: "PACK_INVALID", remedy: 'Add "indicator_sets/default.yaml".' },
  reference_unknown: { severity: "error", error: "PACK_INVALID", remedy: "Correct the name, or add what it names." },
  strategy_unlisted: { severity: "error", error: "PACK_INVALID", remedy: "List it or remove the file." },
  default_instrument_unsupported: { severity: "error", error: "PACK_INVALID", remedy: "Choose a supported one." },
  gate_loosened: { severity: "error", error: "PACK_INVALID", remedy: "Limits may only be tightened: tighten it or remove it." },
  position_below_risk: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Raise risk.position_size_pct in the policy, or change the tag.",
  },
  indicator_not_in_menu: { severity: "error", error: "PACK_INVALID", remedy: "Add it to the pack's indicators, or remove it here." },
  indicator_count: { severity: "error", error: "PACK_INVALID", remedy: "Add some, or remove some: more invite overfitting." },
  column_not_produced: { severity: "error", error: "PACK_INVALID", remedy: "Add the indicator that computes it, or correct the name." },
  column_excluded: { severity: "error", error: "MODEL_INVALID", remedy: "Include that column." },
  momentum_column_not_produced: {
    severity: "error",
    error: "POLICY_INVALID",
    remedy: "Add the indicator that computes it, or correct the name.",
  },
  options_settings_on_stocks: { severity: "error", error: "POLICY_INVALID", remedy: "Remove them, or trade options." },
  option_limits_on_stocks: { severity: "warning", error: "MODEL_INVALID", remedy: "Remove them." },
  brackets_refuse_every_trade: {
    severity: "error",
    error: "POLICY_INVALID",
    remedy: "Move the target further, tighten the stop, or lower min_rr.",
  },
  policy_missing: { severity: "error", error: "POLICY_INVALID", remedy: "Write one into policy_templates, or name one of the pack's." },
  instrument_unsupported: { severity: "error", error: "MODEL_INVALID", remedy: "Choose a supported one, or another pack." },
  instrument_asset_mismatch: { severity: "error", error: "MODEL_INVALID", remedy: "Correct one of them." },
  horizon_not_offered: { severity: "error", error: "MODEL_INVALID", remedy: "Choose one of the pack's horizons." },
  cadence_not_offered: { severity: "error", error: "MODEL_INVALID", remedy: "Choose one of the pack's cadences." },
  label_entry_mismatch: {
    severity: "error",
    error: "LABEL_ENTRY_MISMATCH",
    remedy: "Set execution.brackets.entry_mode as the label has it, or change label.entry.",
  },
  label_horizon_mismatch: { severity: "error", error: "MODEL_INVALID", remedy: "Change label.horizon, or choose another horizon." },
  label_longer_than_sample: { severity: "error", error: "MODEL_INVALID", remedy: "Widen the window, or shorten the label's horizon." },
  label_needs_intraday: { severity: "error", error: "MODEL_INVALID", remedy: "Choose hourly, 15m or 5m bars, or another label." },
  label_research_only: {
    severity: "warning",
    error: "MODEL_INVALID",
    remedy: "Use it for research only, or choose finer bars and a decision before the close.",
  },
  indicator_needs_intraday_bars: { severity: "error", error: "MODEL_INVALID", remedy: "Choose an intraday cadence, or another indicator." },
  hours_outside_session: {
    severity: "error",
    error: "MODEL_INVALID",
    remedy: "Keep hours from 9 to 15; the hour is that of the entry bar's start.",
  },
  hours_on_daily_bars: { severity: "error", error: "MODEL_INVALID", remedy: "Remove the hours, or choose an intraday cadence." },
  pattern_names_nothing: {
    severity: "error",
    error: "MODEL_INVALID",
    remedy: "Correct it, or add the indicator that computes such a column.",
  },
  learner_label_mismatch: { severity: "error", error: "MODEL_INVALID", remedy: "Change the setting that is named." },
  risk_profile_differs: { severity: "warning", error: "POLICY_INVALID", remedy: "Give both the same profile." },
  gate_infeasible: {
    severity: "error",
    error: "MODEL_INVALID",
    remedy: "Shorten the label's horizon, widen the hours, or ask for fewer bets.",
  },
} as const satisfies Record<string, Rule>;
export type DefinitionCode = keyof typeof DEFINITION_RULES;

/** Every rule of coherence. */
export type RuleCode = DefinitionCode | LintCode | PerformanceCode;
