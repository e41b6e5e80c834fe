import type { OptionChain } from "../../core/option-data.ts";
import { chainRefusal } from "./chain-checks.ts";
import { chainLayout, type ExpiryScope } from "./chain-layout.ts";
import { perChains } from "./per-chain.ts";
import { bothRights, largest, openInterestLadder, peakStrike, type StrikeLadder } from "./strike-ladder.ts";

/** The strike with the most open interest, calls and puts together, dollars; NaN when nothing is open. */
export function openInterestPeak(chain: OptionChain, scope: ExpiryScope): number {
  const ladder = openInterestLadder(chain, scope);
  return peakStrike(ladder.strikes, bothRights(ladder));
}

/**
 * Herfindahl index of open interest over the strikes that have the most: the sum of squared shares, each of the total of these
 * strikes. 1 = all at one strike, 1 / n = evenly at n.
 *
 * @param topN - how many strikes count
 * @returns NaN when nothing is open
 */
export function openInterestHhi(chain: OptionChain, scope: ExpiryScope, topN: number): number {
  const top = largest(bothRights(openInterestLadder(chain, scope)), topN);
  const total = sum(top);
  return total > 0 ? sum(top.map((value) => (value / total) ** 2)) : Number.NaN;
}

const CONTRACT_SHARES = 100;

/**
 * What all holders would be paid, dollars, if the underlying settled at each listed strike.
 *
 * @returns one entry for each strike of the ladder
 */
export function payoutByStrike({ strikes, calls, puts }: StrikeLadder): Float64Array {
  const cash = new Float64Array(strikes.length);
  for (let [k, open, paid] = [1, 0, 0]; k < strikes.length; k++) {
    open += calls[k - 1]!;
    paid += open * (strikes[k]! - strikes[k - 1]!);
    cash[k] = paid;
  }
  for (let [k, open, paid] = [strikes.length - 2, 0, 0]; k >= 0; k--) {
    open += puts[k + 1]!;
    paid += open * (strikes[k + 1]! - strikes[k]!);
    cash[k]! += paid;
  }
  return cash.map((dollars) => dollars * CONTRACT_SHARES);
}

/**
 * Max pain: the listed strike at which holders would be paid the least, the lowest of several equal ones.
 *
 * @returns dollars; NaN when nothing is open
 */
export function maxPain(chain: OptionChain, scope: ExpiryScope): number {
  const ladder = openInterestLadder(chain, scope);
  if (!(ladder.total > 0)) return Number.NaN;
  const cash = payoutByStrike(ladder);
  let least = 0;
  for (let k = 1; k < cash.length; k++) if (cash[k]! < cash[least]!) least = k;
  return ladder.strikes[least]!;
}

/** Open interest of all living expiries, contracts; NaN when none is known. */
export const totalOpenInterest = (chain: OptionChain): number => openInterestLadder(chain, "all").total;

/**
 * Relative change of open interest from an earlier snapshot's morning to a later one's. Contracts that expired in between are left
 * out of the earlier total, so an expiry alone is no change.
 *
 * @returns a fraction; NaN when either is unknown or nothing was open
 */
export const openInterestChange = (earlier: OptionChain, later: OptionChain): number => changeOf([earlier, later]);

const changeOf = perChains((pair): number => {
  const [earlier, later] = pair as readonly [OptionChain, OptionChain];
  const first = chainLayout(later).slices[0]?.expiry;
  if (first === undefined || chainRefusal(earlier, ["open_interest"]) !== null) return Number.NaN;
  let before = Number.NaN;
  for (const { expiry, calls, puts } of chainLayout(earlier).slices)
    if (expiry >= first)
      for (const contract of [...calls, ...puts]) {
        const open = contract < 0 ? Number.NaN : earlier.openInterest[contract]!;
        if (!Number.isNaN(open)) before = Number.isNaN(before) ? open : before + open;
      }
  return before > 0 ? totalOpenInterest(later) / before - 1 : Number.NaN;
});

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
