import { MarketSchema, type MarketSpec } from "#lib/market-data/simulate/market/market.schema.ts";
import { createMarketWorld, type MarketWorld } from "#lib/market-data/simulate/market/world.ts";

export const marketSpec = (changes: object = {}): MarketSpec => MarketSchema.parse(changes);

/** A market of a year and a half, enough for most proofs. */
export const shortSpec = (changes: object = {}): MarketSpec =>
  marketSpec({ first_date: "2023-07-03", last_date: "2024-12-31", ...changes });

export const marketWorld = (changes: object = {}): MarketWorld => createMarketWorld(null, shortSpec(changes));

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += (a[i]! - ma) * (b[i]! - mb);
    squareA += (a[i]! - ma) ** 2;
    squareB += (b[i]! - mb) ** 2;
  }
  return product / Math.sqrt(squareA * squareB);
}
