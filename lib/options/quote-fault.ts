/** What a quote must be for its middle to say where the market is. */
export interface QuoteLimits {
  readonly maxAgeMs: number;
  /** The spread may be as wide as the larger of these two: dollars a share, and a share of the middle. */
  readonly maxSpreadUsd: number;
  readonly maxSpreadShare: number;
}

export const QUOTE_LIMITS: QuoteLimits = { maxAgeMs: 5000, maxSpreadUsd: 0.3, maxSpreadShare: 0.25 };

/** `locked`: both sides at one price. A market may stand like that, so its middle is a price, but nobody's side can be read from it. */
export type QuoteFault = "missing" | "crossed" | "stale" | "wide_spread" | "locked";

/** Dollars. Decimals that are equal on paper may differ in float64; no price is quoted finer than 0.0001. */
export const PRICE_TOLERANCE = 1e-6;

/**
 * The first thing that is wrong with a quote; null = nothing.
 *
 * @param bid - dollars a share; 0 = nobody bids, which is a quote
 * @param ageMs - how long it has stood, milliseconds; negative or NaN = unknown, so `stale`
 */
export function quoteFault(bid: number, ask: number, ageMs: number, limits: QuoteLimits = QUOTE_LIMITS): QuoteFault | null {
  if (!(bid >= 0 && ask > 0 && ask < Number.POSITIVE_INFINITY)) return "missing";
  const spread = ask - bid;
  if (spread < -PRICE_TOLERANCE) return "crossed";
  if (!(ageMs >= 0 && ageMs <= limits.maxAgeMs)) return "stale";
  const widest = Math.max(limits.maxSpreadUsd, limits.maxSpreadShare * 0.5 * (bid + ask));
  if (spread > widest + PRICE_TOLERANCE) return "wide_spread";
  return spread <= PRICE_TOLERANCE ? "locked" : null;
}
