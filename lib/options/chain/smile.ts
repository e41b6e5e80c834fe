import type { OptionChain } from "../../core/option-data.ts";
import { impliedVol } from "../implied-vol.ts";
import { chainRefusal } from "./chain-checks.ts";
import { chainLayout, type ExpirySlice } from "./chain-layout.ts";
import { midOf } from "./contract-prices.ts";
import { forwards } from "./forward.ts";
import { perChain } from "./per-chain.ts";
import { HIGHEST_VOLATILITY, sourceVolatilities } from "./source-volatility.ts";

/** Where volatilities come from: the source's own, solved from quotes, or the first of the two that the snapshot has. */
export const IV_SOURCES = ["auto", "snapshot", "quotes"] as const;
export type IvSource = (typeof IV_SOURCES)[number];

/** Implied volatilities of one expiry. */
export interface Smile {
  readonly slice: ExpirySlice;
  /** Price of the underlying for the expiry's date, dollars. */
  readonly forward: number;
  /** By strike, a fraction a year, each from the side out of the money (puts below the forward, calls above); NaN = unknown. */
  readonly iv: Float64Array;
}

export interface ChainSmiles {
  /** Which source was used; `none` = neither has a single volatility. */
  readonly used: "snapshot" | "quotes" | "none";
  /** One for each living expiry, nearest first. */
  readonly smiles: readonly Smile[];
}

/**
 * The smiles of a snapshot. With `auto` the snapshot's own volatilities are used where it has any, else those solved from the
 * middle of its quotes by Black-Scholes-Merton on the forward, calendar minutes to the expiry's close. One source serves the
 * whole snapshot, so no smile mixes the two. No smiles when the chain is refused or its underlying has no price.
 */
export function chainSmiles(chain: OptionChain, source: IvSource): ChainSmiles {
  if (source !== "auto") return source === "snapshot" ? ownSmiles(chain) : solvedSmiles(chain);
  const own = ownSmiles(chain);
  return own.used === "none" ? solvedSmiles(chain) : own;
}

const ownSmiles = perChain(
  (chain): ChainSmiles =>
    withSource(
      "snapshot",
      smilesOf(chain, (contract) => sourceVolatilities(chain).iv[contract] ?? Number.NaN),
    ),
);

const solvedSmiles = perChain(
  (chain): ChainSmiles =>
    withSource(
      "quotes",
      smilesOf(chain, (contract, smile) => solvedVolatility(chain, contract, smile)),
    ),
);

type VolatilityOf = (contract: number, at: Omit<Smile, "iv">) => number;

const withSource = (source: "snapshot" | "quotes", smiles: readonly Smile[]): ChainSmiles => ({
  used: smiles.some(({ iv }) => iv.some((value) => !Number.isNaN(value))) ? source : "none",
  smiles,
});

function smilesOf(chain: OptionChain, volatilityOf: VolatilityOf): Smile[] {
  if (chainRefusal(chain, ["spot"]) !== null) return [];
  return chainLayout(chain).slices.map((slice, s) => {
    const forward = forwards(chain)[s]!;
    const { strikes, calls, puts } = slice;
    const iv = new Float64Array(strikes.length);
    for (let k = 0; k < strikes.length; k++) {
      const call = strikes[k]! >= forward ? volatilityOf(calls[k]!, { slice, forward }) : Number.NaN;
      const put = strikes[k]! <= forward ? volatilityOf(puts[k]!, { slice, forward }) : Number.NaN;
      iv[k] = Number.isNaN(call) ? put : Number.isNaN(put) ? call : (call + put) / 2;
    }
    return { slice, forward, iv };
  });
}

/** Prices are given in units of the forward, so that the volatility does not depend on the scale of prices. */
function solvedVolatility(chain: OptionChain, contract: number, { slice, forward }: Omit<Smile, "iv">): number {
  const price = midOf(chain, contract) / forward;
  if (Number.isNaN(price)) return Number.NaN;
  const right = chain.right[contract] === 1 ? 1 : -1;
  const strike = chain.strike[contract]! / forward;
  const { volatility } = impliedVol({ price, underlying: 1, strike, years: slice.years, rate: 0, dividendYield: 0, right });
  return volatility <= HIGHEST_VOLATILITY ? volatility : Number.NaN;
}
