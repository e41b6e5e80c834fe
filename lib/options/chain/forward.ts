import type { OptionChain } from "../../core/option-data.ts";
import { chainLayout, type ExpirySlice } from "./chain-layout.ts";
import { midOf } from "./contract-prices.ts";
import { perChain } from "./per-chain.ts";

/** Price of the underlying for each living expiry's date, dollars, in the order of the layout's slices; NaN = unknown. */
export const forwards = perChain((chain): readonly number[] => chainLayout(chain).slices.map((slice) => forwardOf(chain, slice)));

/** A forward farther from the spot than this share comes from quotes that do not belong together. */
const FARTHEST_FORWARD = 0.2;

/**
 * Strike plus call less put at the strike where the two are closest, by the middle of their quotes: put-call parity without
 * discounting, which is negligible on a difference near 0. The spot where no strike has both quotes.
 *
 * @returns NaN without a price of the underlying, or when the quotes contradict it
 * @see Cboe, Volatility Index Methodology: the forward of the VIX
 */
function forwardOf(chain: OptionChain, { strikes, calls, puts }: ExpirySlice): number {
  const spot = chain.underlyingPrice;
  if (!(spot > 0 && spot < Number.POSITIVE_INFINITY)) return Number.NaN;
  let closest = Number.POSITIVE_INFINITY;
  let forward = spot;
  for (let k = 0; k < strikes.length; k++) {
    const difference = midOf(chain, calls[k]!) - midOf(chain, puts[k]!);
    if (!(Math.abs(difference) < closest)) continue;
    closest = Math.abs(difference);
    forward = strikes[k]! + difference;
  }
  return Math.abs(forward - spot) <= FARTHEST_FORWARD * spot ? forward : Number.NaN;
}
