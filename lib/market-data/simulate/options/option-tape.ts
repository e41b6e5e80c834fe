import { NYSE } from "../../../core/calendar.ts";
import type { OptionQuotes, OptionTape, OptionTrades } from "../../../core/option-data.ts";
import type { Board } from "./board.ts";
import { contractKey, rightOf, strikeOf } from "./listing.ts";
import { SLOT_MS } from "./seconds.ts";
import { STREAM } from "./volume.ts";

/** Every trade of a board and its quotes, with who took each trade. */
export function tapeOfBoard(underlying: string, board: Board): OptionTape {
  const { listing } = board;
  const contracts = 2 * listing.strikes.length;
  return {
    underlying,
    sessionDate: listing.date,
    expiry: listing.expiry.date,
    strike: Float64Array.from({ length: contracts }, (_, c) => strikeOf(listing, c)),
    right: Int8Array.from({ length: contracts }, (_, c) => rightOf(listing, c)),
    trades: tradesOf(board, contracts),
    quotes: quotesOf(board, contracts),
  };
}

function tradesOf({ minutes, volumes, desk }: Board, contracts: number): OptionTrades {
  const ts: number[] = [];
  const contract: number[] = [];
  const cents: number[] = [];
  const size: number[] = [];
  const kind: number[] = [];
  const side: number[] = [];
  let current = 0;
  const add = (at: number, price: number, contractsTraded: number, kindOfTrade: number, taker: 1 | -1): void => {
    ts.push(at);
    contract.push(current);
    cents.push(price);
    size.push(contractsTraded);
    kind.push(kindOfTrade);
    side.push(taker);
  };
  for (let m = 0; m < minutes; m++) {
    for (current = 0; current < contracts; current++) {
      const volume = volumes[current * minutes + m]!;
      if (volume > 0) desk.draw(current, m, volume, add);
    }
  }
  const order = orderByTime(ts);
  const length = ts.length;
  return {
    length,
    ts: Float64Array.from(order, (i) => ts[i]!),
    contract: Int32Array.from(order, (i) => contract[i]!),
    price: Float64Array.from(order, (i) => cents[i]! / 100),
    size: Float64Array.from(order, (i) => size[i]!),
    kind: Uint8Array.from(order, (i) => kind[i]!),
    trueSide: Int8Array.from(order, (i) => side[i]!),
  };
}

/** Positions by time; what happens at once keeps its order. */
function orderByTime(ts: readonly number[]): Uint32Array {
  return Uint32Array.from(ts.keys()).sort((a, b) => ts[a]! - ts[b]! || a - b);
}

/** A quote that stands is sent again so often: a market maker's quotes are never older than that. */
const REFRESH_MS = SLOT_MS / 2;

/** The quote of every contract at every half of a slot, whether or not it changed. */
function quotesOf({ listing, minutes, quoter }: Board, contracts: number): OptionQuotes {
  const open = NYSE.openOf(listing.date);
  const slots = (minutes * 60_000) / SLOT_MS;
  const halves = SLOT_MS / REFRESH_MS;
  const length = slots * halves * contracts;
  const column = (): Float64Array => new Float64Array(length);
  const [ts, bid, ask, bidSize, askSize] = [column(), column(), column(), column(), column()];
  const contract = new Int32Array(length);
  const quote = new Int32Array(2);
  for (let slot = 0; slot < slots; slot++) {
    const first = slot * halves * contracts;
    for (let c = 0; c < contracts; c++) {
      quoter.quote(c, slot, quote);
      const [newBid, newAsk] = [quote[0]!, quote[1]!];
      listing.rng.seek(contractKey(listing, c), STREAM.quote + slot);
      // Nobody bids nothing.
      const [bids, asks] = [
        newBid === 0 ? 0 : 1 + Math.floor(200 * listing.rng.uniform() ** 2),
        1 + Math.floor(200 * listing.rng.uniform() ** 2),
      ];
      for (let half = 0; half < halves; half++) {
        const at = first + half * contracts + c;
        ts[at] = open + slot * SLOT_MS + half * REFRESH_MS;
        contract[at] = c;
        bid[at] = newBid / 100;
        ask[at] = newAsk / 100;
        bidSize[at] = bids;
        askSize[at] = asks;
      }
    }
  }
  return { length, ts, contract, bid, ask, bidSize, askSize };
}
