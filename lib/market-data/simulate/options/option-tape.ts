import { NYSE } from "../../../core/calendar.ts";
import type { OptionQuotes, OptionTape, OptionTrades } from "../../../core/option-data.ts";
import type { Board } from "./board.ts";
import { contractKey, rightOf, strikeOf } from "./listing.ts";
import { SLOT_MS } from "./seconds.ts";
import { STREAM } from "./volume.ts";

/** Every trade and every quote that is sent, changed or not, of a board, with who took each trade. */
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

/** A standing quote is sent again after so long, with other sizes: market makers never leave one alone for ten seconds. */
const SENT_PER_SLOT = 2;

function quotesOf({ listing, minutes, quoter }: Board, contracts: number): OptionQuotes {
  const open = NYSE.openOf(listing.date);
  const slots = (minutes * 60_000) / SLOT_MS;
  const length = SENT_PER_SLOT * slots * contracts;
  const quote = new Int32Array(2);
  const column = (): Float64Array => new Float64Array(length);
  const [ts, bid, ask, bidSize, askSize] = [column(), column(), column(), column(), column()];
  const contract = new Int32Array(length);
  for (let slot = 0; slot < slots; slot++) {
    for (let c = 0; c < contracts; c++) {
      quoter.quote(c, slot, quote);
      listing.rng.seek(contractKey(listing, c), STREAM.quote + slot);
      for (let sent = 0; sent < SENT_PER_SLOT; sent++) {
        const i = (SENT_PER_SLOT * slot + sent) * contracts + c;
        ts[i] = open + slot * SLOT_MS + sent * (SLOT_MS / SENT_PER_SLOT);
        contract[i] = c;
        bid[i] = quote[0]! / 100;
        ask[i] = quote[1]! / 100;
        // Nobody bids nothing.
        bidSize[i] = quote[0] === 0 ? 0 : 1 + Math.floor(200 * listing.rng.uniform() ** 2);
        askSize[i] = 1 + Math.floor(200 * listing.rng.uniform() ** 2);
      }
    }
  }
  return { length, ts, contract, bid, ask, bidSize, askSize };
}
