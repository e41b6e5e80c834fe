import type { OptionChain } from "../../core/option-data.ts";
import { chainRefusal } from "./chain-checks.ts";
import { chainLayout } from "./chain-layout.ts";
import { midOf } from "./contract-prices.ts";
import { perChains } from "./per-chain.ts";

/**
 * One chain in place of several snapshots of a session: its contracts are those that live in the last snapshot, each quote is the
 * median of the contract's mids (a snapshot without one does not count), the underlying's price is the median too, and the chain
 * stands at the median moment, so that the time to expiry fits the quotes. Everything that is not a quote is unknown in it.
 * Refused snapshots do not count; when the last one is refused the chain is empty.
 *
 * @param all - ascending, at least one
 */
export const medianQuotes = perChains((all): OptionChain => {
  const last = all.at(-1)!;
  const isUsable = (chain: OptionChain): boolean => chainRefusal(chain, ["spot"]) === null;
  const snapshots = all.filter(isUsable);
  const slices = isUsable(last) ? chainLayout(last).slices : [];
  const living = slices.flatMap(({ calls, puts }) => [...calls, ...puts].filter((contract) => contract >= 0));
  const places = snapshots.map(placesOf);
  const mids = Float64Array.from(living, (contract) => {
    const key = keyOf(last, contract);
    return median(snapshots.map((snapshot, s) => midOf(snapshot, places[s]!.get(key) ?? -1)));
  });
  const unknown = new Float64Array(living.length).fill(Number.NaN);
  return {
    underlying: last.underlying,
    sessionDate: last.sessionDate,
    knownAt: median(snapshots.map(({ knownAt }) => knownAt)),
    underlyingPrice: median(snapshots.map(({ underlyingPrice }) => underlyingPrice)),
    length: living.length,
    strike: Float64Array.from(living, (contract) => last.strike[contract]!),
    expiry: Float64Array.from(living, (contract) => last.expiry[contract]!),
    right: Int8Array.from(living, (contract) => last.right[contract]!),
    bid: mids,
    ask: mids,
    last: unknown,
    volume: unknown,
    openInterest: unknown,
    iv: unknown,
    delta: unknown,
    gamma: unknown,
    theta: unknown,
    vega: unknown,
  };
});

const keyOf = ({ strike, expiry, right }: OptionChain, contract: number): string =>
  `${expiry[contract]}/${right[contract]}/${strike[contract]}`;

/** Where each living contract stands. */
function placesOf(chain: OptionChain): Map<string, number> {
  const places = new Map<string, number>();
  for (const { calls, puts } of chainLayout(chain).slices)
    for (const contract of [...calls, ...puts]) if (contract >= 0) places.set(keyOf(chain, contract), contract);
  return places;
}

/** Of the known values; the mean of the two middle ones where their number is even. NaN when none is known. */
function median(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = known.length / 2;
  return known.length === 0 ? Number.NaN : (known[Math.ceil(middle) - 1]! + known[Math.floor(middle)]!) / 2;
}
