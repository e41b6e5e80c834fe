import type { OptionChain } from "../../../core/option-data.ts";
import { thetaPerDay, vegaPerVolPoint } from "../../../options/black-scholes.ts";
import { bsmPrice, bsmValues, DELTA, GAMMA, PRICE, THETA, VALUE_COUNT, VEGA } from "../../../options/bsm-kernel.ts";
import { yearsToExpiry } from "../../../options/expiry-time.ts";
import type { Listing } from "./listing.ts";
import { quoteAround, quoteWidthOf } from "./quotes.ts";
import { impliedVolatility } from "./surface.ts";
import type { Underlying } from "./underlying.ts";

/** The columns of a chain that depend on the moment. */
export type QuotedContracts = Pick<OptionChain, "bid" | "ask" | "last" | "iv" | "delta" | "gamma" | "theta" | "vega">;

/** Nothing known of the market in so many contracts. The columns are one array. */
export function emptyMarket(length: number): QuotedContracts & Pick<OptionChain, "volume"> {
  const unknown = new Float64Array(length).fill(Number.NaN);
  return {
    volume: unknown,
    bid: unknown,
    ask: unknown,
    last: unknown,
    iv: unknown,
    delta: unknown,
    gamma: unknown,
    theta: unknown,
    vega: unknown,
  };
}

export interface ChainMoment {
  /** After the session's open. */
  readonly minute: number;
  /** UTC milliseconds. */
  readonly knownAt: number;
  /** Raw price of the underlying, US dollars. */
  readonly spot: number;
}

/**
 * Quotes, implied volatility and greeks of a session's contracts at one moment, expiry by expiry, calls by strike before puts.
 * At its expiry a contract is quoted around what it settles at, and has no volatility and no greeks.
 */
export function priceContracts(underlying: Underlying, listings: readonly Listing[], moment: ChainMoment, length: number): QuotedContracts {
  const { minute, knownAt, spot } = moment;
  const { quoting } = underlying;
  const { session } = listings[0]!;
  const thetas = new Float64Array(listings.length);
  underlying.variances(
    session,
    minute,
    listings.map(({ expiry }) => expiry.date),
    thetas,
  );
  const width = quoteWidthOf(underlying, session, minute);
  const column = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  const out = {
    bid: column(),
    ask: column(),
    last: column(),
    iv: column(),
    delta: column(),
    gamma: column(),
    theta: column(),
    vega: column(),
  };
  const values = new Float64Array(VALUE_COUNT);
  const quote = new Int32Array(2);
  let row = 0;
  for (const [i, { strikes, expiry }] of listings.entries()) {
    const years = yearsToExpiry(knownAt, expiry.date);
    for (let c = 0; c < 2 * strikes.length; c++, row++) {
      const right = c < strikes.length ? 1 : -1;
      const strike = strikes[c % strikes.length]!;
      let price: number;
      if (years > 0) {
        const volatility = impliedVolatility(spot, strike, years, thetas[i]!, quoting);
        bsmValues(values, spot, strike, years, quoting.rate, volatility, quoting.dividendYield, right);
        price = values[PRICE]!;
        out.iv[row] = volatility;
        out.delta[row] = values[DELTA]!;
        out.gamma[row] = values[GAMMA]!;
        out.theta[row] = thetaPerDay(values[THETA]!);
        out.vega[row] = vegaPerVolPoint(values[VEGA]!);
      } else price = bsmPrice(spot, strike, 0, quoting.rate, 0, quoting.dividendYield, right);
      quoteAround(price, width, quote);
      out.bid[row] = quote[0]! / 100;
      out.ask[row] = quote[1]! / 100;
    }
  }
  return out;
}
