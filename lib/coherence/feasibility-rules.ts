import { BARS_PER_SESSION, SESSIONS_PER_YEAR } from "../indicators/inputs.ts";
import { decidesOnceASession, labelHorizonBars } from "../matrix/label.schema.ts";
import { windowSessions } from "../models/coherence-settings.ts";
import type { ResolvedModel } from "../models/resolved-model.ts";
import type { Finding } from "../packs/finding.ts";
import { RISK_PROFILES, type RiskBudget } from "../policies/risk-budget.schema.ts";
import type { GridContext } from "../sweeps/axes.ts";
import { checkFeasibility, type Feasibility, type FeasibilityContext } from "../sweeps/feasibility.ts";
import { planVariants } from "../sweeps/grid.ts";
import { gridContextOf } from "../sweeps/grid-context.ts";
import { SweepRequestSchema } from "../sweeps/sweep.schema.ts";
import type { Variant } from "../sweeps/variant.schema.ts";
import { objection } from "./rules.ts";

/** Sessions of the longest daily histories that there are: some sixty years. */
const LONGEST_HISTORY = 60 * SESSIONS_PER_YEAR;

type Preset = (typeof RISK_PROFILES)[number];
type Judged = Pick<ResolvedModel, "config" | "limits" | "riskProfile">;

/**
 * Whether the simple grids hold a variant that can have as many bets as the model's limits ask for, before any data are read.
 * An upper bound: of a universe it is taken that something can be traded at every decision.
 */
export function gateWithinReach(model: Judged): Finding[] {
  const { config, limits, riskProfile } = model;
  const allowedHours = openHours(model);
  // That no hour is open is another rule's to say.
  if (allowedHours?.length === 0) return [];
  const context = { ...gridContextOf(config, null), allowedHours };
  const grids = new Map(RISK_PROFILES.map((preset) => [preset, gridOf(config, preset, context)]));
  const all = [...grids.values()].flat();
  const { min_bets, min_bets_per_year } = limits;

  const perYear = bets(all, config, { min_bets_per_year }, SESSIONS_PER_YEAR);
  if (!perYear.feasible)
    return [
      objection(
        "gate_infeasible",
        "limits.min_bets_per_year",
        `The most active variant has about "${rounded(perYear.bets_per_year)}" bets a year; the gate asks for "${min_bets_per_year}".`,
      ),
    ];
  const window = windowSessions(config.window);
  const sessions = window ?? LONGEST_HISTORY;
  const within = bets(all, config, { min_bets }, sessions);
  if (!within.feasible)
    return [
      objection(
        "gate_needs_longer_sample",
        "limits.min_bets",
        `In ${window === null ? "sixty years" : `the window's "${sessions}" sessions`} the most active variant has about "${within.bets}" bets; the gate asks for "${min_bets}".`,
      ),
    ];
  const preset = bets(grids.get(riskProfile.sweep_preset)!, config, { min_bets, min_bets_per_year }, sessions);
  if (preset.feasible) return [];
  return [
    objection(
      "preset_infeasible",
      `risk_profiles.${riskProfile.name}.sweep_preset`,
      `In ${sessions} sessions the preset "${riskProfile.sweep_preset}" has at most about "${preset.bets}" bets, "${rounded(preset.bets_per_year)}" a year; the gate asks for ${asked(limits)}.`,
    ),
  ];
}

function gridOf({ model_id, pack_id }: Judged["config"], preset: Preset, context: GridContext): Variant[] {
  return planVariants(SweepRequestSchema.parse({ model_id, pack_id, mode: "simple", preset }), context);
}

/** Hours that both the model and its gate leave open; null = all. Daily bars have none. */
function openHours({ config, limits }: Judged): readonly number[] | null {
  const [own, gate] = [config.allowed_hours, limits.allowed_hours ?? null];
  if (config.cadence === "daily") return null;
  if (own === null || gate === null) return own ?? gate;
  return own.filter((hour) => gate.includes(hour));
}

function bets(variants: readonly Variant[], config: Judged["config"], limits: RiskBudget, sessions: number): Feasibility {
  const barsPerSession = BARS_PER_SESSION[config.cadence];
  const context: FeasibilityContext = {
    sessions,
    sessionsPerYear: SESSIONS_PER_YEAR,
    barsPerSession,
    decisionsPerSession: decidesOnceASession(config.label) ? 1 : barsPerSession,
    candidatesPerDecision: config.data.universe === undefined ? 1 : Number.POSITIVE_INFINITY,
    labelHorizonBars: labelHorizonBars(config.label, config.cadence),
  };
  return checkFeasibility(variants, limits, context);
}

const rounded = (value: number): number => Number(value.toFixed(2));

const asked = ({ min_bets, min_bets_per_year }: RiskBudget): string =>
  [min_bets === undefined ? [] : `"${min_bets}"`, min_bets_per_year === undefined ? [] : `"${min_bets_per_year}" a year`]
    .flat()
    .join(" and ");
