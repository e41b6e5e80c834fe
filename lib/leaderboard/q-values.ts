import { benjaminiHochberg } from "../metrics/benjamini-hochberg.ts";
import type { RunMetrics } from "../metrics/run-metrics.schema.ts";

/**
 * Benjamini-Hochberg adjusted p-values across rows; a row's p is the probability that its true residual Sharpe ratio is not
 * above 0 (1 - PSR).
 *
 * @param rows - distinct results that are shown together
 * @returns in their order, null where the PSR is undefined
 */
export function qValues(rows: readonly { readonly residual: Pick<RunMetrics["residual"], "psr"> }[]): (number | null)[] {
  const q = benjaminiHochberg(rows.map(({ residual }) => (residual.psr === null ? Number.NaN : 1 - residual.psr)));
  return q.map((value) => (Number.isNaN(value) ? null : value));
}
