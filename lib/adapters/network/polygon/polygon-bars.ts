import type { Bars, Cadence } from "../../../core/bars.ts";
import { NYSE } from "../../../core/calendar.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "../../../core/time.ts";
import type { BarsQuery, Supplied } from "../../../market-data/history-source.ts";
import { sessionBars, vendorCadence } from "../../../market-data/session-bars.ts";
import { isRefusal } from "../../../market-data/vendor-refusal.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { readPages } from "./polygon-pages.ts";
import { type Aggregate, AggregateSchema } from "./polygon-shapes.ts";
import { type AssetClass, type PolygonTicker, polygonTraits } from "./polygon-ticker.ts";

const SPAN: Readonly<Record<Exclude<Cadence, "hourly">, string>> = {
  "1m": "1/minute",
  "5m": "5/minute",
  "15m": "15/minute",
  daily: "1/day",
};

/** The most base bars that one answer is made of. */
const MAX_BASE_BARS = 50_000;

/** Plans without real-time data are this late. */
export const DELAY_MS = 15 * 60_000;

const FEATURE: Readonly<Record<AssetClass, string>> = {
  stocks: "stock bars of these dates (the Stocks plan limits how far back, and whether today is included)",
  indices: "index bars of these dates (an Indices plan)",
  options: "option bars of these dates (the Options plan limits how far back)",
};

/** Where the vendor's history begins. */
const EARLIEST: Readonly<Record<AssetClass, DateNumber>> = { stocks: 20030910, indices: 20230214, options: 20140602 };

/** How many years back the plans reach, longest first. */
const PLAN_YEARS = [10, 5, 2];

/** The vendor's aggregates between two dates, both included. Raw prices. */
export async function readAggregates(
  client: HttpClient,
  session: HttpSession,
  { ticker, asset }: PolygonTicker,
  range: { readonly cadence: Cadence; readonly first: DateNumber; readonly last: DateNumber },
): Promise<Supplied<readonly Aggregate[]>> {
  const span = SPAN[vendorCadence(range.cadence) as Exclude<Cadence, "hourly">];
  const path = `/v2/aggs/ticker/${pathSegment(ticker)}/range/${span}/${formatDate(range.first)}/${formatDate(range.last)}`;
  const asked = client.clock.now();
  const query = { adjusted: false, sort: "asc", limit: MAX_BASE_BARS };
  const { rows, delayed } = await readPages(client, session, { path, query, row: AggregateSchema, feature: FEATURE[asset] });
  return { data: rows, knownTo: delayed ? asked - DELAY_MS : asked };
}

export async function polygonBars(client: HttpClient, ticker: PolygonTicker, query: BarsQuery): Promise<Supplied<Bars>> {
  const { data, knownTo } = await readAggregates(client, client.open(), ticker, query);
  const rows = data.map(({ t, o, h, l, c, v }) => ({ startMs: t, open: o, high: h, low: l, close: c, volume: v ?? Number.NaN }));
  const { publishedAfterMs } = polygonTraits(ticker);
  return { data: sessionBars(rows, { ...query, source: client.provider, knownTo, publishedAfterMs }), knownTo };
}

/**
 * The first session that the plan includes, found by asking: the vendor's beginning first, then what each plan reaches.
 *
 * @throws DATA_UNAVAILABLE with the reason entitlement when no plan's reach is included
 */
export async function polygonFirstSession(client: HttpClient, ticker: PolygonTicker): Promise<DateNumber> {
  const session = client.open();
  const today = sessionDateOf(client.clock.now());
  const [year, month] = [Math.floor(today / 10_000), Math.floor(today / 100) % 100];
  // The month after the plan's boundary: the boundary moves on with every day.
  const reaches = PLAN_YEARS.map((years) =>
    month === 12 ? (year - years + 1) * 10_000 + 101 : (year - years) * 10_000 + (month + 1) * 100 + 1,
  );
  const earliest = EARLIEST[ticker.asset];
  let refusal: unknown;
  for (const date of [earliest, ...reaches.filter((reach) => reach > earliest)]) {
    const first = NYSE.nextSession(dateOfDayNumber(dayNumberOf(date) - 1));
    try {
      await readAggregates(client, session, ticker, { cadence: "daily", first, last: first });
      return first;
    } catch (error) {
      if (!isRefusal(error, "entitlement")) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** A ticker in a path: the vendor writes its colons as they are. */
export const pathSegment = (ticker: string): string => encodeURIComponent(ticker).replaceAll("%3A", ":");
