import type { OptionChain, OptionRight } from "../../core/option-data.ts";
import { blackScholesPrice } from "../black-scholes.ts";
import { chainLayout } from "./chain-layout.ts";
import { marketPrice } from "./contract-prices.ts";
import { forwards } from "./forward.ts";
import { perChain } from "./per-chain.ts";

/** 1,000 % a year: above that a volatility is an error, not a market. */
export const HIGHEST_VOLATILITY = 10;

/** The source's own volatilities, as far as they can be believed. */
export interface SourceVolatilities {
  /** In the order of the chain's columns, a fraction a year; NaN = unknown, not computed, out of range or contradicted. */
  readonly iv: Float64Array;
  /** Contracts whose volatility does not give their price. */
  readonly contradicted: number;
  /** Whether so many are contradicted that the snapshot's volatilities and greeks are all disbelieved. */
  readonly refused: boolean;
}

/** Above this share of contradicted contracts, of those that can be checked, the others are not believed either. */
const MOST_CONTRADICTED = 0.25;

/**
 * The source's volatilities, each checked by the price that it implies. Files exist whose volatilities jump from 60 % to 330 %
 * between neighbouring strikes; and a volatility of another clock (trading hours) is off by a factor on the last day.
 */
export const sourceVolatilities = perChain((chain): SourceVolatilities => {
  const iv = chain.iv.map((value) => (value > 0 && value <= HIGHEST_VOLATILITY ? value : Number.NaN));
  let [checked, contradicted] = [0, 0];
  chainLayout(chain).slices.forEach(({ strikes, calls, puts, years }, s) => {
    const forward = forwards(chain)[s]!;
    for (let k = 0; k < strikes.length; k++) {
      const strike = strikes[k]!;
      for (const [contract, right] of [
        [strike >= forward ? calls[k]! : -1, 1],
        [strike <= forward ? puts[k]! : -1, -1],
      ] as const) {
        const verdict = contract < 0 ? null : contradicts(chain, contract, iv[contract]!, { forward, strike, years, right });
        if (verdict === null) continue;
        checked += 1;
        if (!verdict) continue;
        contradicted += 1;
        iv[contract] = Number.NaN;
      }
    }
  });
  const refused = contradicted > MOST_CONTRADICTED * checked;
  return { iv: refused ? iv.fill(Number.NaN) : iv, contradicted, refused };
});

/** Prices agree within this factor, ... */
const FACTOR = 2;
/** ... or within this share of the forward: the last cents of an option far from the money prove nothing. */
const SLACK = 0.0005;

interface Placed {
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly right: OptionRight;
}

/** @returns null when price or volatility is unknown */
function contradicts(chain: OptionChain, contract: number, volatility: number, { forward, strike, years, right }: Placed): boolean | null {
  const price = marketPrice(chain, contract);
  if (Number.isNaN(price + volatility)) return null;
  const implied = blackScholesPrice({ underlying: forward, strike, years, rate: 0, volatility, dividendYield: 0, right });
  const slack = SLACK * forward;
  return implied > FACTOR * price + slack || implied < price / FACTOR - slack;
}
