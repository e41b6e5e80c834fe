/** Margins stay within this: beyond it a double cannot tell the probability from 0 or 1. */
export const MARGIN_LIMIT = 40;

/** The logistic function, without overflow. */
export function sigmoid(margin: number): number {
  if (margin >= 0) return 1 / (1 + Math.exp(-margin));
  const e = Math.exp(margin);
  return e / (1 + e);
}

/**
 * Margins (log-odds) of class probabilities: what a calibrator is fitted on.
 *
 * @param probabilities - one array for each class; NaN = unknown
 * @returns for two classes one array, log(p1 / p0); for more, one array for each class, log(p / (1 - p)); within +-40
 */
export function marginsOf(probabilities: readonly Float64Array[]): Float64Array[] {
  const [first, second] = probabilities;
  if (probabilities.length === 2) return [first!.map((p, row) => bounded(Math.log(second![row]! / p)))];
  return probabilities.map((column) => column.map((p) => bounded(Math.log(p / (1 - p)))));
}

const bounded = (margin: number): number => Math.min(MARGIN_LIMIT, Math.max(-MARGIN_LIMIT, margin));
