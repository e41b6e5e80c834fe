import type { OptionChain } from "../../core/option-data.ts";
import { chainLayout, type LayoutFault } from "./chain-layout.ts";
import { perChain } from "./per-chain.ts";
import { HIGHEST_VOLATILITY, sourceVolatilities } from "./source-volatility.ts";

/**
 * What can be wrong with a snapshot.
 *
 * Of the whole snapshot: `empty` no contract; `junk` nothing but zeros and unknowns; `no_moment` unknown when it was known;
 * `no_expiry`, `no_strike` a contract without date or strike; `duplicate_contract` one listed twice; `no_underlying` a price of
 * the underlying that is not above 0 (unknown is no fault until a measure needs it); `negative_open_interest`,
 * `negative_volume`; `stale_underlying` the price of the underlying repeats session after session.
 * Of single contracts: `crossed` bid above ask; `iv_not_computed` a volatility of 0; `iv_out_of_range` below 0 or above 1,000 %;
 * `iv_contradicts_price` one that gives less than half or more than twice the contract's price.
 */
export type ChainFaultReason =
  | LayoutFault
  | "junk"
  | "no_underlying"
  | "negative_open_interest"
  | "negative_volume"
  | "crossed"
  | "iv_not_computed"
  | "iv_out_of_range"
  | "iv_contradicts_price"
  | "stale_underlying";

export interface ChainFault {
  readonly reason: ChainFaultReason;
  /** Contracts that have it. */
  readonly contracts: number;
}

/** What a measure reads beside contracts and expiries. */
export type ChainField = "spot" | "open_interest" | "volume";

/** Everything that is wrong with one snapshot, gravest first. */
export const chainFaults = perChain((chain): readonly ChainFault[] => {
  const layout = chainLayout(chain);
  const { underlyingPrice } = chain;
  const candidates: readonly (readonly [ChainFaultReason, number])[] = [
    ...(layout.fault === null ? [] : [[layout.fault, layout.contracts] as const]),
    ["junk", holdsSomething(chain) ? 0 : chain.length],
    ["no_underlying", underlyingPrice <= 0 || underlyingPrice === Number.POSITIVE_INFINITY ? chain.length : 0],
    ["negative_open_interest", count(chain, (i) => chain.openInterest[i]! < 0)],
    ["negative_volume", count(chain, (i) => chain.volume[i]! < 0)],
    ["crossed", count(chain, (i) => chain.bid[i]! > chain.ask[i]!)],
    ["iv_not_computed", count(chain, (i) => chain.iv[i] === 0)],
    ["iv_out_of_range", count(chain, (i) => chain.iv[i]! < 0 || chain.iv[i]! > HIGHEST_VOLATILITY)],
    ["iv_contradicts_price", sourceVolatilities(chain).contradicted],
  ];
  return candidates
    .filter(([reason, contracts]) => contracts > 0 || reason === "empty")
    .map(([reason, contracts]) => ({ reason, contracts }));
});

/**
 * Why a measure that reads these fields may not use a snapshot; null = it may. Faults of single contracts are no reason: such a
 * contract is unknown, the others are not.
 */
export function chainRefusal(chain: OptionChain, reads: readonly ChainField[]): ChainFaultReason | null {
  const fault = chainFaults(chain).find(({ reason }) => {
    if (reason === "no_underlying") return reads.includes("spot");
    if (reason === "negative_open_interest") return reads.includes("open_interest");
    if (reason === "negative_volume") return reads.includes("volume");
    return !OF_CONTRACTS.has(reason);
  });
  if (fault) return fault.reason;
  return reads.includes("spot") && !(chain.underlyingPrice > 0) ? "no_underlying" : null;
}

const OF_CONTRACTS: ReadonlySet<ChainFaultReason> = new Set(["crossed", "iv_not_computed", "iv_out_of_range", "iv_contradicts_price"]);

/**
 * Places of snapshots whose underlying has, to the digit, the price at which each of so many sessions before it ended, the own one
 * counted. Each is known to be stale when it is published: what comes later changes nothing.
 *
 * @param chains - of one underlying, ascending by the moment they were known
 */
export function staleUnderlyings(chains: readonly OptionChain[], sessions = 3): number[] {
  const stale: number[] = [];
  let [session, price] = [Number.NaN, Number.NaN];
  // Where the session before ended, and how many sessions in a row had ended there.
  let [before, run] = [Number.NaN, 0];
  chains.forEach(({ underlyingPrice, sessionDate }, i) => {
    if (Number.isNaN(underlyingPrice)) return;
    if (sessionDate !== session) {
      run = price === before ? run + 1 : 1;
      before = price;
      session = sessionDate;
    }
    price = underlyingPrice;
    if (price === before && run + 1 >= sessions) stale.push(i);
  });
  return stale;
}

/** The snapshots without their stale prices of the underlying: nothing that needs one is measured on a market that stood still. */
export function withoutStalePrices(chains: readonly OptionChain[]): readonly OptionChain[] {
  const stale = new Set(staleUnderlyings(chains));
  return stale.size === 0 ? chains : chains.map((chain, i) => (stale.has(i) ? { ...chain, underlyingPrice: Number.NaN } : chain));
}

function holdsSomething(chain: OptionChain): boolean {
  const { bid, ask, last, volume, openInterest, iv, gamma } = chain;
  for (const column of [bid, ask, last, volume, openInterest, iv, gamma])
    for (const value of column) if (value !== 0 && !Number.isNaN(value)) return true;
  return chain.length === 0;
}

function count(chain: OptionChain, holds: (i: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < chain.length; i++) if (holds(i)) found += 1;
  return found;
}
