import * as z from "zod";
import { NYSE } from "../../../core/calendar.ts";
import { mapConcurrently } from "../../../core/map-concurrently.ts";
import { type OptionContract, parseOccSymbol } from "../../../core/occ-symbol.ts";
import type { OptionBars, OptionChain } from "../../../core/option-data.ts";
import { BAR_MS } from "../../../core/session.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "../../../core/time.ts";
import type { ContractsQuery, Supplied } from "../../../market-data/history-source.ts";
import type { AlpacaFeed } from "../../../market-data/network-settings.ts";
import { createOptionBarsBuilder } from "../../../market-data/option-bars-builder.ts";
import type { HttpClient } from "../http-client.ts";
import { horizonOf, optionFeed } from "./alpaca-feed.ts";
import { forEachPage, forEachRow } from "./alpaca-pages.ts";
import { BarSchema, type Snapshot, SnapshotSchema } from "./alpaca-shapes.ts";
import { isoOf, utcMsOf } from "./alpaca-time.ts";

/** Contracts that expire later than this many days after the session are left out of chains. */
export const CHAIN_EXPIRY_DAYS = 45;

/** As many symbols as one request may name. */
const SYMBOLS_A_REQUEST = 100;
const WIDTH = 4;

type Entry = OptionContract & { readonly symbol: string; readonly snapshot: Snapshot };

/** Contracts that are listed now, with their market; ordered by expiry, strike, puts first. */
async function readSnapshots(
  client: HttpClient,
  feed: AlpacaFeed,
  underlying: string,
  first: DateNumber,
  last: DateNumber,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  const request = {
    provider: client.provider,
    path: `/v1beta1/options/snapshots/${encodeURIComponent(underlying)}`,
    query: { feed: optionFeed(feed), expiration_date_gte: formatDate(first), expiration_date_lte: formatDate(last), limit: 1000 },
    row: z.object({ snapshots: z.record(z.string(), SnapshotSchema), next_page_token: z.string().nullish() }),
    feature: `option snapshots of the feed "${optionFeed(feed)}"`,
  };
  await forEachPage(client.open(), request, ({ snapshots }) => {
    for (const [symbol, snapshot] of Object.entries(snapshots)) {
      const contract = parseOccSymbol(symbol);
      // Adjusted contracts, which deliver something else, have a digit at the end of their root.
      if (contract !== undefined && !/\d$/.test(contract.root)) entries.push({ ...contract, symbol, snapshot });
    }
  });
  return entries.sort((a, b) => a.expiry - b.expiry || a.strike - b.strike || a.right - b.right);
}

/** The market of now in all contracts that expire soon. The vendor tells no open interest, and theta and vega in no stated unit: they are NaN. */
export async function alpacaChain(client: HttpClient, feed: AlpacaFeed, symbol: string, session: DateNumber): Promise<OptionChain> {
  const last = dateOfDayNumber(dayNumberOf(session) + CHAIN_EXPIRY_DAYS);
  const entries = await readSnapshots(client, feed, symbol, session, last);
  const column = (of: (snapshot: Snapshot) => number | null | undefined): Float64Array =>
    Float64Array.from(entries, ({ snapshot }) => of(snapshot) ?? Number.NaN);
  const unknown = (): Float64Array => new Float64Array(entries.length).fill(Number.NaN);
  return {
    underlying: symbol,
    sessionDate: session,
    knownAt: client.clock.now(),
    underlyingPrice: Number.NaN,
    length: entries.length,
    strike: Float64Array.from(entries, ({ strike }) => strike),
    expiry: Float64Array.from(entries, ({ expiry }) => expiry),
    right: Int8Array.from(entries, ({ right }) => right),
    bid: column(({ latestQuote }) => latestQuote?.bp),
    ask: column(({ latestQuote }) => latestQuote?.ap),
    last: column(({ latestTrade }) => latestTrade?.p),
    // The last day with a trade may be an earlier one: then nothing was traded today.
    volume: column(({ dailyBar }) => dailyBar && (sessionDateOf(utcMsOf(dailyBar.t)) === session ? dailyBar.v : 0)),
    openInterest: unknown(),
    iv: column(({ impliedVolatility }) => impliedVolatility),
    delta: column(({ greeks }) => greeks?.delta),
    gamma: column(({ greeks }) => greeks?.gamma),
    theta: unknown(),
    vega: unknown(),
  };
}

/**
 * One-minute bars of the contracts of an expiry. Which contracts there were is told only until they expire.
 *
 * @returns undefined when the expiry has passed
 */
export async function alpacaOptionBars(
  client: HttpClient,
  feed: AlpacaFeed,
  { symbol, session, expiry }: ContractsQuery,
): Promise<Supplied<OptionBars> | undefined> {
  if (expiry < sessionDateOf(client.clock.now())) return undefined;
  const contracts = await readSnapshots(client, feed, symbol, expiry, expiry);
  const { knownTo, askTo } = horizonOf(feed, "options", client.clock);
  const start = NYSE.openOf(session);
  const end = Math.min(NYSE.closeOf(session) - 1000, askTo);
  const byTicker = new Map(contracts.map((contract) => [contract.symbol, contract]));
  const groups = Array.from({ length: Math.ceil(contracts.length / SYMBOLS_A_REQUEST) }, (_, i) =>
    contracts.slice(i * SYMBOLS_A_REQUEST, (i + 1) * SYMBOLS_A_REQUEST),
  );
  const bars = createOptionBarsBuilder();
  const http = client.open();
  await mapConcurrently(end > start ? groups : [], WIDTH, (group) =>
    forEachRow(
      http,
      "bars",
      {
        provider: client.provider,
        path: "/v1beta1/options/bars",
        query: {
          symbols: group.map((contract) => contract.symbol).join(","),
          timeframe: "1Min",
          start: isoOf(start),
          end: isoOf(end),
          limit: 10_000,
          sort: "asc",
        },
        row: BarSchema,
        feature: "option bars of these dates",
      },
      (ticker, { t, o, h, l, c, v, vw }) => {
        const contract = byTicker.get(ticker);
        const startMs = utcMsOf(t);
        if (contract === undefined || startMs < start || startMs + BAR_MS["1m"] > knownTo) return;
        bars.add(contract, { start: startMs, open: o, high: h, low: l, close: c, vwap: vw ?? Number.NaN, volume: v });
      },
    ),
  );
  return { data: bars.finish({ underlying: symbol, sessionDate: session, expiry }), knownTo };
}
