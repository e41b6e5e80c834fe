import type { PriceSeries } from "#lib/core/bars.ts";
import type { UnderlyingTape } from "#lib/core/option-data.ts";
import type { DateNumber } from "#lib/core/time.ts";
import { fingerprintOfColumns } from "#lib/market-data/fingerprint.ts";
import type { MatrixData } from "#lib/matrix/matrix-data.ts";
import type { DataRequest, MarketData } from "#lib/ports/market-data.ts";

/** Trades and quotes of a symbol over many sessions, session after session, as one tape. */
export async function loadTape(
  marketData: MarketData,
  source: DataRequest,
  { facts }: PriceSeries,
  sessions: readonly DateNumber[],
): Promise<MatrixData["tape"]> {
  const parts: UnderlyingTape[] = [];
  for (const session of sessions) parts.push(await marketData.underlyingTape({ ...source, session }));
  if (parts.length === 0) return null;
  const trades = parts.map((part) => part.trades);
  const quotes = parts.map((part) => part.quotes);
  const tape: UnderlyingTape = {
    symbol: source.symbol,
    trades: {
      length: lengthOf(trades),
      ts: joined(trades.map(({ ts }) => ts)),
      price: joined(trades.map(({ price }) => price)),
      size: joined(trades.map(({ size }) => size)),
    },
    quotes: {
      length: lengthOf(quotes),
      ts: joined(quotes.map(({ ts }) => ts)),
      bid: joined(quotes.map(({ bid }) => bid)),
      ask: joined(quotes.map(({ ask }) => ask)),
      bidSize: joined(quotes.map(({ bidSize }) => bidSize)),
      askSize: joined(quotes.map(({ askSize }) => askSize)),
    },
  };
  const { length: _trades, ...tradeColumns } = tape.trades;
  const { length: _quotes, ...quoteColumns } = tape.quotes;
  const fingerprint = fingerprintOfColumns("tape", {
    ...Object.fromEntries(Object.entries(tradeColumns).map(([name, column]) => [`trade_${name}`, column])),
    ...Object.fromEntries(Object.entries(quoteColumns).map(([name, column]) => [`quote_${name}`, column])),
  });
  return { tape, facts: { ...facts, provider: source.provider, fingerprint } };
}

const lengthOf = (parts: readonly { readonly length: number }[]): number => parts.reduce((sum, { length }) => sum + length, 0);

function joined(columns: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const column of columns) {
    out.set(column, next);
    next += column.length;
  }
  return out;
}
