import type { OptionRight } from "../core/option-data.ts";
import { bsmPrice, bsmValues, CHARM, DELTA, GAMMA, PRICE, RHO, THETA, VALUE_COUNT, VANNA, VEGA } from "./bsm-kernel.ts";

/** An option on something that pays a continuous yield, exercised at expiry only. */
export interface OptionSpec {
  /** Price of the underlying, dollars a share. */
  readonly underlying: number;
  /** Dollars a share. */
  readonly strike: number;
  /** Time to expiry, years of 365 calendar days: `yearsToExpiry`. */
  readonly years: number;
  /** Continuously compounded, a fraction a year. */
  readonly rate: number;
  /** A fraction a year, of 1: 0.2 is twenty volatility points. */
  readonly volatility: number;
  /** Continuous, a fraction a year. */
  readonly dividendYield: number;
  /** 1 = call, -1 = put. */
  readonly right: OptionRight;
}

/** Price and its derivatives, for one share. Units are said here, and converted by named functions only. */
export interface OptionValue {
  /** Dollars. */
  readonly price: number;
  /** For one dollar of the underlying. */
  readonly delta: number;
  /** Of delta, for one dollar. */
  readonly gamma: number;
  /** For 1.00 of volatility, that is for a hundred volatility points. */
  readonly vega: number;
  /** For one year that passes. */
  readonly theta: number;
  /** For 1.00 of the rate. */
  readonly rho: number;
  /** Of delta, for 1.00 of volatility. */
  readonly vanna: number;
  /** Of delta, for one year that passes. */
  readonly charm: number;
}

/** From 1.00 of volatility to one point (0.01), the unit of most vendors. */
export const vegaPerVolPoint = (vega: number): number => vega / 100;

/** From a year to a calendar day, the unit of most vendors. */
export const thetaPerDay = (theta: number): number => theta / 365;

/** From 1.00 of the rate to one percentage point (0.01), the unit of most vendors. */
export const rhoPerRatePoint = (rho: number): number => rho / 100;

/**
 * Price and greeks of a European option by Black, Scholes and Merton.
 *
 * The price is that of the side out of the money plus the discounted forward where the option is in the money: put-call parity
 * holds to the last digits, and far wings keep about 1e-13 relative until they underflow. Without volatility or time the limit
 * is returned; at the kink (forward = strike) the greeks are NaN there, as they do not exist.
 *
 * @returns all NaN when an argument is not finite, underlying or strike is not above 0, or years or volatility is below 0
 * @see R. C. Merton, "Theory of Rational Option Pricing" (1973); J. C. Hull, Options, Futures and Other Derivatives, ch. 17, 19
 */
export function blackScholes(spec: OptionSpec): OptionValue {
  const { underlying, strike, years, rate, volatility, dividendYield, right } = spec;
  const out = new Float64Array(VALUE_COUNT);
  bsmValues(out, underlying, strike, years, rate, volatility, dividendYield, right);
  return {
    price: out[PRICE]!,
    delta: out[DELTA]!,
    gamma: out[GAMMA]!,
    vega: out[VEGA]!,
    theta: out[THETA]!,
    rho: out[RHO]!,
    vanna: out[VANNA]!,
    charm: out[CHARM]!,
  };
}

/** The price alone, as `blackScholes` has it. */
export function blackScholesPrice(spec: OptionSpec): number {
  const { underlying, strike, years, rate, volatility, dividendYield, right } = spec;
  return bsmPrice(underlying, strike, years, rate, volatility, dividendYield, right);
}
