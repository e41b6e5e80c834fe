import { logMoneyness } from "../../../options/log-moneyness.ts";

/** The smile's shape at one expiry: `theta` is the total variance at the money until the expiry. */
export interface SmileShape {
  readonly skew: number;
  readonly curvature: number;
}

/**
 * Total implied variance at a strike by the SSVI surface with the power-law curvature of exponent one half:
 *
 *     w(k) = theta/2 (1 + skew phi k + sqrt((phi k + skew)^2 + 1 - skew^2)),  phi = curvature / sqrt(theta (1 + theta))
 *
 * With curvature (1 + |skew|) <= 2 and theta not falling with the expiry, no butterfly and no calendar spread has a negative
 * price, at any strike.
 *
 * @param k - log of strike over forward
 * @param theta - total variance at the money, above 0
 * @see Gatheral & Jacquier, "Arbitrage-free SVI volatility surfaces", Quantitative Finance 14 (2014), section 4
 */
export function totalVariance(k: number, theta: number, { skew, curvature }: SmileShape): number {
  const scaled = (curvature * k) / Math.sqrt(theta * (1 + theta));
  return (theta / 2) * (1 + skew * scaled + Math.sqrt((scaled + skew) ** 2 + 1 - skew * skew));
}

/** Who quotes what: the smile and the carry of one underlying. */
export interface Quoting extends SmileShape {
  readonly rate: number;
  readonly dividendYield: number;
}

/**
 * Implied volatility of a contract, a fraction a year of calendar time.
 *
 * @param years - calendar time to expiry, above 0
 */
export function impliedVolatility(spot: number, strike: number, years: number, theta: number, quoting: Quoting): number {
  const k = -logMoneyness(spot, strike, quoting.rate - quoting.dividendYield, years);
  return Math.sqrt(totalVariance(k, theta, quoting) / years);
}
