import type { OptionChain } from "../../core/option-data.ts";
import { chainLayout } from "./chain-layout.ts";
import { midOf } from "./contract-prices.ts";

/**
 * One chain in place of several snapshots of a session: its contracts are those of the last snapshot, each quote is the median
 * of the contract's mids (a snapshot without one does not count), the underlying's price is the median too, and the chain stands
 * at the median moment, so that the time to expiry fits the quotes. Everything that is not a quote is unknown in it.
 *
 * @param snapshots - ascending, at least one
 */
export function medianQuotes(snapshots: readonly OptionChain[]): OptionChain {
  const last = snapshots.at(-1)!;
  const unknown = new Float64Array(last.length).fill(Number.NaN);
  const mids = unknown.slice();
  const placesBySnapshot = snapshots.map(placesOf);
  placesOf(last).forEach((byStrike, key) => {
    byStrike.forEach((contract, strike) => {
      const seen = snapshots.map((snapshot, s) => midOf(snapshot, placesBySnapshot[s]!.get(key)?.get(strike) ?? -1));
      mids[contract] = median(seen);
    });
  });
  return {
    ...last,
    knownAt: median(snapshots.map(({ knownAt }) => knownAt)),
    underlyingPrice: median(snapshots.map(({ underlyingPrice }) => underlyingPrice)),
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
}

/** Places of living contracts: by expiry and right (as expiry x right), then by strike. */
function placesOf(chain: OptionChain): Map<number, Map<number, number>> {
  const places = new Map<number, Map<number, number>>();
  for (const { expiry, strikes, calls, puts } of chainLayout(chain).slices) {
    for (const [right, contracts] of [
      [1, calls],
      [-1, puts],
    ] as const) {
      const byStrike = new Map<number, number>();
      strikes.forEach((strike, k) => {
        if (contracts[k]! >= 0) byStrike.set(strike, contracts[k]!);
      });
      places.set(expiry * right, byStrike);
    }
  }
  return places;
}

/** Of the known values; the mean of the two middle ones where their number is even. NaN when none is known. */
function median(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = known.length / 2;
  return known.length === 0 ? Number.NaN : (known[Math.ceil(middle) - 1]! + known[Math.floor(middle)]!) / 2;
}
