import type { OptionValue } from "./black-scholes.ts";
import { bsmPrice, bsmValues, CHARM, DELTA, GAMMA, PRICE, RHO, THETA, VALUE_COUNT, VANNA, VEGA } from "./bsm-kernel.ts";

/** The columns of `OptionSpec`, `length` entries each, in its units. */
export interface OptionColumns {
  readonly length: number;
  readonly underlying: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly rate: Float64Array;
  readonly volatility: Float64Array;
  readonly dividendYield: Float64Array;
  readonly right: Int8Array;
}

/** The columns of `OptionValue`, in its units. */
export type OptionValueColumns = Readonly<Record<keyof OptionValue, Float64Array>>;

/** `blackScholes` of every row into `out`, without an object a row; NaN by its rule. */
export function blackScholesColumns(options: OptionColumns, out: OptionValueColumns): void {
  const { length, underlying, strike, years, rate, volatility, dividendYield, right } = options;
  const { price, delta, gamma, vega, theta, rho, vanna, charm } = out;
  const row = new Float64Array(VALUE_COUNT);
  for (let i = 0; i < length; i++) {
    bsmValues(row, underlying[i]!, strike[i]!, years[i]!, rate[i]!, volatility[i]!, dividendYield[i]!, right[i]!);
    price[i] = row[PRICE]!;
    delta[i] = row[DELTA]!;
    gamma[i] = row[GAMMA]!;
    vega[i] = row[VEGA]!;
    theta[i] = row[THETA]!;
    rho[i] = row[RHO]!;
    vanna[i] = row[VANNA]!;
    charm[i] = row[CHARM]!;
  }
}

/** The prices alone, in dollars. */
export function blackScholesPrices(options: OptionColumns, price: Float64Array): void {
  const { length, underlying, strike, years, rate, volatility, dividendYield, right } = options;
  for (let i = 0; i < length; i++) {
    price[i] = bsmPrice(underlying[i]!, strike[i]!, years[i]!, rate[i]!, volatility[i]!, dividendYield[i]!, right[i]!);
  }
}
