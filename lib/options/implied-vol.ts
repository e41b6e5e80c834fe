import type { OptionRight } from "../core/option-data.ts";
import { impliedTotalVol } from "./implied-total-vol.ts";
import { logMoneyness } from "./log-moneyness.ts";

/** Why a price has no implied volatility. */
export const IMPLIED_VOL_REASONS = [
  /** An argument is not finite, underlying or strike is not above 0, or years is below 0. */
  "invalid_input",
  /** No time is left. */
  "expired",
  /** The price is below what the discounted forward alone is worth: a sure gain, or quotes of different moments. */
  "below_intrinsic",
  /** To rounding, the price is what the discounted forward alone is worth (0 out of the money): every small volatility fits. */
  "no_time_value",
  /** The price is not below the discounted underlying (call) or strike (put), which no volatility reaches. */
  "above_bound",
] as const;
export type ImpliedVolReason = (typeof IMPLIED_VOL_REASONS)[number];

/** The price of a European option and what it depends on, in the units of `OptionSpec`. */
export interface PricedOption {
  readonly price: number;
  readonly underlying: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly right: OptionRight;
}

/** `volatility` is a fraction a year; NaN exactly when there is a reason. */
export interface ImpliedVol {
  readonly volatility: number;
  readonly reason: ImpliedVolReason | null;
}

/**
 * The volatility at which Black-Scholes-Merton gives this price, for every price strictly inside the no-arbitrage bounds: deep
 * in or out of the money, minutes or years to expiry. The price is met to 1e-10 and better.
 *
 * In the money, what is solved is the price less the discounted forward, the value of the other right at the same strike. That
 * difference is known to about 2^-52 of spot and strike only. Where it is smaller than this, float64 holds no trace of the
 * volatility, and the answer is NaN with `no_time_value`; a little above, the volatility meets the price but means little.
 * Chain measures should read volatility from the side out of the money, where a price of 1e-100 is as good as one of 10.
 */
export function impliedVol(option: PricedOption): ImpliedVol {
  const { price, underlying, strike, years, rate, dividendYield, right } = option;
  const found = volOrReason(price, underlying, strike, years, rate, dividendYield, right);
  if (found > 0) return { volatility: found, reason: null };
  return { volatility: Number.NaN, reason: IMPLIED_VOL_REASONS[-found - 1]! };
}

/** The columns of `PricedOption`, `length` entries each. */
export interface PricedColumns {
  readonly length: number;
  readonly price: Float64Array;
  readonly underlying: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly rate: Float64Array;
  readonly dividendYield: Float64Array;
  readonly right: Int8Array;
}

/**
 * `impliedVol` of every row, without an object a row.
 *
 * @param volatility - is filled: a fraction a year, NaN = none
 * @param reason - is filled when given: 0 where there is a volatility, else one more than the place in `IMPLIED_VOL_REASONS`
 */
export function impliedVols(options: PricedColumns, volatility: Float64Array, reason?: Uint8Array): void {
  const { length, price, underlying, strike, years, rate, dividendYield, right } = options;
  for (let i = 0; i < length; i++) {
    const found = volOrReason(price[i]!, underlying[i]!, strike[i]!, years[i]!, rate[i]!, dividendYield[i]!, right[i]!);
    volatility[i] = found > 0 ? found : Number.NaN;
    if (reason) reason[i] = found > 0 ? 0 : -found;
  }
}

const INVALID_INPUT = -1;
const EXPIRED = -2;
const BELOW_INTRINSIC = -3;
const NO_TIME_VALUE = -4;
const ABOVE_BOUND = -5;

/** @returns the volatility, or minus one more than the reason's place */
function volOrReason(
  price: number,
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  dividendYield: number,
  right: number,
): number {
  const known = Number.isFinite(price + underlying + strike + years + rate + dividendYield);
  if (!(known && underlying > 0 && strike > 0 && years >= 0 && (right === 1 || right === -1))) return INVALID_INPUT;
  if (years === 0) return EXPIRED;
  const spot = underlying * Math.exp(-dividendYield * years);
  const cash = strike * Math.exp(-rate * years);
  const x = logMoneyness(underlying, strike, rate - dividendYield, years);
  const inTheMoney = right * x > 0;
  const timeValue = inTheMoney ? price - Math.max(right * (spot - cash), 0) : price;
  // Out of the money nothing is subtracted, so the smallest price counts.
  const rounding = inTheMoney ? 2 * Number.EPSILON * (spot + cash) : 0;
  if (timeValue < -rounding) return BELOW_INTRINSIC;
  const bound = right === 1 ? spot : cash;
  if (bound - price <= Number.EPSILON * bound) return ABOVE_BOUND;
  const unit = Math.sqrt(spot * cash);
  const beta = timeValue / unit;
  if (timeValue <= rounding || beta < SMALLEST_PRICE) return NO_TIME_VALUE;
  return impliedTotalVol(-Math.abs(x), beta, (bound - price) / unit) / Math.sqrt(years);
}

/** Of a normalised price: far below any tick, and above the numbers that have lost digits. */
const SMALLEST_PRICE = 1e-290;
