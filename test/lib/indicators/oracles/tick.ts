import type { UnderlyingTape } from "#lib/core/option-data.ts";
import type { Columns } from "../series.ts";
import { mean, type Oracle } from "./arithmetic.ts";

/** The last quote inside bar t and before its end; undefined where there is none that can be read. */
function quoteAt({ extras, barStart, barEnd }: Columns, t: number) {
  const { ts, bid, ask, bidSize, askSize } = extras!.tape!.quotes;
  const i = ts.findLastIndex((at) => at < barEnd[t]!);
  const quote = { bid: bid[i]!, ask: ask[i]!, bidSize: bidSize[i]!, askSize: askSize[i]! };
  const sound = i >= 0 && ts[i]! >= barStart[t]! && quote.bid > 0 && quote.ask > quote.bid && quote.bidSize + quote.askSize > 0;
  return sound ? quote : undefined;
}

/** Lee and Ready without lag: the middle of the quote strictly before the trade, else the last other price. */
function sideOf({ trades, quotes }: UnderlyingTape, i: number): number {
  const [ts, price] = [trades.ts[i]!, trades.price[i]!];
  const q = quotes.ts.findLastIndex((at) => at < ts);
  if (q >= 0 && ts - quotes.ts[q]! <= 5000 && quotes.bid[q]! < quotes.ask[q]!) {
    const middle = (quotes.bid[q]! + quotes.ask[q]!) / 2;
    if (Math.abs(price / middle - 1) > 1e-9) return price > middle ? 1 : -1;
  }
  const other = trades.price.findLastIndex((value, k) => k < i && value !== price);
  return other >= 0 && ts - trades.ts[other]! <= 60_000 ? Math.sign(price - trades.price[other]!) : 0;
}

/** Side of each trade, and the bar that it fell into; -1 = none. */
const SIGNED = new WeakMap<UnderlyingTape, { sides: number[]; rows: number[] }>();
function signedTrades({ extras, barStart, barEnd }: Columns): { sides: number[]; rows: number[] } {
  const tape = extras!.tape!;
  const before = SIGNED.get(tape);
  if (before) return before;
  const all = Array.from({ length: tape.trades.length }, (_, i) => i);
  const rowOf = (at: number): number => {
    const row = barEnd.findIndex((end) => at < end);
    return row >= 0 && at >= barStart[row]! ? row : -1;
  };
  const made = { sides: all.map((i) => sideOf(tape, i)), rows: all.map((i) => rowOf(tape.trades.ts[i]!)) };
  SIGNED.set(tape, made);
  return made;
}

/** Imbalance of every full bucket up to bar t, trade by trade; and whether the bar's session has traded. */
function buckets(bars: Columns, t: number, bucket: number): { full: number[]; traded: boolean } {
  const { size } = bars.extras!.tape!.trades;
  const { sides, rows } = signedTrades(bars);
  const full: number[] = [];
  let [filled, net, session] = [0, 0, Number.NaN];
  rows.forEach((row, i) => {
    if (row < 0 || row > t) return;
    if (bars.sessionDate[row] !== session) [filled, net, session] = [0, 0, bars.sessionDate[row]!];
    for (let left = size[i]!; left > 0; ) {
      const part = Math.min(left, bucket - filled);
      [filled, net, left] = [filled + part, net + sides[i]! * part, left - part];
      if (filled < bucket) continue;
      full.push(Math.abs(net));
      [filled, net] = [0, 0];
    }
  });
  return { full, traded: session === bars.sessionDate[t] };
}

export const tickOracles: Readonly<Record<string, Oracle>> = {
  quote_imbalance(bars, _, t) {
    const quote = quoteAt(bars, t);
    return [quote ? (quote.bidSize - quote.askSize) / (quote.bidSize + quote.askSize) : Number.NaN];
  },
  microprice(bars, _, t) {
    const quote = quoteAt(bars, t);
    if (!quote) return [Number.NaN];
    const share = quote.bidSize / (quote.bidSize + quote.askSize);
    return [(quote.bid + share * (quote.ask - quote.bid)) * bars.scale[t]!];
  },
  vpin(bars, { bucket, window }, t) {
    const { full, traded } = buckets(bars, t, bucket!);
    return [traded && full.length >= window! ? mean(full.slice(-window!)) / bucket! : Number.NaN];
  },
};
