import type { OptionChain } from "../../core/option-data.ts";
import { blackScholes } from "../black-scholes.ts";
import { chainRefusal } from "./chain-checks.ts";
import { chainLayout, type ExpiryScope, slicesInScope } from "./chain-layout.ts";
import { perChain } from "./per-chain.ts";
import { sourceVolatilities } from "./source-volatility.ts";
import { bothRights, largest, NO_LADDER, peakStrike, type StrikeLadder, strikeLadder } from "./strike-ladder.ts";
import { strikeVolatilities } from "./strike-volatilities.ts";

/**
 * Gamma of each contract for one dollar, in the order of the chain's columns: the source's where it computed one, else that of
 * Black-Scholes-Merton at the strike's volatility (`strikeVolatilities`), without rates. NaN = unknown, or expired.
 */
export const contractGammas = perChain((chain): Float64Array => {
  const gammas = new Float64Array(chain.length).fill(Number.NaN);
  const { slices } = chainLayout(chain);
  for (const { calls, puts } of slices)
    for (const contract of [...calls, ...puts]) if (contract >= 0) gammas[contract] = quotedGamma(chain, contract);

  strikeVolatilities(chain).forEach((volatilities, s) => {
    const { strikes, calls, puts, years } = slices[s]!;
    strikes.forEach((strike, k) => {
      const missing = [calls[k]!, puts[k]!].filter((contract) => contract >= 0 && Number.isNaN(gammas[contract]!));
      const volatility = volatilities[k]!;
      if (missing.length === 0 || Number.isNaN(volatility)) return;
      const spec = { underlying: chain.underlyingPrice, strike, years, rate: 0, volatility, dividendYield: 0, right: 1 } as const;
      const { gamma } = blackScholes(spec);
      for (const contract of missing) gammas[contract] = gamma;
    });
  });
  return gammas;
});

/** As far as it can be believed: a gamma beside a volatility that was not computed, or is contradicted, says nothing either. */
function quotedGamma(chain: OptionChain, contract: number): number {
  const { iv, refused } = sourceVolatilities(chain);
  const gamma = chain.gamma[contract]!;
  const believed = !refused && (iv[contract]! > 0 || (Number.isNaN(chain.iv[contract]!) && gamma > 0));
  return believed && gamma >= 0 ? gamma : Number.NaN;
}

/** Below this share of open interest with a known gamma the rest may turn every total. */
export const LEAST_KNOWN = 0.6;

/**
 * Gamma x open interest by strike: how many shares one dollar of movement asks of whoever hedges all contracts, over 100.
 *
 * @returns an empty ladder when the chain is refused, or when the gamma of more than 40 % of its open interest is unknown
 */
export function gammaLadder(chain: OptionChain, scope: ExpiryScope): StrikeLadder {
  if (chainRefusal(chain, ["spot", "open_interest"]) !== null) return NO_LADDER;
  const gammas = contractGammas(chain);
  let [open, known] = [0, 0];
  for (const { calls, puts } of slicesInScope(chain, scope))
    for (const contract of [...calls, ...puts]) {
      const contracts = contract < 0 ? 0 : chain.openInterest[contract]!;
      if (!(contracts > 0)) continue;
      open += contracts;
      if (!Number.isNaN(gammas[contract]!)) known += contracts;
    }
  if (!(open > 0 && known >= LEAST_KNOWN * open)) return NO_LADDER;
  return strikeLadder(chain, scope, (contract) => gammas[contract]! * chain.openInterest[contract]!);
}

/** The strike with the most gamma x open interest, dollars; NaN when there is none. */
export function gammaPeak(chain: OptionChain, scope: ExpiryScope): number {
  const ladder = gammaLadder(chain, scope);
  return peakStrike(ladder.strikes, bothRights(ladder));
}

/** Share of gamma x open interest that stands at the strikes with the most; NaN when there is none. */
export function gammaConcentration(chain: OptionChain, scope: ExpiryScope, topN: number): number {
  const weights = bothRights(gammaLadder(chain, scope));
  const total = sum(weights);
  return total > 0 ? Math.min(1, sum(largest(weights, topN)) / total) : Number.NaN;
}

/**
 * The strike around which gamma x open interest is densest: every strike's weight is spread by a normal curve, and the listed
 * strike with the highest sum is the peak. Several neighbouring strikes can so outweigh a single one.
 *
 * @param bandwidth - standard deviation of the curve, as a fraction of the underlying's price
 * @returns dollars; NaN when there is none
 */
export function gammaDensityPeak(chain: OptionChain, scope: ExpiryScope, bandwidth: number): number {
  const ladder = gammaLadder(chain, scope);
  const weights = bothRights(ladder);
  const width = bandwidth * chain.underlyingPrice;
  const { strikes } = ladder;
  const density = new Float64Array(strikes.length);
  let first = 0;
  for (let k = 0; k < strikes.length; k++) {
    while ((strikes[k]! - strikes[first]!) / width > REACH) first += 1;
    for (let j = first; j < strikes.length; j++) {
      const distance = (strikes[j]! - strikes[k]!) / width;
      if (distance > REACH) break;
      density[k]! += weights[j]! * Math.exp(-0.5 * distance * distance);
    }
  }
  return peakStrike(strikes, density);
}

/** In bandwidths; beyond it the curve is below 1e-15 of its middle. */
const REACH = 8.5;

/** Gamma x open interest above the spot less that below, over both; -1 to 1, NaN when there is none away from the spot. */
export function gammaSkew(chain: OptionChain, scope: ExpiryScope): number {
  const ladder = gammaLadder(chain, scope);
  const weights = bothRights(ladder);
  let [left, right] = [0, 0];
  for (let k = 0; k < weights.length; k++) {
    if (ladder.strikes[k]! < chain.underlyingPrice) left += weights[k]!;
    else if (ladder.strikes[k]! > chain.underlyingPrice) right += weights[k]!;
  }
  return left + right > 0 ? (right - left) / (right + left) : Number.NaN;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
