import { normalQuantile } from "./normal.ts";
import type { SharpeEstimate } from "./psr.ts";

/**
 * Minimum track record length: periods after which an estimate like this one is above the reference with the given
 * confidence.
 *
 * @param estimate - per period; its `periods` is not used
 * @param reference - per period
 * @returns periods, not rounded; NaN when the estimate is not above the reference (no length would do)
 * @see Bailey & López de Prado, The Sharpe Ratio Efficient Frontier (2012)
 */
export function minTrackRecord(estimate: Omit<SharpeEstimate, "periods">, reference = 0, confidence = 0.95): number {
  const { sharpe, skew, kurtosis } = estimate;
  if (!(sharpe > reference)) return Number.NaN;
  const factor = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return 1 + factor * (normalQuantile(confidence) / (sharpe - reference)) ** 2;
}
