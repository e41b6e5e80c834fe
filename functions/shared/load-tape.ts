import type { PriceSeries } from "#lib/core/bars.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import type { UnderlyingTape } from "#lib/core/option-data.ts";
import type { DateNumber } from "#lib/core/time.ts";
import { fingerprintOfColumns } from "#lib/market-data/parts/data-part.ts";
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
  const fingerprint = sha256OfJson([fingerprintOfPart("trades", tape.trades), fingerprintOfPart("quotes", tape.quotes)]);
  return { tape, facts: { ...facts, provider: source.provider, fingerprint } };
}

function fingerprintOfPart(
  form: string,
  { length, ...columns }: { readonly length: number; readonly [column: string]: Float64Array | number },
) {
  const named = Object.entries(columns) as [string, Float64Array][];
  return fingerprintOfColumns(
    form,
    length,
    named.map(([name, values]) => ({ name, type: "double", values })),
  );
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
