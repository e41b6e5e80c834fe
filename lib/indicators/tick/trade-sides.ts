import type { UnderlyingTape } from "../../core/option-data.ts";

/** A quote older than this says nothing about a trade. */
const QUOTE_AGE_MS = 5_000;
/** A price older than this says nothing about a trade at the middle. */
const TICK_AGE_MS = 60_000;

/** Nearer to the middle than this share is at it: half a cent has no exact binary form. */
const ROUNDING = 1e-9;

/**
 * Who started each trade: 1 a buyer, -1 a seller, 0 unknown. Above the middle of the quote that stood strictly before it a
 * buyer, below it a seller; at the middle, or without a sound quote of the last five seconds, the tick test against the last
 * other price within a minute.
 *
 * @see C. M. C. Lee and M. J. Ready, "Inferring Trade Direction from Intraday Data" (1991), without their lag
 */
export function tradeSides({ trades, quotes }: UnderlyingTape): Int8Array {
  const sides = new Int8Array(trades.length);
  let quote = -1;
  let [price, otherPrice, otherSince] = [Number.NaN, Number.NaN, Number.NaN];
  for (let i = 0; i < trades.length; i++) {
    const [ts, traded] = [trades.ts[i]!, trades.price[i]!];
    while (quote + 1 < quotes.length && quotes.ts[quote + 1]! < ts) quote += 1;
    if (traded !== price) [otherPrice, otherSince, price] = [price, trades.ts[i - 1] ?? Number.NaN, traded];
    const bid = quote >= 0 && ts - quotes.ts[quote]! <= QUOTE_AGE_MS ? quotes.bid[quote]! : Number.NaN;
    const ask = quote >= 0 ? quotes.ask[quote]! : Number.NaN;
    const middle = bid > 0 && ask > bid ? (bid + ask) / 2 : Number.NaN;
    const above = traded / middle - 1;
    if (above > ROUNDING) sides[i] = 1;
    else if (above < -ROUNDING) sides[i] = -1;
    else if (ts - otherSince <= TICK_AGE_MS) sides[i] = Math.sign(traded - otherPrice);
  }
  return sides;
}
