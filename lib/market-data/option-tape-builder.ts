import { createGrowingColumn } from "../core/growing-column.ts";
import type { OptionTape, UnderlyingTape } from "../core/option-data.ts";
import { SigmaError } from "../errors/sigma-error.ts";

/** More rows than this do not fit into memory beside what is computed from them. */
const MAX_ROWS = 20_000_000;

type Quotes = UnderlyingTape["quotes"];

/** Collects trades and quotes, contract after contract, and puts each list in the order of time. Times are UTC milliseconds. */
export interface TapeBuilder {
  /** @throws DATA_UNAVAILABLE when there are more rows than fit into memory */
  trade(contract: number, ts: number, price: number, size: number, kind: number): void;
  quote(contract: number, ts: number, bid: number, ask: number, bidSize: number, askSize: number): void;
  /** Of one contract or symbol. */
  finishUnderlying(symbol: string): UnderlyingTape;
  finishOptions(head: Pick<OptionTape, "underlying" | "sessionDate" | "expiry" | "strike" | "right">): OptionTape;
}

/** @param source - names the vendor in messages */
export function createTapeBuilder(source: string, maxRows = MAX_ROWS): TapeBuilder {
  const trades = columns("contract", "ts", "price", "size", "kind");
  const quotes = columns("contract", "ts", "bid", "ask", "bidSize", "askSize");

  const count = (): void => {
    if (trades.ts.length + quotes.ts.length < maxRows) return;
    throw new SigmaError(
      "DATA_UNAVAILABLE",
      `The tape of "${source}" has more than ${maxRows} trades and quotes, which do not fit into memory. Use bars (flow_side: volume) instead.`,
      { provider: source, maxRows },
    );
  };

  const sortedTrades = () => inOrder(trades);
  const sortedQuotes = () => inOrder(quotes);
  return {
    trade(contract, ts, price, size, kind) {
      count();
      trades.contract.push(contract);
      trades.ts.push(ts);
      trades.price.push(price);
      trades.size.push(size);
      trades.kind.push(kind);
    },
    quote(contract, ts, bid, ask, bidSize, askSize) {
      count();
      quotes.contract.push(contract);
      quotes.ts.push(ts);
      quotes.bid.push(bid);
      quotes.ask.push(ask);
      quotes.bidSize.push(bidSize);
      quotes.askSize.push(askSize);
    },
    finishUnderlying(symbol) {
      const { ts, price, size } = sortedTrades();
      return { symbol, trades: { length: ts.length, ts, price, size }, quotes: withoutContract(sortedQuotes()) };
    },
    finishOptions(head) {
      const { contract, ts, price, size, kind } = sortedTrades();
      const quote = sortedQuotes();
      return {
        ...head,
        trades: { length: ts.length, ts, contract: Int32Array.from(contract), price, size, kind: Uint8Array.from(kind), trueSide: null },
        quotes: { ...withoutContract(quote), contract: Int32Array.from(quote.contract) },
      };
    },
  };
}

function withoutContract({ ts, bid, ask, bidSize, askSize }: Record<keyof Omit<Quotes, "length">, Float64Array>): Quotes {
  return { length: ts.length, ts, bid, ask, bidSize, askSize };
}

function columns<N extends string>(...names: readonly N[]): Record<N, ReturnType<typeof createGrowingColumn>> {
  return Object.fromEntries(names.map((name) => [name, createGrowingColumn()])) as Record<N, ReturnType<typeof createGrowingColumn>>;
}

/** The columns by time; what happened at the same time keeps its order. */
function inOrder<N extends string>(growing: Record<N | "ts", ReturnType<typeof createGrowingColumn>>): Record<N | "ts", Float64Array> {
  const ts = growing.ts.take();
  let ascending = true;
  for (let row = 1; row < ts.length && ascending; row++) ascending = ts[row]! >= ts[row - 1]!;
  const names = Object.keys(growing) as (N | "ts")[];
  const taken = names.map((name) => (name === "ts" ? ts : growing[name].take()));
  if (ascending) return Object.fromEntries(names.map((name, i) => [name, taken[i]!])) as Record<N | "ts", Float64Array>;
  const order = Uint32Array.from(ts.keys()).sort((a, b) => ts[a]! - ts[b]! || a - b);
  return Object.fromEntries(names.map((name, i) => [name, Float64Array.from(order, (row) => taken[i]![row]!)])) as Record<
    N | "ts",
    Float64Array
  >;
}
