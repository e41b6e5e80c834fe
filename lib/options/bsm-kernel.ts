import { logMoneyness } from "./log-moneyness.ts";
import { millsRatio, normalDensity } from "./mills-ratio.ts";
import { normalizedBlack } from "./normalized-black.ts";

/** Places of the values that `bsmValues` writes. */
export const PRICE = 0;
export const DELTA = 1;
export const GAMMA = 2;
export const VEGA = 3;
export const THETA = 4;
export const RHO = 5;
export const VANNA = 6;
export const CHARM = 7;
export const VALUE_COUNT = 8;

/** Arguments, units and NaN rule as in `OptionSpec` and `blackScholes`; places instead of names because it is called for columns. */
export function bsmPrice(
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
  dividendYield: number,
  right: number,
): number {
  if (!isPriceable(underlying, strike, years, rate, volatility, dividendYield, right)) return Number.NaN;
  const spot = underlying * Math.exp(-dividendYield * years);
  const cash = strike * Math.exp(-rate * years);
  const s = volatility * Math.sqrt(years);
  const x = logMoneyness(underlying, strike, rate - dividendYield, years);
  return intrinsicOf(spot, cash, x, right) + (s > 0 ? Math.sqrt(spot * cash) * normalizedBlack(-Math.abs(x), s) : 0);
}

/** Price and greeks into the first `VALUE_COUNT` places of `out`. */
export function bsmValues(
  out: Float64Array,
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
  dividendYield: number,
  right: number,
): void {
  if (!isPriceable(underlying, strike, years, rate, volatility, dividendYield, right)) {
    out.fill(Number.NaN, 0, VALUE_COUNT);
    return;
  }
  const yieldDiscount = Math.exp(-dividendYield * years);
  const spot = underlying * yieldDiscount;
  const cash = strike * Math.exp(-rate * years);
  const rootYears = Math.sqrt(years);
  const s = volatility * rootYears;
  const carry = rate - dividendYield;
  const x = logMoneyness(underlying, strike, carry, years);
  if (!(s > 0)) {
    settle(out, spot, cash, yieldDiscount, x, years, rate, dividendYield, right);
    return;
  }
  const d1 = x / s + 0.5 * s;
  const d2 = x / s - 0.5 * s;
  const density1 = normalDensity(d1);
  const share1 = cdf(right * d1, density1);
  const share2 = cdf(right * d2, normalDensity(d2));
  const density = yieldDiscount * density1;
  out[PRICE] = intrinsicOf(spot, cash, x, right) + Math.sqrt(spot * cash) * normalizedBlack(-Math.abs(x), s);
  out[DELTA] = right * yieldDiscount * share1;
  out[GAMMA] = density / (underlying * s);
  out[VEGA] = underlying * density * rootYears;
  out[THETA] = (-0.5 * underlying * density * volatility) / rootYears + right * (dividendYield * spot * share1 - rate * cash * share2);
  out[RHO] = right * years * cash * share2;
  out[VANNA] = (-density * d2) / volatility;
  out[CHARM] = right * dividendYield * yieldDiscount * share1 - density * (carry / s - (0.5 * d2) / years);
}

/** Without volatility or time: the forward's value, or nothing. */
function settle(
  out: Float64Array,
  spot: number,
  cash: number,
  yieldDiscount: number,
  x: number,
  years: number,
  rate: number,
  dividendYield: number,
  right: number,
): void {
  // At the kink NaN: the derivatives do not exist.
  const held = x === 0 ? Number.NaN : right * x > 0 ? right : 0;
  const none = x === 0 ? Number.NaN : 0;
  out[PRICE] = intrinsicOf(spot, cash, x, right);
  out[DELTA] = held * yieldDiscount;
  out[GAMMA] = none;
  out[VEGA] = none;
  out[THETA] = held * (dividendYield * spot - rate * cash);
  out[RHO] = held * years * cash;
  out[VANNA] = none;
  out[CHARM] = held * dividendYield * yieldDiscount;
}

function isPriceable(
  underlying: number,
  strike: number,
  years: number,
  rate: number,
  volatility: number,
  dividendYield: number,
  right: number,
): boolean {
  const known = Number.isFinite(underlying + strike + years + rate + volatility + dividendYield);
  return known && underlying > 0 && strike > 0 && years >= 0 && volatility >= 0 && (right === 1 || right === -1);
}

const intrinsicOf = (spot: number, cash: number, x: number, right: number): number =>
  right * x > 0 ? Math.max(right * (spot - cash), 0) : 0;

const cdf = (z: number, density: number): number => (z <= 0 ? density * millsRatio(-z) : 1 - density * millsRatio(z));
