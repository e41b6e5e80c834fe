import { FLAT_SD } from "./moments.ts";

/**
 * Sharpe ratio (ddof 1) of each window of returns, annual. Sums are updated value by value: one pass, whatever the window.
 *
 * @param returns - one value a period, without NaN
 * @param window - periods, at least 2
 * @returns shape of the returns; NaN for the first window - 1 periods and where the window is constant
 */
export function rollingSharpe(returns: Float64Array, window: number, periodsPerYear: number): Float64Array {
  const out = new Float64Array(returns.length).fill(Number.NaN);
  const year = Math.sqrt(periodsPerYear);
  // Of deviations from the overall mean: sums of squares of raw returns would lose digits.
  let center = 0;
  for (let i = 0; i < returns.length; i += 1) center += returns[i]! / returns.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const entering = returns[i]! - center;
    sum += entering;
    squares += entering * entering;
    if (i >= window) {
      const leaving = returns[i - window]! - center;
      sum -= leaving;
      squares -= leaving * leaving;
    }
    if (i < window - 1) continue;
    const sd = Math.sqrt(Math.max(0, squares - (sum * sum) / window) / (window - 1));
    // What the running sums lose to rounding must not pass for a deviation.
    if (sd > Math.max(FLAT_SD, 1e-9)) out[i] = ((center + sum / window) / sd) * year;
  }
  return out;
}
