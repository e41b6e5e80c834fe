import type { OptionChain } from "../../core/option-data.ts";
import { chainRefusal } from "./chain-checks.ts";
import { type ExpiryScope, slicesInScope } from "./chain-layout.ts";

/** A quantity of a chain's contracts summed by strike, strikes ascending. Contracts of which it is unknown are left out. */
export interface StrikeLadder {
  readonly strikes: Float64Array;
  readonly calls: Float64Array;
  readonly puts: Float64Array;
  /** Over all strikes and both rights; NaN when no contract's quantity is known. */
  readonly total: number;
}

/** @param quantityOf - of the contract at this place of the chain's columns, at least 0; NaN = unknown */
export function strikeLadder(chain: OptionChain, scope: ExpiryScope, quantityOf: (contract: number) => number): StrikeLadder {
  const byStrike = new Map<number, { call: number; put: number }>();
  let total = Number.NaN;
  const take = (contract: number): number => {
    const quantity = contract < 0 ? Number.NaN : quantityOf(contract);
    if (Number.isNaN(quantity)) return 0;
    total = Number.isNaN(total) ? quantity : total + quantity;
    return quantity;
  };
  for (const { strikes, calls, puts } of slicesInScope(chain, scope))
    strikes.forEach((strike, k) => {
      let rung = byStrike.get(strike);
      if (!rung) {
        rung = { call: 0, put: 0 };
        byStrike.set(strike, rung);
      }
      rung.call += take(calls[k]!);
      rung.put += take(puts[k]!);
    });
  const strikes = Float64Array.from(byStrike.keys()).sort();
  return {
    strikes,
    calls: strikes.map((strike) => byStrike.get(strike)!.call),
    puts: strikes.map((strike) => byStrike.get(strike)!.put),
    total,
  };
}

/** The morning's open interest by strike, contracts. Refused chains have an empty ladder. */
export function openInterestLadder(chain: OptionChain, scope: ExpiryScope): StrikeLadder {
  return chainRefusal(chain, ["open_interest"]) === null ? strikeLadder(chain, scope, (i) => chain.openInterest[i]!) : NO_LADDER;
}

export const NO_LADDER: StrikeLadder = {
  strikes: new Float64Array(),
  calls: new Float64Array(),
  puts: new Float64Array(),
  total: Number.NaN,
};

/** Calls and puts together, by strike. */
export const bothRights = ({ calls, puts }: StrikeLadder): Float64Array => calls.map((value, k) => value + puts[k]!);

/** The strike with the largest weight, the lowest of several equal ones; NaN when no weight is above 0. */
export function peakStrike(strikes: Float64Array, weights: Float64Array): number {
  let [strike, most] = [Number.NaN, 0];
  for (let k = 0; k < strikes.length; k++) if (weights[k]! > most) [strike, most] = [strikes[k]!, weights[k]!];
  return strike;
}

/** The largest weights, at most so many, largest first. */
export const largest = (weights: Float64Array, count: number): Float64Array => weights.toSorted((a, b) => b - a).subarray(0, count);
