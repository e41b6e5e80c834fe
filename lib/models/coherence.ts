import { nearestName } from "../errors/nearest.ts";
import { INDICATORS } from "../indicators/catalog.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { learnerObjections } from "../learners/learner-fit.ts";
import { type Label, labelClasses, labelHorizonBars } from "../matrix/label.schema.ts";
import { type Finding, finding } from "../packs/finding.ts";
import { countedIndicators, MAX_INDICATORS, MIN_INDICATORS } from "../packs/pack-limits.ts";
import { COLUMN_RULES } from "./coherence-columns.ts";
import { SETTING_RULES } from "./coherence-settings.ts";
import type { ModelConfig } from "./model-config.schema.ts";
import type { ModelFacts, ModelRule } from "./model-facts.ts";

/** How far ahead a label may look, in sessions. */
const LABEL_SESSIONS = {
  "0dte": [0, 1],
  intraday: [0, 1],
  overnight: [0, 1],
  swing: [0, 20],
  long: [63, 252],
} as const satisfies Record<ModelConfig["horizon"], readonly [number, number]>;

/** The policy's word for the price that each label entry refers to. */
const ENTRY_MODES = { next_open: "next_bar_open", decision_close: "decision_close" } as const satisfies Record<Label["entry"], string>;

/** The `execution.brackets.entry_mode` that a label's entry asks for. */
export const entryModeFor = (entry: Label["entry"]): (typeof ENTRY_MODES)[Label["entry"]] => ENTRY_MODES[entry];

const RULES: readonly ModelRule[] = [
  instrumentSupported,
  instrumentFitsAsset,
  horizonAndCadenceOffered,
  entryPriceAgrees,
  labelFitsHorizon,
  labelFitsCadence,
  indicatorsInMenu,
  indicatorsFitCadence,
  indicatorCount,
  learnerFitsLabel,
  ...COLUMN_RULES,
  ...SETTING_RULES,
];

/** Every objection to a model, in the order of the rules. */
export function modelFindings(facts: ModelFacts): Finding[] {
  return RULES.flatMap((rule) => rule(facts));
}

function instrumentSupported({ config, pack }: ModelFacts): Finding[] {
  if (pack.supported_instruments.includes(config.instrument)) return [];
  return [
    finding(
      "instrument_unsupported",
      "instrument",
      `Pack "${pack.id}" does not trade "${config.instrument}".`,
      `Choose one of ${pack.supported_instruments.join(", ")}, or another pack.`,
    ),
  ];
}

function instrumentFitsAsset({ config }: ModelFacts): Finding[] {
  const expected = config.asset_type === "opt" ? "options" : "stocks";
  if (config.instrument === expected) return [];
  const reason = `asset_type "${config.asset_type}" trades "${expected}", not "${config.instrument}".`;
  return [finding("instrument_asset_mismatch", "instrument", reason)];
}

function horizonAndCadenceOffered({ config, pack }: ModelFacts): Finding[] {
  const findings: Finding[] = [];
  const none = (what: string): string => `Pack "${pack.id}" has no "${what}" models.`;
  if (!pack.horizons.includes(config.horizon))
    findings.push(finding("horizon_not_offered", "horizon", none(config.horizon), `Choose one of ${pack.horizons.join(", ")}.`));
  if (!pack.cadences.includes(config.cadence))
    findings.push(finding("cadence_not_offered", "cadence", none(config.cadence), `Choose one of ${pack.cadences.join(", ")}.`));
  return findings;
}

function entryPriceAgrees({ config, policy }: ModelFacts): Finding[] {
  const wanted = entryModeFor(config.label.entry);
  const found = policy.execution.brackets.entry_mode;
  if (found === wanted) return [];
  return [
    finding(
      "label_entry_mismatch",
      "policy.execution.brackets.entry_mode",
      `label.entry is "${config.label.entry}" but the policy enters at "${found}".`,
      `Set execution.brackets.entry_mode to "${wanted}", or change label.entry.`,
    ),
  ];
}

function labelFitsHorizon({ config }: ModelFacts): Finding[] {
  const bars = labelHorizonBars(config.label, config.cadence);
  const { label } = config;
  const inSessions = label.kind === "forward_return" && label.unit === "sessions";
  const sessions = inSessions ? label.horizon : bars / BARS_PER_SESSION[config.cadence];
  const [fewest, most] = LABEL_SESSIONS[config.horizon];
  if (sessions >= fewest && sessions <= most) return [];
  const perSession = BARS_PER_SESSION[config.cadence];
  return [
    finding(
      "label_horizon_mismatch",
      "label.horizon",
      `The label looks "${bars}" bars ahead; a "${config.horizon}" model at "${config.cadence}" cadence looks ${Math.max(1, fewest * perSession)} to ${most * perSession}.`,
    ),
  ];
}

function labelFitsCadence({ config }: ModelFacts): Finding[] {
  const { kind } = config.label;
  if (config.cadence !== "daily") return [];
  if (kind === "headfake_reversal" || kind === "pin_drift")
    return [
      finding("label_needs_intraday", "label.kind", `The label "${kind}" looks inside the session, and a daily bar is the whole of it.`),
    ];
  if (kind !== "close_to_open") return [];
  return [
    finding(
      "label_research_only",
      "label.kind",
      'The label "close_to_open" on daily bars is decided at the very close that it starts from, which nobody can trade.',
      "Use it for research only, or choose 15m or 5m bars and a decision_time before the close.",
    ),
  ];
}

function indicatorsInMenu({ pack, resolvedNames }: ModelFacts): Finding[] {
  const menu = pack.indicators.map((item) => item.name);
  return [...new Set(resolvedNames)]
    .filter((name) => !menu.includes(name))
    .map((name) => {
      const nearest = nearestName(name, menu);
      return finding(
        "indicator_not_in_menu",
        "indicators",
        `"${name}" is not in the menu of pack "${pack.id}".`,
        nearest ? `Use "${nearest}", or a pack that offers it.` : "Remove it, or use a pack that offers it.",
        "MODEL_INVALID",
      );
    });
}

function indicatorsFitCadence({ config, resolvedNames }: ModelFacts): Finding[] {
  if (config.cadence !== "daily") return [];
  return [...new Set(resolvedNames)]
    .filter((name) => INDICATORS.get(name)?.timeframe === "minute")
    .map((name) => finding("indicator_needs_intraday_bars", "indicators", `"${name}" looks inside the session, and the bars are daily.`));
}

function indicatorCount({ resolvedNames }: ModelFacts): Finding[] {
  const count = countedIndicators(resolvedNames);
  if (count >= MIN_INDICATORS && count <= MAX_INDICATORS) return [];
  return [
    finding(
      "indicator_count",
      "indicators",
      `The model has "${count}" indicators, its strategy's included; ${MIN_INDICATORS} to ${MAX_INDICATORS} are allowed.`,
      count < MIN_INDICATORS ? "Add some." : "Select fewer: more invite overfitting.",
      "MODEL_INVALID",
    ),
  ];
}

function learnerFitsLabel({ config }: ModelFacts): Finding[] {
  const classes = labelClasses(config.label);
  return learnerObjections(config.learner, classes.length === 0 ? "regress" : "classify", classes).map(({ setting, reason, remedy }) =>
    finding("learner_label_mismatch", `learner.${setting}`, reason, remedy),
  );
}
