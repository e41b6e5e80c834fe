import type { OptionChain } from "../../core/option-data.ts";
import type { ExpiryScope } from "./chain-layout.ts";
import { gammaLadder } from "./gamma-ladder.ts";
import { impliedMove } from "./iv-measures.ts";
import { bothRights } from "./strike-ladder.ts";

/**
 * How strongly hedging may hold the underlying at a strike into the expiry: the share of gamma x open interest at the heaviest
 * strike within one at-the-money straddle of the spot, times how close the spot is to it (1 at the strike, 0 one straddle away).
 *
 * @returns 0 (no strike within a straddle) to 1; NaN when the chain cannot say
 * @see S. X. Ni, N. D. Pearson and A. M. Poteshman, "Stock Price Clustering on Option Expiration Dates" (2005), for the effect
 */
export function pinRisk(chain: OptionChain, scope: ExpiryScope): number {
  const ladder = gammaLadder(chain, scope);
  const straddle = impliedMove(chain, { days: 0, source: "auto" }) * chain.underlyingPrice;
  if (!(ladder.total > 0 && straddle > 0)) return Number.NaN;
  const weights = bothRights(ladder);
  let [heaviest, distance] = [0, straddle];
  for (let k = 0; k < weights.length; k++) {
    const away = Math.abs(ladder.strikes[k]! - chain.underlyingPrice);
    if (away < straddle && weights[k]! > heaviest) [heaviest, distance] = [weights[k]!, away];
  }
  return (heaviest / ladder.total) * (1 - distance / straddle);
}
