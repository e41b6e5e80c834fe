import type { OptionChain } from "../../core/option-data.ts";
import { chainRefusal } from "./chain-checks.ts";
import { type ExpiryScope, slicesInScope } from "./chain-layout.ts";
import { NO_LADDER, openInterestLadder, type StrikeLadder, strikeLadder } from "./strike-ladder.ts";

/** Contracts traded in the session so far, by strike. Refused chains have an empty ladder. */
function volumeLadder(chain: OptionChain, scope: ExpiryScope): StrikeLadder {
  return chainRefusal(chain, ["volume"]) === null ? strikeLadder(chain, scope, (i) => chain.volume[i]!) : NO_LADDER;
}

/** Put over call volume of the session so far; NaN when no call traded. */
export const putCallVolume = (chain: OptionChain, scope: ExpiryScope): number => putsPerCall(volumeLadder(chain, scope));

/** Put over call open interest; NaN when no call is open. */
export const putCallOpenInterest = (chain: OptionChain, scope: ExpiryScope): number => putsPerCall(openInterestLadder(chain, scope));

/** Put less call volume of the session so far, contracts, all expiries; NaN when unknown. */
export function putsLessCalls(chain: OptionChain): number {
  const { calls, puts, total } = volumeLadder(chain, "all");
  return Number.isNaN(total) ? Number.NaN : sum(puts) - sum(calls);
}

/**
 * Share of the session's volume that was traded in contracts with more volume than a multiple of their morning's open interest:
 * positions that cannot all have been closings.
 *
 * @param multiple - of open interest, above 0
 * @returns 0 to 1; NaN when nothing traded in contracts of which both are known
 */
export function unusualVolumeShare(chain: OptionChain, scope: ExpiryScope, multiple: number): number {
  if (chainRefusal(chain, ["volume", "open_interest"]) !== null) return Number.NaN;
  const { volume, openInterest } = chain;
  let [all, unusual] = [0, 0];
  for (const { calls, puts } of slicesInScope(chain, scope))
    for (const contract of [...calls, ...puts]) {
      if (contract < 0 || Number.isNaN(volume[contract]! + openInterest[contract]!)) continue;
      all += volume[contract]!;
      if (volume[contract]! > multiple * openInterest[contract]!) unusual += volume[contract]!;
    }
  return all > 0 ? unusual / all : Number.NaN;
}

function putsPerCall({ calls, puts }: StrikeLadder): number {
  const called = sum(calls);
  return called > 0 ? sum(puts) / called : Number.NaN;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
