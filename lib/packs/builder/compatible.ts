import { SigmaError } from "../../errors/sigma-error.ts";
import { INDICATORS } from "../../indicators/catalog.ts";
import type { IndicatorDefinition } from "../../indicators/define-indicator.ts";
import { planIndicators } from "../../indicators/plan.ts";
import type { RiskBudget } from "../../policies/risk-budget.schema.ts";
import type { Pack } from "../pack.schema.ts";
import { BAR_COLUMNS } from "../pack-limits.ts";
import { FITTING_DATA, SUGGESTED_HORIZONS, TAGGED_HORIZONS } from "../time-fit.ts";
import type { IdentityStep, InstrumentsStep } from "./pack-draft.schema.ts";

type Frame = IndicatorDefinition["timeframe"];

/** Bar sizes and intervals that fit decisions over each time horizon. */
const RHYTHM: Readonly<
  Record<
    Pack["vibe"]["time_horizon"],
    { readonly cadences: Pack["cadences"]; readonly signal_intervals: readonly Pack["signal_interval"][] }
  >
> = {
  seconds: { cadences: ["5m"], signal_intervals: ["1m"] },
  minutes: { cadences: ["5m", "15m", "hourly"], signal_intervals: ["1m", "5m", "15m"] },
  days: { cadences: ["hourly", "daily"], signal_intervals: ["hourly", "daily"] },
  weeks: { cadences: ["daily"], signal_intervals: ["daily"] },
  months: { cadences: ["daily"], signal_intervals: ["daily"] },
};

const INSTRUMENTS: Readonly<Record<Pack["tags"]["asset"], readonly Pack["default_instrument"][]>> = {
  equities: ["stocks"],
  options: ["options"],
  multi_asset: ["stocks", "options"],
  futures: [],
  crypto: [],
};

/** Limits that a risk tag suggests; a personality that tolerates less has its own drawdown. */
const SUGGESTED_GATES: Readonly<Record<Pack["tags"]["risk"], RiskBudget>> = {
  conservative: { min_bets: 50, max_drawdown_pct: 10, min_sharpe: 1 },
  balanced: { min_bets: 30, max_drawdown_pct: 25, min_sharpe: 0.5 },
  aggressive: { min_bets: 20, max_drawdown_pct: 40, min_sharpe: 0.3 },
};

/** Ways to trade that fit each regime, the most fitting first. */
const APPROACHES: Readonly<Record<Pack["vibe"]["market_preference"]["regime"], readonly string[]>> = {
  trending: ["momentum", "breakout"],
  ranging: ["mean_reversion", "arbitrage"],
  volatile: ["breakout", "mean_reversion", "momentum"],
};

const SIDES: Readonly<Record<Pack["tags"]["direction"], readonly ("long" | "short" | "both")[]>> = {
  long_only: ["long"],
  short_only: ["short"],
  long_short: ["both", "long", "short"],
};

export interface CompatibleInstruments {
  readonly supported_instruments: readonly Pack["default_instrument"][];
  readonly horizons: readonly Pack["horizons"][number][];
  readonly cadences: readonly Pack["cadences"][number][];
  readonly signal_intervals: readonly Pack["signal_interval"][];
  readonly indicators: readonly { readonly name: string; readonly category: string; readonly timeframe: Frame; readonly doc: string }[];
}

/**
 * What a personality can look at: step 2 of the builder offers nothing else.
 *
 * @throws DATA_UNAVAILABLE for what no provider has: fundamentals, crypto, futures
 */
export function compatibleInstruments({ vibe, tags }: Pick<IdentityStep, "vibe" | "tags">): CompatibleInstruments {
  const supported = INSTRUMENTS[tags.asset];
  if (supported.length === 0 || tags.style === "fundamental") {
    const missing = supported.length === 0 ? { field: "tags.asset", what: tags.asset } : { field: "tags.style", what: "fundamentals" };
    throw new SigmaError(
      "DATA_UNAVAILABLE",
      `No provider offers ${missing.what}. Choose another value of ${missing.field}.`,
      { field: missing.field },
      { fieldErrors: [{ path: missing.field, issue: `no provider offers ${missing.what}` }] },
    );
  }
  const { cadences, signal_intervals } = RHYTHM[vibe.time_horizon];
  const frames: readonly Frame[] = ["any", ...FITTING_DATA[vibe.time_horizon]];
  const horizons = SUGGESTED_HORIZONS[vibe.time_horizon];
  const tagged = horizons.filter((horizon) => TAGGED_HORIZONS[tags.timeframe].includes(horizon));
  const options = supported.includes("options");
  return {
    supported_instruments: supported,
    horizons: tagged.length > 0 ? tagged : horizons,
    cadences,
    signal_intervals,
    indicators: [...INDICATORS.values()]
      .filter(({ timeframe }) => frames.includes(timeframe))
      // Without bars inside the session there is nothing inside it to look at.
      .filter(({ timeframe }) => timeframe !== "minute" || cadences.some((cadence) => cadence !== "daily"))
      // Trades and quotes say little of a whole day: coherent, but nothing to offer.
      .filter(({ timeframe }) => timeframe !== "tick" || !cadences.includes("daily"))
      .filter(({ category }) => options || !category.startsWith("options_"))
      .map(({ name, category, timeframe, doc }) => ({ name, category, timeframe, doc })),
  };
}

export interface CompatibleStrategies {
  readonly approaches: readonly string[];
  readonly sides: readonly string[];
  /** Columns that entry rules can read when a strategy names no indicators of its own. */
  readonly columns: readonly { readonly name: string; readonly unit: string | null }[];
  readonly suggested_gates: RiskBudget;
  readonly indicators: readonly string[];
}

/** What can be traded on what was chosen: step 3 of the builder. */
export function compatibleStrategies({ vibe, tags }: IdentityStep, { indicators, sets }: InstrumentsStep): CompatibleStrategies {
  const planned = planIndicators(Object.values(sets).flat()).columns;
  const gates = SUGGESTED_GATES[tags.risk];
  return {
    approaches: APPROACHES[vibe.market_preference.regime],
    sides: SIDES[tags.direction],
    columns: [...planned.map(({ name, unit }) => ({ name, unit })), ...[...BAR_COLUMNS].map((name) => ({ name, unit: null }))],
    suggested_gates: { ...gates, max_drawdown_pct: Math.min(gates.max_drawdown_pct!, Math.round(vibe.risk_appetite.max_drawdown * 100)) },
    indicators,
  };
}
