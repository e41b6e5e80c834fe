import { NYSE } from "../core/calendar.ts";
import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { type Label, labelHorizonBars } from "../matrix/label.schema.ts";
import { type Finding, finding } from "../packs/finding.ts";
import { MIN_AGGRESSIVE_POSITION_PCT } from "../packs/risk-limits.ts";
import { bracketFindings } from "../policies/bracket-rule.ts";
import type { ModelConfig } from "./model-config.schema.ts";
import type { ModelFacts, ModelRule } from "./model-facts.ts";

/** Rules on windows, hours and trading: settings that each are legal and do not go together. */
export const SETTING_RULES: readonly ModelRule[] = [
  labelFitsWindow,
  hoursFitCadence,
  someHourIsOpen,
  optionSettingsOnOptions,
  optionLimitsOnOptions,
  positionFitsRisk,
  ({ policy }) => bracketFindings(policy, "policy."),
];

/** Hours of New York's clock in which bars of the regular session start. */
const FIRST_HOUR = 9;
const LAST_HOUR = 15;

const OPTION_LIMITS = ["spread_pct_max", "oi_min", "volume_min"] as const;

function labelFitsWindow({ config }: ModelFacts): Finding[] {
  const sessions = windowSessions(config.window);
  if (sessions === null) return [];
  const perSession = BARS_PER_SESSION[config.cadence];
  const bars = fewestBarsAhead(config.label, config.cadence);
  if (bars < sessions * perSession) return [];
  return [
    finding(
      "label_longer_than_sample",
      "label.horizon",
      `The label looks "${bars}" bars ahead; the window has "${sessions}" sessions, ${sessions * perSession} bars.`,
    ),
  ];
}

/** Sessions of a window whose both ends are set; null otherwise, and for a window that ends before it starts. */
export function windowSessions({ start, end }: ModelConfig["window"]): number | null {
  if (start === null || end === null || start >= end) return null;
  const day = (text: string): number => Math.min(Math.max(Number(text.replaceAll("-", "")), NYSE.firstDate), NYSE.lastDate);
  return NYSE.sessionsBetween(day(start), day(end)).length;
}

/** A label in sessions looks further ahead from a session's first bar than from its last; the last is meant. */
function fewestBarsAhead(label: Label, cadence: ModelConfig["cadence"]): number {
  if (label.kind === "forward_return" && label.unit === "sessions") return label.horizon * BARS_PER_SESSION[cadence];
  return labelHorizonBars(label, cadence);
}

function hoursFitCadence({ config, limits }: ModelFacts): Finding[] {
  const places = [
    { path: "allowed_hours", hours: config.allowed_hours },
    { path: "train.allowed_hours", hours: config.train.allowed_hours },
    { path: "limits.allowed_hours", hours: limits.allowed_hours ?? null },
  ];
  return places.flatMap(({ path, hours }) => {
    if (hours === null || hours.length === 0) return [];
    if (config.cadence === "daily") return [finding("hours_on_daily_bars", path, `${path} is set, and daily bars have no hours.`)];
    const outside = hours.filter((hour) => hour < FIRST_HOUR || hour > LAST_HOUR);
    if (outside.length === 0) return [];
    return [
      finding("hours_outside_session", path, `No "${config.cadence}" bar of the regular session starts in hour "${outside.join(", ")}".`),
    ];
  });
}

function someHourIsOpen({ config, limits }: ModelFacts): Finding[] {
  const { allowed_hours: gate } = limits;
  const own = config.allowed_hours;
  if (config.cadence === "daily" || gate === undefined || (own === null ? gate.length > 0 : own.some((hour) => gate.includes(hour))))
    return [];
  const reason =
    own === null
      ? "The limits on hours leave none."
      : `The model opens trades in hours "${own.join(", ")}" and the gate allows "${gate.join(", ")}" only.`;
  return [finding("gate_infeasible", "allowed_hours", reason, "Give allowed_hours an hour that the gate allows.")];
}

function optionSettingsOnOptions({ config, policyProvenance }: ModelFacts): Finding[] {
  if (config.instrument === "options") return [];
  const own = (["default_dte", "default_strike"] as const).filter((key) => config[key] !== undefined);
  const policy = Object.entries(policyProvenance)
    .filter(([path, source]) => source === "policy" && (path.startsWith("execution.options.") || path === "execution.option_type"))
    .map(([path]) => `policy.${path}`);
  return [...own, ...policy].map((path) => {
    const error = path.startsWith("policy.") ? "POLICY_INVALID" : "MODEL_INVALID";
    return finding("options_settings_on_stocks", path, `"${path}" concerns options, and the model trades stocks.`, undefined, error);
  });
}

function optionLimitsOnOptions({ config }: ModelFacts): Finding[] {
  if (config.instrument === "options") return [];
  return OPTION_LIMITS.filter((key) => config.gates[key] !== undefined).map((key) =>
    finding("option_limits_on_stocks", `gates.${key}`, `gates.${key} limits options, and the model trades stocks.`),
  );
}

function positionFitsRisk({ policy, policyProvenance, tags }: ModelFacts): Finding[] {
  const { position_size_pct: position } = policy.risk;
  if (tags.byCategory["risk"] !== "aggressive" || policyProvenance["risk.position_size_pct"] !== "policy") return [];
  if (position >= MIN_AGGRESSIVE_POSITION_PCT) return [];
  return [
    finding(
      "position_below_risk",
      "policy.risk.position_size_pct",
      `The model is tagged "aggressive" but positions are "${position}" % of capital; at least ${MIN_AGGRESSIVE_POSITION_PCT} % is expected.`,
      undefined,
      "POLICY_INVALID",
    ),
  ];
}
