import { NYSE } from "../../../core/calendar.ts";
import type { MarketSpec } from "../market/market.schema.ts";
import { contractKey, type Listing, rightOf } from "./listing.ts";
import type { Quoter } from "./quotes.ts";
import { SLOT_MS, SLOTS_PER_MINUTE } from "./seconds.ts";
import { STREAM } from "./volume.ts";

/** Places in TRADE_KINDS. */
const REGULAR = 0;
const COMPLEX = 1;
const LATE = 2;
const CROSS = 3;

/** A minute of a contract has about so many trades at most: more volume makes larger ones. */
const BUSY = 40;
const CROSS_SIZE = 10;
/** How far demand moves the share of buyers from one half, at most. */
const SIDE_SWING = 0.3;

/** Takes one trade: UTC milliseconds, cents a share, contracts, place in TRADE_KINDS, 1 = the buyer took, -1 = the seller took. */
export type TradeSink = (ts: number, cents: number, size: number, kind: number, side: 1 | -1) => void;

export interface TradeDesk {
  /**
   * The trades of a contract in a minute, in order of time: they sum to the volume.
   *
   * @param volume - contracts, at least 1
   */
  draw(contract: number, minute: number, volume: number, sink: TradeSink): void;
}

/**
 * Trades against the quotes that stand when they happen. Who takes follows the demand of the half hour and the last minutes'
 * return: calls are bought and puts sold when both are up. Regular trades happen mostly at the taker's own side of the quote, some
 * between it and the middle, some at the middle, some beyond it; spread legs anywhere between bid and ask; late ones at a
 * quote of up to a minute before. So no rule that sees prices and quotes can always tell the taker.
 *
 * @param lean - per minute: demand plus reaction to the last minutes, in standard deviations, known at its start
 */
export function createTradeDesk(listing: Listing, spec: MarketSpec, quoter: Quoter, lean: Float64Array): TradeDesk {
  const { rng } = listing;
  const { trades } = spec;
  const open = NYSE.openOf(listing.date);
  const quote = new Int32Array(2);
  let sizes = new Int32Array(256);
  let kinds = new Uint8Array(256);
  const lateBelow = trades.complex_share + trades.late_share;
  const crossBelow = lateBelow + trades.cross_share;

  /** @returns how many trades there are */
  const drawSizes = (volume: number): number => {
    const mean = Math.max(trades.mean_size, volume / BUSY);
    let count = 0;
    for (let left = volume; left > 0; count++) {
      if (count === sizes.length) {
        sizes = doubled(sizes, Int32Array);
        kinds = doubled(kinds, Uint8Array);
      }
      const u = rng.uniform();
      const kind = u < trades.complex_share ? COMPLEX : u < lateBelow ? LATE : u < crossBelow ? CROSS : REGULAR;
      // Log-normal: many small trades, few large ones.
      const drawn = (kind === CROSS ? CROSS_SIZE : 1) * mean * Math.exp(1.1 * rng.normal() - 0.605);
      const size = Math.min(left, Math.max(1, Math.round(drawn)));
      sizes[count] = size;
      kinds[count] = kind;
      left -= size;
    }
    return count;
  };

  /** Between bid and ask in whole ticks of a cent. @param towards - 1: the ask is the taker's own side */
  const regularPrice = (bid: number, ask: number, towards: 1 | -1): number => {
    const own = towards === 1 ? ask : bid;
    const other = towards === 1 ? bid : ask;
    const width = ask - bid;
    const u = rng.uniform();
    if (u < trades.touch) return own;
    // Cents strictly between the middle and either side.
    const inside = Math.ceil(width / 2) - 1;
    if (u < trades.touch + trades.improved) return inside > 0 ? own - towards * (1 + rng.int(inside)) : own;
    if (u < trades.touch + trades.improved + trades.middle) return own - towards * Math.floor(width / 2);
    return inside > 0 ? other + towards * rng.int(inside + 1) : other;
  };

  return {
    draw(contract, minute, volume, sink) {
      rng.seek(contractKey(listing, contract), STREAM.minute + minute);
      const count = drawSizes(volume);
      const buyers = 0.5 + SIDE_SWING * rightOf(listing, contract) * Math.tanh(0.5 * lean[minute]!);
      let quoted = -1;
      for (let i = 0; i < count; i++) {
        const drawn = Math.floor(((i + rng.uniform()) / count) * 59_998) + 1;
        // Strictly after the quote that it meets.
        const offset = drawn % SLOT_MS === 0 ? drawn + 1 : drawn;
        const slot = minute * SLOTS_PER_MINUTE + Math.floor(offset / SLOT_MS);
        const kind = kinds[i]!;
        const met = kind === LATE ? Math.max(0, slot - 1 - rng.int(SLOTS_PER_MINUTE)) : slot;
        if (met !== quoted) quoter.quote(contract, met, quote);
        quoted = met;
        const bid = quote[0]!;
        const ask = quote[1]!;
        // Nobody sells where nobody bids.
        const side = rng.uniform() < buyers || bid === 0 ? 1 : -1;
        let cents: number;
        if (kind === COMPLEX) cents = bid + rng.int(ask - bid + 1);
        else if (kind === CROSS) cents = Math.floor((bid + ask) / 2);
        else cents = regularPrice(bid, ask, side);
        sink(open + minute * 60_000 + offset, Math.max(1, cents), sizes[i]!, kind, side);
      }
    },
  };
}

/** The same values with room for as many again. */
function doubled<A extends Int32Array | Uint8Array>(values: A, Kind: new (length: number) => A): A {
  const larger = new Kind(2 * values.length);
  larger.set(values);
  return larger;
}
