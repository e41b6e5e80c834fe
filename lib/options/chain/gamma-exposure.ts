import type { OptionChain } from "../../core/option-data.ts";
import { blackScholes } from "../black-scholes.ts";
import { normalDensity } from "../mills-ratio.ts";
import { chainRefusal } from "./chain-checks.ts";
import { type ExpiryScope, type ExpirySlice, slicesInScope } from "./chain-layout.ts";
import { contractGammas, gammaLadder, LEAST_KNOWN } from "./gamma-ladder.ts";
import { strikeVolatilities } from "./strike-volatilities.ts";

const CONTRACT_SHARES = 100;
const ONE_PERCENT = 0.01;

/** Dollars of hedging that one percent of movement asks for, from gamma x contracts. */
const perPercent = (gammaContracts: number, spot: number): number => gammaContracts * CONTRACT_SHARES * spot * spot * ONE_PERCENT;

/**
 * Naive gamma exposure: the sum of gamma x open interest x 100 x S^2 x 0.01, calls counted plus and puts minus. It assumes that
 * dealers are long every call and short every put, which nobody outside the exchange can know: an assumption, not what dealers
 * hold.
 *
 * @returns US dollars for a move of 1 %; NaN when the chain cannot say
 */
export function gexNaive(chain: OptionChain, scope: ExpiryScope): number {
  const { calls, puts, total } = gammaLadder(chain, scope);
  if (Number.isNaN(total)) return Number.NaN;
  let net = 0;
  for (let k = 0; k < calls.length; k++) net += calls[k]! - puts[k]!;
  return perPercent(net, chain.underlyingPrice);
}

/** Contracts that takers bought less those that they sold since the open, by strike. */
export interface NetTaken {
  readonly strikes: ArrayLike<number>;
  readonly calls: ArrayLike<number>;
  readonly puts: ArrayLike<number>;
}

/**
 * Gamma exposure of those who took the other side of signed trades: minus the sum of net bought contracts x gamma x 100 x S^2 x
 * 0.01. It knows which side took, not who opened, nor who is a dealer, and is as wrong as the signing (about a fifth of trades).
 *
 * @param slice - the expiry that the trades were in
 * @returns US dollars for a move of 1 %; NaN when the gamma of more than 40 % of the net contracts is unknown
 */
export function gexSigned(chain: OptionChain, slice: ExpirySlice, taken: NetTaken): number {
  if (chainRefusal(chain, ["spot"]) !== null) return Number.NaN;
  const gammas = contractGammas(chain);
  const { strikes, calls, puts } = slice;
  let [net, all, known] = [0, 0, 0];
  for (let j = 0; j < taken.strikes.length; j++) {
    const k = strikes.indexOf(taken.strikes[j]!);
    for (const [contract, contracts] of [
      [calls[k] ?? -1, taken.calls[j]!],
      [puts[k] ?? -1, taken.puts[j]!],
    ] as const) {
      if (Number.isNaN(contracts)) return Number.NaN;
      all += Math.abs(contracts);
      const gamma = contract < 0 ? Number.NaN : gammas[contract]!;
      if (Number.isNaN(gamma)) continue;
      known += Math.abs(contracts);
      net += contracts * gamma;
    }
  }
  return known >= LEAST_KNOWN * all ? 0 - perPercent(net, chain.underlyingPrice) : Number.NaN;
}

/** Net contracts at one strike of one expiry, calls plus and puts minus, with the volatility that their greeks come from. */
interface NetContracts {
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly net: number;
}

/** Net contracts where something is open; null when the volatility of more than 40 % of the open interest is unknown. */
function netContracts(chain: OptionChain, scope: ExpiryScope): NetContracts[] | null {
  if (chainRefusal(chain, ["spot", "open_interest"]) !== null) return null;
  const volatilities = strikeVolatilities(chain);
  const members: NetContracts[] = [];
  let [all, known] = [0, 0];
  slicesInScope(chain, scope).forEach(({ strikes, calls, puts, years }, s) => {
    for (let k = 0; k < strikes.length; k++) {
      const [called, put] = [openAt(chain, calls[k]!), openAt(chain, puts[k]!)];
      const volatility = volatilities[s]?.[k] ?? Number.NaN;
      all += called + put;
      if (Number.isNaN(volatility)) continue;
      known += called + put;
      if (called !== put) members.push({ strike: strikes[k]!, years, volatility, net: called - put });
    }
  });
  return all > 0 && known >= LEAST_KNOWN * all ? members : null;
}

const openAt = (chain: OptionChain, contract: number): number => (chain.openInterest[contract] ?? 0) || 0;

const GRID_STEPS = 80;

/**
 * Gamma flip: the price of the underlying at which the naive gamma exposure, computed anew at every price of a grid with each
 * strike's volatility unchanged, crosses zero. Of several crossings the nearest to the spot, linear between grid points.
 *
 * @param range - the grid reaches this fraction of the spot to both sides, in 80 steps
 * @returns dollars; NaN when nothing crosses
 */
export function gammaFlip(chain: OptionChain, scope: ExpiryScope, range: number): number {
  const members = netContracts(chain, scope);
  if (members === null) return Number.NaN;
  const spot = chain.underlyingPrice;
  let flip = Number.NaN;
  let [beforePrice, before] = [Number.NaN, 0];
  for (let step = 0; step <= GRID_STEPS; step++) {
    const price = spot * (1 + range * ((2 * step) / GRID_STEPS - 1));
    const exposure = exposureAt(members, price);
    if (exposure === 0) continue;
    if (exposure > 0 !== before > 0 && before !== 0) {
      const crossing = beforePrice + (price - beforePrice) * (before / (before - exposure));
      if (!(Math.abs(crossing - spot) >= Math.abs(flip - spot))) flip = crossing;
    }
    [beforePrice, before] = [price, exposure];
  }
  return flip;
}

function exposureAt(members: readonly NetContracts[], price: number): number {
  let total = 0;
  for (const { strike, years, volatility, net } of members) {
    const spread = volatility * Math.sqrt(years);
    const gamma = normalDensity(Math.log(price / strike) / spread + spread / 2) / (price * spread);
    total += net * gamma;
  }
  return perPercent(total, price);
}

const DAYS_PER_YEAR = 365;
const ONE_POINT = 0.01;

/**
 * Charm: how the naive hedge (calls plus, puts minus) changes as a calendar day passes.
 *
 * @returns US dollars of the underlying a calendar day; NaN when the chain cannot say
 */
export const charmTotal = (chain: OptionChain, scope: ExpiryScope): number => greekTotal(chain, scope, "charm", 1 / DAYS_PER_YEAR);

/**
 * Vanna: how the naive hedge (calls plus, puts minus) changes as volatility rises by one point (0.01).
 *
 * @returns US dollars of the underlying a volatility point; NaN when the chain cannot say
 */
export const vannaTotal = (chain: OptionChain, scope: ExpiryScope): number => greekTotal(chain, scope, "vanna", ONE_POINT);

function greekTotal(chain: OptionChain, scope: ExpiryScope, greek: "charm" | "vanna", unit: number): number {
  const members = netContracts(chain, scope);
  if (members === null) return Number.NaN;
  let total = 0;
  for (const { strike, years, volatility, net } of members) {
    const spec = { underlying: chain.underlyingPrice, strike, years, rate: 0, volatility, dividendYield: 0, right: 1 } as const;
    total += net * blackScholes(spec)[greek];
  }
  return total * unit * CONTRACT_SHARES * chain.underlyingPrice;
}
