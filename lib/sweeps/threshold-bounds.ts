import { SigmaError } from "../errors/sigma-error.ts";
import type { HourThresholds, VariantParams } from "./variant.schema.ts";

/** What the bounds of a threshold depend on. */
export interface ThresholdTerms {
  readonly mode: VariantParams["threshold_mode"];
  /** Classes of the label: 2, or 3 with FLAT. */
  readonly classes: number;
}

/** The coherence rule that a threshold out of bounds breaks, as docs/coherence.md names it. */
const RULE = "threshold_out_of_range";

/** An edge above this would ask for odds that no model of a market has. */
const EDGE_END = 5;

/**
 * Refuses a threshold that cannot be one: below even chances a probability says nothing, and at 1 nothing passes.
 *
 * @param path - the field of the request
 * @throws INVALID_PARAM
 */
export function requireThreshold(value: number, { mode, classes }: ThresholdTerms, path: string): void {
  const floor = classes === 2 ? 0.5 : 1 / classes;
  const valid = mode === "edge" ? value >= 0 && value < EDGE_END : (classes === 2 ? value >= floor : value > floor) && value < 1;
  if (valid) return;
  const range =
    mode === "edge"
      ? `0 to below ${EDGE_END} (differences of log-odds)`
      : classes === 2
        ? "0.5 to below 1"
        : `above ${floor.toFixed(4)} and below 1`;
  throw new SigmaError(
    "INVALID_PARAM",
    `A threshold in ${mode} mode of a label with ${classes} classes must be ${range}; found "${value}". Correct the threshold, or change threshold_mode.`,
    { threshold: value, mode, classes, findings: [RULE] },
    { fieldErrors: [{ path, issue: `must be ${range}` }] },
  );
}

/**
 * Refuses thresholds by hour that are out of bounds, or that no bar has an hour for.
 *
 * @throws INVALID_PARAM
 */
export function requireHourThresholds(
  thresholds: HourThresholds | null | undefined,
  terms: ThresholdTerms & { readonly daily: boolean },
  path: string,
): void {
  if (thresholds === null || thresholds === undefined) return;
  if (terms.daily) {
    throw new SigmaError(
      "INVALID_PARAM",
      "Hours do not apply to daily bars, so a daily model has no thresholds by hour. Leave them out, or use an intraday model.",
      { field: path },
      { fieldErrors: [{ path, issue: "hours do not apply at daily cadence" }] },
    );
  }
  for (const [hour, value] of Object.entries(thresholds)) requireThreshold(value, terms, `${path}.${hour}`);
}
