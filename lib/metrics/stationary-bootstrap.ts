import type { Rng } from "../core/rng.ts";

export interface BootstrapOptions {
  readonly draws?: number;
  /** Mean length of a block; by default the cube root of the number of returns, at least 2. */
  readonly meanBlock?: number;
  readonly rng: Rng;
}

/**
 * One-sided p-value of the mean return by the stationary bootstrap: blocks of geometric length keep the clustering that an
 * independent resample would destroy. The returns are centred first, so the draws show what a mean of 0 would produce.
 *
 * @param returns - residual daily returns, without NaN
 * @returns (1 + draws with a mean at least as high) / (1 + draws); NaN without returns
 * @see Politis & Romano, The Stationary Bootstrap, Journal of the American Statistical Association 89 (1994)
 */
export function stationaryBootstrapPValue(returns: Float64Array, { draws = 2000, meanBlock, rng }: BootstrapOptions): number {
  const n = returns.length;
  if (n === 0) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += returns[i]!;
  const mean = sum / n;
  if (Number.isNaN(mean)) return Number.NaN;

  const stop = 1 / Math.max(1, meanBlock ?? Math.max(2, Math.round(Math.cbrt(n))));
  let reached = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    let at = rng.int(n);
    let total = 0;
    for (let i = 0; i < n; i += 1) {
      total += returns[at]! - mean;
      at = rng.uniform() < stop ? rng.int(n) : at + 1 === n ? 0 : at + 1;
    }
    if (total / n >= mean) reached += 1;
  }
  return (1 + reached) / (1 + draws);
}
