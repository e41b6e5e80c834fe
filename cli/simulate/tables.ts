import type { Bars } from "#lib/core/bars.ts";
import type { OptionBars, OptionChain, OptionTape, UnderlyingTape } from "#lib/core/option-data.ts";
import type { Table, TableColumn } from "#lib/core/parquet-table.ts";

type Values = ArrayLike<number>;

/** Beside the data of every simulated table: whoever reads the file alone must see what it is. */
const MARK = "simulated";

function tableOf(rows: number, columns: readonly (readonly [name: string, type: TableColumn["type"], values: Values])[]): Table {
  return {
    rows,
    columns: [
      ...columns.map(([name, type, values]) => ({
        name,
        type,
        values: values instanceof Float64Array ? values : Float64Array.from(values),
      })),
      { name: MARK, type: "int32", values: new Float64Array(rows).fill(1) },
    ],
    metadata: { mark: "SIMULATED" },
  };
}

export function barsTable(bars: Bars): Table {
  return tableOf(bars.length, [
    ["ts", "time", bars.start],
    ["open", "double", bars.open],
    ["high", "double", bars.high],
    ["low", "double", bars.low],
    ["close", "double", bars.close],
    ["volume", "double", bars.volume],
    ["adj_factor", "double", bars.factor],
  ]);
}

/** Open interest as of the mornings: the snapshots without a market. */
export function openInterestTable(chains: readonly OptionChain[]): Table {
  const column = columnsOf(chains.filter((chain) => !hasMarket(chain)));
  return tableOf(column.rows, [
    ["session_date", "date", column((chain) => chain.sessionDate)],
    ["known_at", "time", column((chain) => chain.knownAt)],
    ["expiry", "date", column((chain) => chain.expiry)],
    ["strike", "double", column((chain) => chain.strike)],
    ["right", "int32", column((chain) => chain.right)],
    ["open_interest", "double", column((chain) => chain.openInterest)],
  ]);
}

/** The snapshots with a market. */
export function chainsTable(chains: readonly OptionChain[]): Table {
  const column = columnsOf(chains.filter(hasMarket));
  return tableOf(column.rows, [
    ["session_date", "date", column((chain) => chain.sessionDate)],
    ["known_at", "time", column((chain) => chain.knownAt)],
    ["underlying_price", "double", column((chain) => chain.underlyingPrice)],
    ["expiry", "date", column((chain) => chain.expiry)],
    ["strike", "double", column((chain) => chain.strike)],
    ["right", "int32", column((chain) => chain.right)],
    ["bid", "double", column((chain) => chain.bid)],
    ["ask", "double", column((chain) => chain.ask)],
    ["volume", "double", column((chain) => chain.volume)],
    ["open_interest", "double", column((chain) => chain.openInterest)],
    ["iv", "double", column((chain) => chain.iv)],
    ["delta", "double", column((chain) => chain.delta)],
    ["gamma", "double", column((chain) => chain.gamma)],
    ["theta", "double", column((chain) => chain.theta)],
    ["vega", "double", column((chain) => chain.vega)],
  ]);
}

const hasMarket = ({ underlyingPrice }: OptionChain): boolean => !Number.isNaN(underlyingPrice);

/** Joins what snapshots have, one value each or one for each contract, into columns of `rows` values. */
function columnsOf(chains: readonly OptionChain[]) {
  const rows = chains.reduce((sum, { length }) => sum + length, 0);
  const column = (of: (chain: OptionChain) => number | Values): Float64Array => {
    const out = new Float64Array(rows);
    let at = 0;
    for (const chain of chains) {
      const values = of(chain);
      if (typeof values === "number") out.fill(values, at, at + chain.length);
      else out.set(values, at);
      at += chain.length;
    }
    return out;
  };
  return Object.assign(column, { rows });
}

export function optionBarsTable(bars: OptionBars): Table {
  return tableOf(bars.length, [
    ["ts", "time", bars.start],
    ["expiry", "date", new Float64Array(bars.length).fill(bars.expiry)],
    ["strike", "double", bars.strike],
    ["right", "int32", bars.right],
    ["open", "double", bars.open],
    ["high", "double", bars.high],
    ["low", "double", bars.low],
    ["close", "double", bars.close],
    ["volume", "double", bars.volume],
    ["vwap", "double", bars.vwap],
  ]);
}

/** Trades of options with who took each: 1 = the buyer, -1 = the seller. */
export function optionTradesTable({ expiry, strike, right, trades }: OptionTape): Table {
  return tableOf(trades.length, [
    ["ts", "time", trades.ts],
    ["expiry", "date", new Float64Array(trades.length).fill(expiry)],
    ["strike", "double", Float64Array.from(trades.contract, (contract) => strike[contract]!)],
    ["right", "int32", Float64Array.from(trades.contract, (contract) => right[contract]!)],
    ["price", "double", trades.price],
    ["size", "double", trades.size],
    ["kind", "int32", trades.kind],
    ["true_side", "int32", trades.trueSide ?? new Float64Array(trades.length)],
  ]);
}

export function optionQuotesTable({ expiry, strike, right, quotes }: OptionTape): Table {
  return tableOf(quotes.length, [
    ["ts", "time", quotes.ts],
    ["expiry", "date", new Float64Array(quotes.length).fill(expiry)],
    ["strike", "double", Float64Array.from(quotes.contract, (contract) => strike[contract]!)],
    ["right", "int32", Float64Array.from(quotes.contract, (contract) => right[contract]!)],
    ["bid", "double", quotes.bid],
    ["ask", "double", quotes.ask],
    ["bid_size", "double", quotes.bidSize],
    ["ask_size", "double", quotes.askSize],
  ]);
}

export function underlyingTradesTable({ trades }: UnderlyingTape): Table {
  return tableOf(trades.length, [
    ["ts", "time", trades.ts],
    ["price", "double", trades.price],
    ["size", "double", trades.size],
  ]);
}

export function underlyingQuotesTable({ quotes }: UnderlyingTape): Table {
  return tableOf(quotes.length, [
    ["ts", "time", quotes.ts],
    ["bid", "double", quotes.bid],
    ["ask", "double", quotes.ask],
    ["bid_size", "double", quotes.bidSize],
    ["ask_size", "double", quotes.askSize],
  ]);
}
