import { NYSE } from "../../../core/calendar.ts";
import { mapConcurrently } from "../../../core/map-concurrently.ts";
import type { OptionChain } from "../../../core/option-data.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "../../../core/time.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { pathSegment, readAggregates } from "./polygon-bars.ts";
import { contractOf, type ListedContract, oneRootEach, readContracts } from "./polygon-contracts.ts";
import { readPages } from "./polygon-pages.ts";
import { type ChainEntry, ChainEntrySchema } from "./polygon-shapes.ts";
import type { PolygonTicker } from "./polygon-ticker.ts";

/** Contracts that expire later than this many days after the session are left out of chains. */
export const CHAIN_EXPIRY_DAYS = 45;

const NANOSECONDS = 1e6;
const WIDTH = 8;

type ChainColumns = Omit<OptionChain, "underlying" | "sessionDate" | "knownAt" | "underlyingPrice" | "length">;

/** The market of now in all contracts that expire soon, with the open interest that the session began with. */
export async function currentChain(
  client: HttpClient,
  symbol: string,
  underlying: PolygonTicker,
  session: DateNumber,
): Promise<OptionChain> {
  const { rows } = await readPages(client, client.open(), {
    path: `/v3/snapshot/options/${pathSegment(underlying.ticker)}`,
    query: { "expiration_date.gte": formatDate(session), "expiration_date.lte": formatDate(lastExpiry(session)), limit: 250 },
    row: ChainEntrySchema,
    feature: "the option chain snapshot (Options Starter or higher)",
  });
  const entries = oneRootEach(
    rows.flatMap((entry) =>
      entry.details.shares_per_contract === 100 ? contractOf(entry.details).map((contract) => ({ ...contract, entry })) : [],
    ),
  );
  const columns = emptyColumns(entries);
  let underlyingPrice = Number.NaN;
  for (const [row, { entry }] of entries.entries()) {
    fillFromSnapshot(columns, row, entry, session);
    underlyingPrice = entry.underlying_asset?.price ?? entry.underlying_asset?.value ?? underlyingPrice;
  }
  return { underlying: symbol, sessionDate: session, knownAt: client.clock.now(), underlyingPrice, length: entries.length, ...columns };
}

function fillFromSnapshot(columns: ChainColumns, row: number, entry: ChainEntry, session: DateNumber): void {
  const { day, greeks, last_quote, implied_volatility, open_interest } = entry;
  const put = (column: Float64Array, value: number | null | undefined): void => {
    column[row] = value ?? Number.NaN;
  };
  put(columns.bid, last_quote?.bid);
  put(columns.ask, last_quote?.ask);
  put(columns.last, day?.close);
  // The day's bar is that of the last day with a trade: a contract that has not traded today has a volume of 0 today.
  const dayMs = (day?.last_updated ?? Number.NaN) / NANOSECONDS;
  put(columns.volume, Number.isNaN(dayMs) ? undefined : sessionDateOf(dayMs) === session ? day?.volume : 0);
  put(columns.openInterest, open_interest);
  put(columns.iv, implied_volatility);
  put(columns.delta, greeks?.delta);
  put(columns.gamma, greeks?.gamma);
  put(columns.theta, greeks?.theta);
  put(columns.vega, greeks?.vega);
}

/**
 * What the vendor still knows of past chains: which contracts were listed, their last trade and volume of the day. Quotes,
 * implied volatility, greeks and open interest are not kept by the vendor: they are NaN. Known at the session's close.
 */
export async function pastChains(
  client: HttpClient,
  symbol: string,
  underlying: PolygonTicker,
  sessions: readonly DateNumber[],
): Promise<readonly OptionChain[]> {
  const http = client.open();
  const range = { cadence: "daily", first: sessions[0]!, last: sessions.at(-1)! } as const;
  const closes = await dailyValues(client, http, underlying, range, ({ c }) => c);
  const listed = await mapConcurrently(sessions, WIDTH, (session) =>
    readContracts(client, http, underlying, session, { first: session, last: lastExpiry(session) }),
  );
  const tickers = [...new Set(listed.flat().map(({ ticker }) => ticker))];
  const days = await mapConcurrently(tickers, WIDTH, (ticker) =>
    dailyValues(client, http, { ticker, asset: "options" }, range, ({ c, v }) => ({ last: c, volume: v ?? Number.NaN })),
  );
  const byTicker = new Map(tickers.map((ticker, i) => [ticker, days[i]!]));
  return sessions.map((session, i) => {
    const contracts = listed[i]!;
    const columns = emptyColumns(contracts);
    for (const [row, { ticker }] of contracts.entries()) {
      const day = byTicker.get(ticker)!.get(session);
      // No bar means that no eligible trade took place.
      columns.volume[row] = day?.volume ?? 0;
      columns.last[row] = day?.last ?? Number.NaN;
    }
    const underlyingPrice = closes.get(session) ?? Number.NaN;
    return {
      underlying: symbol,
      sessionDate: session,
      knownAt: NYSE.closeOf(session),
      underlyingPrice,
      length: contracts.length,
      ...columns,
    };
  });
}

async function dailyValues<T>(
  client: HttpClient,
  http: HttpSession,
  ticker: PolygonTicker,
  range: { readonly cadence: "daily"; readonly first: DateNumber; readonly last: DateNumber },
  valueAt: (day: { readonly c: number; readonly v?: number | undefined }) => T,
): Promise<ReadonlyMap<DateNumber, T>> {
  const { data } = await readAggregates(client, http, ticker, range);
  return new Map(data.map((day) => [sessionDateOf(day.t), valueAt(day)]));
}

function emptyColumns(contracts: readonly ListedContract[]): ChainColumns {
  const column = (): Float64Array => new Float64Array(contracts.length).fill(Number.NaN);
  return {
    strike: Float64Array.from(contracts, ({ strike }) => strike),
    expiry: Float64Array.from(contracts, ({ expiry }) => expiry),
    right: Int8Array.from(contracts, ({ right }) => right),
    bid: column(),
    ask: column(),
    last: column(),
    volume: column(),
    openInterest: column(),
    iv: column(),
    delta: column(),
    gamma: column(),
    theta: column(),
    vega: column(),
  };
}

const lastExpiry = (session: DateNumber): DateNumber => dateOfDayNumber(dayNumberOf(session) + CHAIN_EXPIRY_DAYS);
