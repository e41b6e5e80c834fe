import { effectiveTrials, expectedMaximum } from "./expected-max-sharpe.ts";
import { probabilisticSharpe, type SharpeEstimate } from "./psr.ts";

/** What was tried before this result was chosen. */
export interface Trials {
  /** Distinct variants ever evaluated in the lineage. */
  readonly trials: number;
  /** Mean pairwise correlation of their returns, -1 to 1. */
  readonly meanCorrelation: number;
  /** Standard deviation of the trials' Sharpe ratios, per period. */
  readonly sharpeDeviation: number;
  /** Length of the returns. */
  readonly periods: number;
}

/**
 * The Sharpe ratio that luck alone is expected to reach: the larger of the spread of the trials' ratios times the expected
 * maximum of N, and the pure sampling error times the expected maximum of the effective N. The second term keeps a sweep
 * of near-identical variants, whose ratios hardly spread, from deflating by nothing.
 *
 * @returns per period; 0 for a single trial
 */
export function referenceSharpe({ trials, meanCorrelation, sharpeDeviation, periods }: Trials): number {
  if (trials <= 1) return 0;
  const spread = sharpeDeviation * expectedMaximum(trials);
  const sampling = Math.sqrt(1 / periods) * expectedMaximum(effectiveTrials(trials, meanCorrelation));
  return Math.max(spread, sampling);
}

/**
 * Deflated Sharpe ratio: probability that the true ratio exceeds what the best of the trials would show by luck.
 *
 * @param estimate - per period
 * @returns 0 to 1
 * @see Bailey & López de Prado, The Deflated Sharpe Ratio (2014)
 */
export function deflatedSharpe(estimate: SharpeEstimate, trials: Trials): number {
  return probabilisticSharpe(estimate, referenceSharpe(trials));
}
