import { NYSE } from "../../../core/calendar.ts";
import type { UnderlyingTape } from "../../../core/option-data.ts";
import { createKeyedRng } from "../../../core/rng.ts";
import type { DateNumber } from "../../../core/time.ts";
import type { MinutePath } from "../market/minute-path.ts";
import { toCents } from "../market/price-path.ts";
import { SLOT_MS, SLOTS_PER_MINUTE } from "./seconds.ts";

/** Trades between two changes of the quote. */
const TRADES_PER_SLOT = 3;

export interface UnderlyingTapeOrder {
  readonly symbol: string;
  readonly seed: number;
  readonly key: string;
  readonly date: DateNumber;
  readonly minutes: MinutePath;
  readonly logScale: number;
  /** Raw prices at every ten seconds, US dollars. */
  readonly spots: Float64Array;
}

/**
 * Trades and quotes of the underlying: every ten seconds a quote one cent wide at the price of then, and trades at its sides. They
 * sum to the minute bars: each minute's first trade is its open and its last its close, the extremes trade, the sizes sum to the
 * volume.
 */
export function tapeOfUnderlying({ symbol, seed, key, date, minutes, logScale, spots }: UnderlyingTapeOrder): UnderlyingTape {
  const rng = createKeyedRng(`simulated-underlying-tape:${seed}:${key}`);
  const open = NYSE.openOf(date);
  const capacity = spots.length * TRADES_PER_SLOT + minutes.length;
  const trades = { ts: new Float64Array(capacity), price: new Float64Array(capacity), size: new Float64Array(capacity) };
  const column = (): Float64Array => new Float64Array(spots.length);
  const quotes = { ts: column(), bid: column(), ask: column(), bidSize: column(), askSize: column() };
  let count = 0;

  for (let m = 0; m < minutes.length; m++) {
    rng.seek(date, m);
    const [high, low] = [toCents(minutes.high[m]! + logScale), toCents(minutes.low[m]! + logScale)];
    // Volume may be smaller than the number of trades there could be: each has at least one share.
    const most = Math.min(TRADES_PER_SLOT, Math.floor((minutes.volume[m]! - 1) / SLOTS_PER_MINUTE));
    const first = count;
    for (let i = 0; i < SLOTS_PER_MINUTE; i++) {
      const slot = m * SLOTS_PER_MINUTE + i;
      const price = spots[slot]!;
      const bought = rng.uniform() < 0.5;
      const bid = bought && price > 0.01 ? cent(price - 0.01) : price;
      quotes.ts[slot] = open + slot * SLOT_MS;
      quotes.bid[slot] = bid;
      quotes.ask[slot] = cent(bid + 0.01);
      quotes.bidSize[slot] = 100 * (1 + rng.int(20));
      quotes.askSize[slot] = 100 * (1 + rng.int(20));
      for (let k = 0; k < most; k++) {
        const other = cent(bid + (rng.uniform() < 0.5 ? 0 : 0.01));
        trades.ts[count] = open + slot * SLOT_MS + Math.floor(((k + rng.uniform()) / most) * 9000) + 1;
        // The first trade is at the price of the moment; the others stay inside the minute's range.
        trades.price[count] = k === 0 ? price : Math.min(Math.max(other, low), high);
        count += 1;
      }
    }
    trades.ts[count] = open + (m + 1) * 60_000 - 1 - rng.int(500);
    trades.price[count] = toCents(minutes.close[m]! + logScale);
    count += 1;
    spreadShares(trades.size, first, count, minutes.volume[m]!, () => rng.uniform());
  }
  return {
    symbol,
    trades: { length: count, ts: trades.ts.slice(0, count), price: trades.price.slice(0, count), size: trades.size.slice(0, count) },
    quotes: { length: spots.length, ...quotes },
  };
}

const cent = (price: number): number => Math.round(price * 100) / 100;

/** Whole shares, at least one each, that sum to the volume. */
function spreadShares(size: Float64Array, from: number, to: number, volume: number, uniform: () => number): void {
  const spare = volume - (to - from);
  let total = 0;
  for (let i = from; i < to; i++) {
    size[i] = uniform() ** 3;
    total += size[i]!;
  }
  let sum = 0;
  let given = 0;
  for (let i = from; i < to; i++) {
    sum += size[i]!;
    const upTo = i === to - 1 ? spare : Math.floor((sum / total) * spare);
    size[i] = 1 + upTo - given;
    given = upTo;
  }
}
