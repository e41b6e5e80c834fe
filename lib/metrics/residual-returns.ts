import { FLAT_SD } from "./moments.ts";

/** What the instrument explains of a strategy's returns. Per period. */
export interface ResidualFit {
  /** Intercept, per period: the mean of the residual returns. */
  readonly alpha: number;
  readonly beta: number;
  /** NaN when the strategy's returns are constant. */
  readonly rSquared: number;
  /** r - beta x for each period. The intercept is **kept**: a residual series without it would have mean 0 by construction. */
  readonly residual: Float64Array;
}

/**
 * Ordinary least squares, with intercept, of the strategy's returns on the instrument's.
 *
 * A long-only strategy on a rising market earns the market's drift without any skill; what remains after beta times the
 * market is what timing has added. A market-neutral strategy has beta 0 by declaration (`directional` false).
 *
 * @param returns - net returns of the strategy, one a session
 * @param instrument - returns of the instrument over the same sessions; constant = beta 0
 * @param into - receives the residual series; a new array by default
 */
export function residualReturns(
  returns: Float64Array,
  instrument: Float64Array,
  directional: boolean,
  into: Float64Array = new Float64Array(returns.length),
): ResidualFit {
  const n = returns.length;
  let sumR = 0;
  let sumX = 0;
  for (let i = 0; i < n; i += 1) {
    sumR += returns[i]!;
    sumX += instrument[i]!;
  }
  const meanR = sumR / n;
  const meanX = sumX / n;
  let rr = 0;
  let xx = 0;
  let xr = 0;
  for (let i = 0; i < n; i += 1) {
    const r = returns[i]! - meanR;
    const x = instrument[i]! - meanX;
    rr += r * r;
    xx += x * x;
    xr += x * r;
  }
  const flat = (squares: number): boolean => squares <= FLAT_SD * FLAT_SD * n;
  const beta = directional && !flat(xx) ? xr / xx : 0;
  for (let i = 0; i < n; i += 1) into[i] = beta === 0 ? returns[i]! : returns[i]! - beta * instrument[i]!;
  return {
    alpha: meanR - beta * (beta === 0 ? 0 : meanX),
    beta,
    rSquared: flat(rr) ? Number.NaN : beta === 0 ? 0 : (beta * xr) / rr,
    residual: into,
  };
}
