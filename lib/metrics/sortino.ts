import { FLAT_SD } from "./moments.ts";

/**
 * Sortino ratio: mean excess over the target downside deviation, times the square root of the periods of a year.
 * The deviation divides by **all** periods, not by the losing ones.
 *
 * @param returns - one value a period, idle periods included
 * @param target - minimum acceptable return of a period, fraction
 * @returns NaN when no return lies below the target
 * @see Sortino & Price, Performance Measurement in a Downside Risk Framework (1994)
 */
export function sortinoRatio(returns: Float64Array, periodsPerYear: number, target = 0): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const excess = returns[i]! - target;
    sum += excess;
    if (excess < 0) squares += excess * excess;
  }
  const deviation = Math.sqrt(squares / returns.length);
  return deviation > FLAT_SD ? (sum / returns.length / deviation) * Math.sqrt(periodsPerYear) : Number.NaN;
}
