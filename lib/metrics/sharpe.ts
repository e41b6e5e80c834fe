import { FLAT_SD, type Moments, moments } from "./moments.ts";

/** Fewer daily returns than this say nothing about a Sharpe ratio. */
export const MIN_SHARPE_SESSIONS = 14;

/**
 * Sharpe ratio: mean over standard deviation (ddof 1), times the square root of the periods of a year.
 * What is risk-free is subtracted before, where a series of it is given: results carry the stamp `rf=SYMBOL`, else `rf=0`.
 *
 * @param returns - one value a period, idle periods included
 * @param periodsPerYear - 252 for daily returns; 1 leaves it per period
 * @returns NaN for a constant series or fewer than two returns
 * @see Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21 (1994)
 */
export function sharpeRatio(returns: Float64Array, periodsPerYear: number): number {
  return sharpeOfMoments(moments(returns)) * Math.sqrt(periodsPerYear);
}

/** Sharpe ratio per period from moments. NaN for a constant series. */
export function sharpeOfMoments({ mean, sd }: Moments): number {
  return sd > FLAT_SD ? mean / sd : Number.NaN;
}
