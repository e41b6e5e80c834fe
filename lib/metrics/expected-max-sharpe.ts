import { normalQuantile } from "./normal.ts";

const EULER_GAMMA = 0.5772156649015329;

/**
 * Expected maximum of N independent standard normal draws: how good the best of N trials looks by luck alone, in
 * standard deviations.
 *
 * @param trials - need not be whole; up to 1 there is nothing to choose from and the answer is 0
 * @see Bailey & López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014)
 */
export function expectedMaximum(trials: number): number {
  if (Number.isNaN(trials)) return Number.NaN;
  if (trials <= 1) return 0;
  const value = (1 - EULER_GAMMA) * normalQuantile(1 - 1 / trials) + EULER_GAMMA * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.max(0, value);
}

/** Trials that count when they resemble each other: rho + (1 - rho) N, with rho the mean pairwise correlation. */
export function effectiveTrials(trials: number, meanCorrelation: number): number {
  return meanCorrelation + (1 - meanCorrelation) * trials;
}

/**
 * The best Sharpe ratio that N variants without any skill would show over T periods.
 *
 * @param trials - distinct (or effective) variants
 * @returns annual; NaN without periods
 */
export function luckSharpe(trials: number, periods: number, periodsPerYear: number): number {
  return periods > 0 ? expectedMaximum(trials) * Math.sqrt(periodsPerYear / periods) : Number.NaN;
}

/**
 * Minimum backtest length: years below which the best of N variants without skill is expected to reach this ratio.
 *
 * @param sharpe - annual
 * @see Bailey, Borwein, López de Prado & Zhu, Pseudo-Mathematics and Financial Charlatanism (2014)
 */
export function minBacktestYears(trials: number, sharpe: number): number {
  return (expectedMaximum(trials) / sharpe) ** 2;
}
