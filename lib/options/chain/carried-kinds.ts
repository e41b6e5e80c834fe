import { perChain } from "./per-chain.ts";

/**
 * What a measure needs a snapshot to carry. `market`: volatilities, quotes or gammas; `exposure`: those and open interest. A
 * snapshot that carries nothing of it (a morning's open interest, for a volatility) is passed over; one that carries bad numbers
 * is not, and the measure is NaN.
 */
export type SnapshotKind = "market" | "open_interest" | "volume" | "exposure";

/** The kinds of measures that a snapshot carries something for. */
export const carriedKinds = perChain((chain): ReadonlySet<SnapshotKind> => {
  const some = (column: Float64Array): boolean => column.some((value) => !Number.isNaN(value));
  const market = some(chain.iv) || some(chain.ask) || some(chain.gamma);
  const open = some(chain.openInterest);
  return new Set([
    ...(market ? (["market"] as const) : []),
    ...(open ? (["open_interest"] as const) : []),
    ...(some(chain.volume) ? (["volume"] as const) : []),
    ...(market && open ? (["exposure"] as const) : []),
  ]);
});
