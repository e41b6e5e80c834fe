import { EdgeSchema, type EdgeSpec } from "#lib/market-data/simulate/edge/edge.schema.ts";

/** A planted edge and what is claimed of it. */
export interface PowerGroup {
  readonly title: string;
  /** Years that are evaluated out of sample: beside them stand the first training share and the holdout. */
  readonly years: number;
  /** Long-run net Sharpe ratio of the rule that knows the planted feature. */
  readonly ruleSharpe: number;
  /** True net Sharpe ratio of the declared variant, with what its models have learned; null = nothing is stated. */
  readonly statedSharpe: number | null;
  readonly full: number;
  readonly quick: number;
}

/** Of all sessions, those that are neither holdout (15 %) nor the first training share (30 % of the rest). */
const EVALUATED_SHARE = 0.85 * 0.7;

export const POWER_GROUPS: Readonly<Record<string, PowerGroup>> = {
  "stated-1.0-15": { title: "variant 1.0, 15 years", years: 15, ruleSharpe: 1.4, statedSharpe: 1, full: 100, quick: 1 },
  "stated-1.5-5": { title: "variant 1.5, 5 years", years: 5, ruleSharpe: 2.24, statedSharpe: 1.5, full: 100, quick: 2 },
  "rule-1.0-15": { title: "rule 1.0, 15 years", years: 15, ruleSharpe: 1, statedSharpe: null, full: 40, quick: 0 },
  "rule-1.5-5": { title: "rule 1.5, 5 years", years: 5, ruleSharpe: 1.5, statedSharpe: null, full: 40, quick: 0 },
};

/** The plant of a seed: a fading sum of past returns moves the next bar. Seeds of groups do not meet. */
export function plantOf(group: string, seed: number): EdgeSpec {
  const { years, ruleSharpe } = POWER_GROUPS[group]!;
  return EdgeSchema.parse({
    seed: 1000 * (100 + Object.keys(POWER_GROUPS).indexOf(group)) + seed,
    first_date: "1992-01-02",
    sessions: Math.ceil((252 * years) / EVALUATED_SHARE),
    feature: "momentum",
    half_life: 20,
    annual_sharpe: ruleSharpe,
    cost_bps: 1,
  });
}

/** The variant that is declared before anything is seen: no threshold, every row, held as long as the label. */
export const isDeclared = (params: {
  readonly threshold: number | null;
  readonly top_pct: number | null;
  readonly hold_bars: number | null;
}): boolean => params.threshold === 0 && params.top_pct === 1 && params.hold_bars === 5;
