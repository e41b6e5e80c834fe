import type { Bars, Cadence } from "../../../core/bars.ts";
import { dateOfDayNumber, dayNumberOf } from "../../../core/time.ts";
import type { BarsQuery, Supplied } from "../../../market-data/history-source.ts";
import type { AlpacaFeed } from "../../../market-data/network-settings.ts";
import { sessionBars, type VendorBar, vendorCadence } from "../../../market-data/session-bars.ts";
import type { HttpClient } from "../http-client.ts";
import { horizonOf, stockFeed } from "./alpaca-feed.ts";
import { forEachRow } from "./alpaca-pages.ts";
import { BarSchema } from "./alpaca-shapes.ts";
import { isoOf, midnightOf, utcMsOf } from "./alpaca-time.ts";

const TIMEFRAME: Readonly<Record<Exclude<Cadence, "hourly">, string>> = { "1m": "1Min", "5m": "5Min", "15m": "15Min", daily: "1Day" };
const PAGE_ROWS = 10_000;

/** Bars of a share, or of an option by its vendor's symbol (`O:...`). Raw prices. */
export async function alpacaBars(client: HttpClient, feed: AlpacaFeed, query: BarsQuery): Promise<Supplied<Bars>> {
  const { symbol, cadence, first, last } = query;
  const isOption = symbol.startsWith("O:");
  const { knownTo, askTo } = horizonOf(feed, isOption ? "options" : "stocks", client.clock);
  const start = midnightOf(first);
  const end = Math.min(midnightOf(dateOfDayNumber(dayNumberOf(last) + 1)) - 1000, askTo);
  const rows: VendorBar[] = [];
  if (end >= start) {
    const request = {
      provider: client.provider,
      path: isOption ? "/v1beta1/options/bars" : "/v2/stocks/bars",
      query: {
        symbols: isOption ? symbol.slice(2) : symbol,
        timeframe: TIMEFRAME[vendorCadence(cadence) as Exclude<Cadence, "hourly">],
        start: isoOf(start),
        end: isoOf(end),
        limit: PAGE_ROWS,
        sort: "asc",
        ...(isOption ? {} : { adjustment: "raw", feed: stockFeed(feed) }),
      },
      row: BarSchema,
      feature: isOption
        ? "option bars of these dates"
        : `bars of the feed "${stockFeed(feed)}" up to now (set ALPACA_FEED to what the plan has)`,
    };
    await forEachRow(client.open(), "bars", request, (_, { t, o, h, l, c, v }) => {
      rows.push({ startMs: utcMsOf(t), open: o, high: h, low: l, close: c, volume: v });
    });
  }
  return { data: sessionBars(rows, { symbol, cadence, source: client.provider, knownTo }), knownTo };
}
