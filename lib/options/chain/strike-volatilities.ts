import { perChain } from "./per-chain.ts";
import { chainSmiles, type Smile } from "./smile.ts";
import { atmVolatility } from "./smile-points.ts";

/**
 * A volatility for every strike of each living expiry, for greeks: the known ones, linear in strike between them, and that of the
 * last known strike beyond, where quotes without a bid give none and gamma is small. All NaN for an expiry whose volatility at the
 * money is unknown: then too little of its smile is.
 */
export const strikeVolatilities = perChain((chain): readonly Float64Array[] => chainSmiles(chain, "auto").smiles.map(filled));

function filled(smile: Smile): Float64Array {
  const { strikes } = smile.slice;
  const out = smile.iv.slice();
  if (Number.isNaN(atmVolatility(smile))) return out.fill(Number.NaN);
  let before = -1;
  for (let k = 0; k <= out.length; k++) {
    if (k < out.length && Number.isNaN(smile.iv[k]!)) continue;
    const [left, right] = [out[before] ?? out[k]!, out[k] ?? out[before]!];
    for (let j = before + 1; j < k; j++) {
      const share = before < 0 || k === out.length ? 0 : (strikes[j]! - strikes[before]!) / (strikes[k]! - strikes[before]!);
      out[j] = left + share * (right - left);
    }
    before = k;
  }
  return out;
}
