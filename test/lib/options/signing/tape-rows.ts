import { type OptionRight, type OptionTape, TRADE_KINDS } from "#lib/core/option-data.ts";

/** 2024-07-01 10:00 in New York; rows count seconds from here. */
export const TEN = Date.parse("2024-07-01T10:00:00-04:00");

export type TradeRow = {
  readonly at: number;
  readonly contract: number;
  readonly price: number;
  readonly size?: number;
  readonly kind?: (typeof TRADE_KINDS)[number];
};
export type QuoteRow = { readonly at: number; readonly contract: number; readonly bid: number; readonly ask: number };

/** A tape written as rows; both lists must ascend. */
export function tapeOf(
  contracts: readonly (readonly [right: OptionRight, strike: number])[],
  trades: readonly TradeRow[],
  quotes: readonly QuoteRow[],
): OptionTape {
  const of = <T>(rows: readonly T[], value: (row: T) => number) => Float64Array.from(rows, value);
  return {
    underlying: "SPY",
    sessionDate: 20240701,
    expiry: 20240701,
    strike: of(contracts, ([, strike]) => strike),
    right: Int8Array.from(contracts, ([right]) => right),
    trades: {
      length: trades.length,
      ts: of(trades, ({ at }) => TEN + at * 1000),
      contract: Int32Array.from(trades, ({ contract }) => contract),
      price: of(trades, ({ price }) => price),
      size: of(trades, ({ size }) => size ?? 1),
      kind: Uint8Array.from(trades, ({ kind }) => TRADE_KINDS.indexOf(kind ?? "regular")),
      trueSide: null,
    },
    quotes: {
      length: quotes.length,
      ts: of(quotes, ({ at }) => TEN + at * 1000),
      contract: Int32Array.from(quotes, ({ contract }) => contract),
      bid: of(quotes, ({ bid }) => bid),
      ask: of(quotes, ({ ask }) => ask),
      bidSize: new Float64Array(quotes.length).fill(10),
      askSize: new Float64Array(quotes.length).fill(10),
    },
  };
}

/** The worked tape of statistics.md, flow 2: SPY at 500.30, one quote a second before each trade. */
export function workedTape(): OptionTape {
  const contracts = [
    [1, 500],
    [1, 501],
    [1, 502],
    [-1, 498],
    [-1, 499],
    [-1, 500],
  ] as const;
  const rows: readonly (readonly [contract: number, price: number, size: number, bid: number, ask: number])[] = [
    [1, 1.1, 10, 1.1, 1.14],
    [1, 1.14, 5, 1.1, 1.14],
    [2, 0.6, 20, 0.6, 0.63],
    [4, 0.95, 8, 0.95, 0.99],
    [4, 0.99, 12, 0.95, 0.99],
    [3, 0.5, 30, 0.5, 0.52],
    [0, 1.62, 4, 1.6, 1.64],
    [0, 1.6, 6, 1.6, 1.64],
    [5, 1.48, 9, 1.45, 1.5],
  ];
  const trades: TradeRow[] = rows.map(([contract, price, size], i) => ({ at: 10 + 2 * i, contract, price, size }));
  const quotes: QuoteRow[] = rows.map(([contract, , , bid, ask], i) => ({ at: 9 + 2 * i, contract, bid, ask }));
  // "At mid, previous 1.63": a trade of the bar before.
  return tapeOf(contracts, [{ at: -5, contract: 0, price: 1.63 }, ...trades], quotes);
}
