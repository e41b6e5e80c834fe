import { parseOccSymbol } from "../../../core/occ-symbol.ts";
import type { SymbolTraits } from "../../../market-data/history-source.ts";

/** What the vendor sells separately. */
export type AssetClass = "stocks" | "indices" | "options";

export interface PolygonTicker {
  /** As the vendor's market endpoints name it. */
  readonly ticker: string;
  readonly asset: AssetClass;
}

/** Indices whose symbol is not also that of a share, as people write them without the vendor's prefix. */
const INDICES = new Set(["SPX", "NDX", "RUT", "DJI", "VIX", "VIX9D", "VIX3M", "VIX6M", "VIX1D", "VVIX", "XSP"]);

/** Cboe publishes the day's level of these a quarter of an hour after the close. */
const PUBLISHED_LATE = /^V(IX(1D|9D|3M|6M|1Y)?|VIX)$/;
const PUBLISHED_AFTER_MS = 15 * 60_000;

/** @returns undefined for currencies and whatever else the product does not trade */
export function polygonTicker(symbol: string): PolygonTicker | undefined {
  if (symbol.startsWith("O:")) return parseOccSymbol(symbol) === undefined ? undefined : { ticker: symbol, asset: "options" };
  const index = /^(?:I:|\^)(.+)$/.exec(symbol)?.[1] ?? (INDICES.has(symbol) ? symbol : undefined);
  if (index !== undefined) return { ticker: `I:${index}`, asset: "indices" };
  return symbol.includes(":") ? undefined : { ticker: symbol, asset: "stocks" };
}

export function polygonTraits({ ticker, asset }: PolygonTicker): SymbolTraits {
  switch (asset) {
    case "stocks":
      return { stamps: [], hasActions: true, publishedAfterMs: 0 };
    case "options":
      return { stamps: [], hasActions: false, publishedAfterMs: 0 };
    case "indices":
      return {
        stamps: ["not_tradable", "price_return_only"],
        hasActions: false,
        publishedAfterMs: PUBLISHED_LATE.test(ticker.slice(2)) ? PUBLISHED_AFTER_MS : 0,
      };
  }
}

/** How reference data name the underlying of options: without the prefix of an index. */
export const referenceTicker = ({ ticker, asset }: PolygonTicker): string => (asset === "indices" ? ticker.slice(2) : ticker);
