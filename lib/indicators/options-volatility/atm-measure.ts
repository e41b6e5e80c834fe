import { atmIv, type Tenor } from "../../options/chain/iv-measures.ts";
import { tenorKey } from "../chain-params.ts";
import type { ChainMeasure } from "../snapshots.ts";

/** At-the-money volatility of each snapshot at a tenor: what most indicators of this category are made of. */
export const atmMeasure = (tenor: Tenor): ChainMeasure => ({
  kind: "market",
  key: `atm_iv:${tenorKey(tenor)}`,
  of: (chain) => atmIv(chain, tenor),
});

/** What all of them say about missing data. */
export const MARKET_NOTE =
  "Read from the latest snapshot with volatilities or quotes that was known at the row's end, of the row's session or the one before; NaN when older, when the snapshot is refused, or when no known strikes or expiries embrace the point (nothing is extrapolated).";

/** What those that look back over sessions say. */
export const HISTORY_NOTE =
  "The past is one value for each session before that of the current one: of the session's last daily snapshot, from the store of implied volatilities, or from the provider's chains where the store has none. A session without one is left out; NaN when less than 60 % of the window is there.";
