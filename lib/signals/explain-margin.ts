import type { UpMargin } from "../learners/shap/up-margin.ts";
import type { Signal } from "./signal.schema.ts";

export type Explanation = NonNullable<Signal["explanation"]>;

/** Contributions that are named; the others are added up. */
const NAMED = 10;

export interface ExplainedRow {
  /** Names and values of the features, NaN = unknown. */
  readonly features: readonly string[];
  readonly values: readonly number[];
  /** Index into the contributions. */
  readonly row: number;
  /** 1 = for UP, -1 = for DOWN. */
  readonly side: number;
}

/**
 * What moved the model at one row, seen from one side: the largest contributions first, the rest as their sum. Base value and
 * all contributions add up to the margin.
 */
export function explainMargin({ scale, base, contributions }: UpMargin, { features, values, row, side }: ExplainedRow): Explanation {
  const all = features.map((feature, f) => ({
    feature,
    value: Number.isFinite(values[f]!) ? values[f]! : null,
    contribution: side * contributions[f]![row]!,
  }));
  const ranked = all.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  // Features that no split reads explain nothing.
  const named = ranked.slice(0, NAMED).filter(({ contribution }) => contribution !== 0);
  const rest = ranked.slice(named.length);
  const margin = all.reduce((sum, { contribution }) => sum + contribution, side * base);
  return {
    side: side < 0 ? "DOWN" : "UP",
    margin_of: scale,
    base_value: side * base,
    margin,
    probability: scale === "log_odds" ? 1 / (1 + Math.exp(-margin)) : null,
    contributions: named,
    rest: { features: rest.length, contribution: rest.reduce((sum, { contribution }) => sum + contribution, 0) },
  };
}
