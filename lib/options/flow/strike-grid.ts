import { roundHalfEven } from "../../core/round-half-even.ts";

/** Strikes this close to the spot, as a share of it, say how far strikes are apart. */
const NEAR_SPOT = 0.02;

/**
 * How far neighbouring strikes are apart: the median gap among those within 2 % of the spot.
 *
 * @param strikes - listed, ascending and distinct, dollars
 * @returns dollars; NaN with fewer than two such strikes
 */
export function strikeStepOf(strikes: Float64Array, spot: number): number {
  const near = strikes.filter((strike) => Math.abs(strike - spot) <= NEAR_SPOT * spot);
  const gaps = near
    .subarray(1)
    .map((strike, i) => strike - near[i]!)
    .sort();
  const middle = gaps.length >> 1;
  if (gaps.length === 0) return Number.NaN;
  return gaps.length % 2 === 1 ? gaps[middle]! : 0.5 * (gaps[middle - 1]! + gaps[middle]!);
}

/** The listed strike nearest to the spot, the upper of two; NaN when the spot is unknown or nothing is listed. */
export function nearestStrike(strikes: Float64Array, spot: number): number {
  let nearest = Number.NaN;
  let distance = Number.POSITIVE_INFINITY;
  for (const strike of strikes) {
    if (Math.abs(strike - spot) > distance) break;
    nearest = strike;
    distance = Math.abs(strike - spot);
  }
  return Number.isNaN(spot) ? Number.NaN : nearest;
}

/** Steps from one strike to another, to the nearest whole number. */
export const stepsBetween = (from: number, to: number, step: number): number => roundHalfEven((to - from) / step);

/** The distinct strikes of a list of contracts, ascending. */
export const distinctStrikes = (strikes: Iterable<number>): Float64Array<ArrayBuffer> => Float64Array.from(new Set(strikes)).sort();
