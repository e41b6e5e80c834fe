import { NYSE } from "../../../core/calendar.ts";
import type { UnderlyingTape } from "../../../core/option-data.ts";
import type { ContractsQuery, Supplied } from "../../../market-data/history-source.ts";
import type { AlpacaFeed } from "../../../market-data/network-settings.ts";
import { createTapeBuilder } from "../../../market-data/option-tape-builder.ts";
import { kindIndex } from "../../../market-data/trade-kinds.ts";
import type { HttpClient } from "../http-client.ts";
import { horizonOf, stockFeed } from "./alpaca-feed.ts";
import { forEachRow } from "./alpaca-pages.ts";
import { QuoteSchema, TradeSchema } from "./alpaca-shapes.ts";
import { isoOf, utcMsOf } from "./alpaca-time.ts";

/** Trades that no longer stand. */
const WITHDRAWN = new Set(["canceled", "incorrect"]);

/** Trades and quotes of a share over the session's regular hours. */
export async function alpacaTape(
  client: HttpClient,
  feed: AlpacaFeed,
  { symbol, session }: Omit<ContractsQuery, "expiry">,
): Promise<Supplied<UnderlyingTape>> {
  const { knownTo, askTo } = horizonOf(feed, "stocks", client.clock);
  const [start, close] = [NYSE.openOf(session), NYSE.closeOf(session)];
  const end = Math.min(close, askTo);
  const tape = createTapeBuilder(client.provider);
  const http = client.open();
  const request = {
    provider: client.provider,
    query: { symbols: symbol, start: isoOf(start), end: isoOf(end), limit: 10_000, sort: "asc", feed: stockFeed(feed) },
    feature: `trades and quotes of the feed "${stockFeed(feed)}" up to now (set ALPACA_FEED to what the plan has)`,
  };
  if (end > start) {
    await forEachRow(http, "trades", { ...request, path: "/v2/stocks/trades", row: TradeSchema }, (_, { t, p, s, u }) => {
      const ts = utcMsOf(t);
      if (ts < close && !WITHDRAWN.has(u ?? "")) tape.trade(0, ts, p, s, kindIndex("regular"));
    });
    await forEachRow(http, "quotes", { ...request, path: "/v2/stocks/quotes", row: QuoteSchema }, (_, { t, bp, bs, ap, as: askSize }) => {
      const ts = utcMsOf(t);
      if (ts < close) tape.quote(0, ts, bp, ap, bs, askSize);
    });
  }
  return { data: tape.finishUnderlying(symbol), knownTo };
}
