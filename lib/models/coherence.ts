import { matchesGlob } from "../core/match-glob.ts";
import { nearestName } from "../errors/nearest.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { learnerObjections } from "../learners/learner-fit.ts";
import { type Label, labelClasses, labelHorizonBars } from "../matrix/label.schema.ts";
import { columnsRead } from "../packs/condition.schema.ts";
import type { Finding } from "../packs/finding.ts";
import type { Pack } from "../packs/pack.schema.ts";
import { BAR_COLUMNS, countedIndicators, MAX_INDICATORS, MIN_INDICATORS } from "../packs/pack-limits.ts";
import { isSelected } from "./column-globs.ts";
import { hasOptionColumns } from "./model-columns.ts";
import type { ModelConfig } from "./model-config.schema.ts";
import type { ResolvedModel } from "./resolved-model.ts";

/** What the rules look at. `resolvedNames` are the catalogue's names of the entries, in order. */
export type ModelFacts = Pick<ResolvedModel, "config" | "policy" | "strategy" | "columns"> & {
  readonly pack: Pack;
  readonly resolvedNames: readonly string[];
};

/** A rule names everything that it objects to; none stops another from speaking. */
type Rule = (facts: ModelFacts) => readonly Finding[];

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

const RULES: readonly Rule[] = [
  instrumentSupported,
  instrumentFitsAsset,
  horizonAndCadenceOffered,
  entryPriceAgrees,
  labelFitsHorizon,
  labelFitsCadence,
  indicatorsInMenu,
  indicatorCount,
  patternsName,
  learnerFitsLabel,
  constraintsName,
  strategyColumnsProduced,
  momentumColumnProduced,
];

/** Every objection to a model, in the order of the rules. */
export function modelFindings(facts: ModelFacts): Finding[] {
  return RULES.flatMap((rule) => rule(facts));
}

const error = (code: string, path: string, reason: string, remedy: string, under: Finding["error"] = "MODEL_INVALID"): Finding => ({
  code,
  severity: "error",
  path,
  reason,
  remedy,
  error: under,
});

