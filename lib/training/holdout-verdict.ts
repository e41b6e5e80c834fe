import { probabilisticSharpe } from "../metrics/psr.ts";

/** What the holdout and the backtest measured, per session, nothing annual. */
export interface HoldoutMeasurement {
  /** Residual Sharpe ratio of the holdout's sessions, with their number and moments. */
  readonly sharpe: number;
  readonly sessions: number;
  readonly skew: number;
  readonly kurtosis: number;
  readonly backtestSharpe: number;
}

export interface HoldoutVerdict {
  /** Probability of a Sharpe ratio this low or lower, were the backtest's the true one; null when undefined. */
  readonly probabilityThisLow: number | null;
  readonly vetoed: boolean;
}

/** Below this the backtest is not believable any more. */
export const VETO_PROBABILITY = 0.05;

/**
 * The holdout can only veto: it never selects and never improves a result. A holdout without enough trades to have a
 * Sharpe ratio says nothing, and then it does not veto.
 *
 * @see lib/metrics/psr.ts for the distribution of an estimated Sharpe ratio
 */
export function judgeHoldout({ sharpe, sessions, skew, kurtosis, backtestSharpe }: HoldoutMeasurement): HoldoutVerdict {
  const probability = probabilisticSharpe({ sharpe, periods: sessions, skew, kurtosis }, backtestSharpe);
  if (Number.isNaN(probability)) return { probabilityThisLow: null, vetoed: false };
  return { probabilityThisLow: probability, vetoed: probability < VETO_PROBABILITY };
}
