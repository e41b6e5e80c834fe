import { normalCdf } from "./normal.ts";

/** An estimated Sharpe ratio with the shape of the returns it came from. Everything **per period**, nothing annual. */
export interface SharpeEstimate {
  readonly sharpe: number;
  readonly periods: number;
  readonly skew: number;
  /** Raw: a normal distribution has 3. Excess kurtosis here is the classic mistake. */
  readonly kurtosis: number;
}

/**
 * Standard deviation of the Sharpe ratio's estimator for returns that need not be normal.
 *
 * @returns per period; NaN when the moments leave no positive variance
 * @see Mertens (2002); Bailey & López de Prado, The Sharpe Ratio Efficient Frontier (2012)
 */
export function sharpeDeviation({ sharpe, periods, skew, kurtosis }: SharpeEstimate): number {
  const factor = 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return periods > 1 && factor > 0 ? Math.sqrt(factor / (periods - 1)) : Number.NaN;
}

/**
 * Probabilistic Sharpe ratio: probability that the true ratio exceeds a reference, given the estimate.
 *
 * @param reference - per period
 * @returns 0 to 1; NaN when the estimate is undefined
 * @see Bailey & López de Prado (2012)
 */
export function probabilisticSharpe(estimate: SharpeEstimate, reference = 0): number {
  return normalCdf((estimate.sharpe - reference) / sharpeDeviation(estimate));
}