function instrumentSupported({ config, pack }: ModelFacts): Finding[] {
  if (pack.supported_instruments.includes(config.instrument)) return [];
  return [
    error(
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
  return [
    error(
      "instrument_asset_mismatch",
      "instrument",
      `asset_type "${config.asset_type}" trades "${expected}", not "${config.instrument}".`,
      "Correct one of them.",
    ),
  ];
}

function horizonAndCadenceOffered({ config, pack }: ModelFacts): Finding[] {
  const findings: Finding[] = [];
  if (!pack.horizons.includes(config.horizon))
    findings.push(
      error(
        "horizon_not_offered",
        "horizon",
        `Pack "${pack.id}" has no "${config.horizon}" models.`,
        `Choose one of ${pack.horizons.join(", ")}.`,
      ),
    );
  if (!pack.cadences.includes(config.cadence))
    findings.push(
      error(
        "cadence_not_offered",
        "cadence",
        `Pack "${pack.id}" has no "${config.cadence}" models.`,
        `Choose one of ${pack.cadences.join(", ")}.`,
      ),
    );
  return findings;
}

function entryPriceAgrees({ config, policy }: ModelFacts): Finding[] {
  const wanted = entryModeFor(config.label.entry);
  const found = policy.execution.brackets.entry_mode;
  if (found === wanted) return [];
  return [
    error(
      "label_entry_mismatch",
      "policy.execution.brackets.entry_mode",
      `label.entry is "${config.label.entry}" but the policy enters at "${found}".`,
      `Set execution.brackets.entry_mode to "${wanted}", or change label.entry.`,
      "LABEL_ENTRY_MISMATCH",
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
    error(
      "label_horizon_mismatch",
      "label.horizon",
      `The label looks "${bars}" bars ahead; a "${config.horizon}" model at "${config.cadence}" cadence looks ${Math.max(1, fewest * perSession)} to ${most * perSession}.`,
      "Change label.horizon, or choose another horizon.",
    ),
  ];
}

function labelFitsCadence({ config }: ModelFacts): Finding[] {
  const { kind } = config.label;
  if (config.cadence !== "daily") return [];
  if (kind === "headfake_reversal" || kind === "pin_drift")
    return [
      error(
        "label_needs_intraday",
        "label.kind",
        `The label "${kind}" looks inside the session, and a daily bar is the whole of it.`,
        "Choose hourly, 15m or 5m bars, or another label.",
      ),
    ];
  if (kind !== "close_to_open") return [];
  return [
    {
      code: "label_research_only",
      severity: "warning",
      path: "label.kind",
      reason: 'The label "close_to_open" on daily bars is decided at the very close that it starts from, which nobody can trade.',
      remedy: "Use it for research only, or choose 15m or 5m bars and a decision_time before the close.",
      error: "MODEL_INVALID",
    },
  ];
}

function indicatorsInMenu({ pack, resolvedNames }: ModelFacts): Finding[] {
  const menu = pack.indicators.map((item) => item.name);
  return [...new Set(resolvedNames)]
    .filter((name) => !menu.includes(name))
    .map((name) => {
      const nearest = nearestName(name, menu);
      return error(
        "indicator_not_in_menu",
        "indicators",
        `"${name}" is not in the menu of pack "${pack.id}".`,
        nearest ? `Use "${nearest}", or a pack that offers it.` : "Remove it, or use a pack that offers it.",
      );
    });
}

function indicatorCount({ resolvedNames }: ModelFacts): Finding[] {
  const count = countedIndicators(resolvedNames);
  if (count >= MIN_INDICATORS && count <= MAX_INDICATORS) return [];
  return [
    error(
      "indicator_count",
      "indicators",
      `The model has "${count}" indicators, its strategy's included; ${MIN_INDICATORS} to ${MAX_INDICATORS} are allowed.`,
      count < MIN_INDICATORS ? "Add some." : "Select fewer: more invite overfitting.",
    ),
  ];
}

function patternsName({ config, columns }: ModelFacts): Finding[] {
  const names = columns.map((column) => column.name);
  return (["include", "exclude"] as const).flatMap((list) =>
    config.features.custom[list]
      .filter((glob) => !names.some((name) => matchesGlob(name, glob)))
      .map((glob) => {
        const nearest = nearestName(glob, names);
        const remedy = nearest ? `Did you mean "${nearest}"?` : "Remove it, or add the indicator that computes such a column.";
        return error("pattern_names_nothing", `features.custom.${list}`, `"${glob}" is no computed column.`, remedy);
      }),
  );
}

function learnerFitsLabel({ config }: ModelFacts): Finding[] {
  const classes = labelClasses(config.label);
  return learnerObjections(config.learner, classes.length === 0 ? "regress" : "classify", classes).map(({ setting, reason, remedy }) =>
    error("learner_label_mismatch", `learner.${setting}`, reason, remedy),
  );
}

/** Monotone constraints name features. Columns of option flow are known only when the data are read. */
function constraintsName({ config, columns }: ModelFacts): Finding[] {
  const { learner, features } = config;
  if (!("monotone" in learner.params) || hasOptionColumns(features)) return [];
  const names = columns.flatMap(({ name }) => (isSelected(name, features.custom) ? [name] : []));
  return Object.keys(learner.params.monotone ?? {})
    .filter((glob) => !names.some((name) => matchesGlob(name, glob)))
    .map((glob) => {
      const nearest = nearestName(glob, names);
      const remedy = nearest ? `Did you mean "${nearest}"?` : "Remove it, or add the indicator that computes such a column.";
      return error("pattern_names_nothing", "learner.params.monotone", `"${glob}" is no feature.`, remedy);
    });
}

function strategyColumnsProduced({ config, strategy, columns }: ModelFacts): Finding[] {
  if (!strategy) return [];
  const wanted = columnsRead("all" in strategy.entry ? strategy.entry.all : strategy.entry.any);
  return unavailable(wanted, config, columns, `strategies.${strategy.name}.entry`, `Strategy "${strategy.name}"`, "MODEL_INVALID");
}

function momentumColumnProduced({ config, policy, columns }: ModelFacts): Finding[] {
  const { momentum_gate, momentum_column } = policy.execution;
  if (!momentum_gate) return [];
  return unavailable([momentum_column], config, columns, "policy.execution.momentum_column", "The momentum gate", "POLICY_INVALID");
}

function unavailable(
  wanted: readonly string[],
  config: ModelConfig,
  columns: ModelFacts["columns"],
  path: string,
  who: string,
  under: Finding["error"],
): Finding[] {
  const names = columns.map((column) => column.name);
  return [...new Set(wanted)].flatMap((name) => {
    if (BAR_COLUMNS.has(name)) return [];
    if (!names.includes(name)) {
      const nearest = nearestName(name, names);
      const remedy = nearest ? `Did you mean "${nearest}"?` : "Add the indicator that computes it.";
      return [error("column_not_produced", path, `${who} reads "${name}", which no indicator of the model computes.`, remedy, under)];
    }
    if (isSelected(name, config.features.custom)) return [];
    return [
      error(
        "column_excluded",
        path,
        `${who} reads "${name}", which features.custom leaves out of the matrix.`,
        "Include that column.",
        under,
      ),
    ];
  });
}
