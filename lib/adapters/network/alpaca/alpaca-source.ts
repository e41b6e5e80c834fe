import { parseOccSymbol } from "../../../core/occ-symbol.ts";
import type { HistorySource } from "../../../market-data/history-source.ts";
import { type AlpacaFeed, NETWORK_STORES } from "../../../market-data/network-settings.ts";
import type { HttpClient } from "../http-client.ts";
import { alpacaActions } from "./alpaca-actions.ts";
import { alpacaBars } from "./alpaca-bars.ts";
import { feedStamps, stockFeed } from "./alpaca-feed.ts";
import { alpacaChain, alpacaOptionBars, CHAIN_EXPIRY_DAYS } from "./alpaca-options.ts";
import { alpacaTape } from "./alpaca-tape.ts";

/** Where the vendor's history begins. */
const FIRST_STOCK_SESSION = 20160104;
const FIRST_OPTION_SESSION = 20240201;

/** Shares of Alpaca, and what it has of options. */
export function createAlpacaSource(client: HttpClient, feed: AlpacaFeed, needs: () => Promise<string | null>): HistorySource {
  const isOption = (symbol: string): boolean => symbol.startsWith("O:");
  return {
    name: "alpaca",
    // Prices of one exchange and of all exchanges never stand in one file.
    store: stockFeed(feed) === "sip" ? NETWORK_STORES.alpacaSip : NETWORK_STORES.alpacaIex,
    offer: async () => ({
      provider: "alpaca",
      description: `Alpaca: US shares since 2016 (feed ${feed}), options of the moment`,
      kinds: ["bars", "actions", "option_chains", "option_bars", "underlying_tape"],
      symbols: null,
      needs: await needs(),
    }),
    traits(symbol) {
      if (isOption(symbol)) return parseOccSymbol(symbol) && { stamps: [], hasActions: false, publishedAfterMs: 0 };
      return /[:^]/.test(symbol) ? undefined : { stamps: feedStamps(feed), hasActions: true, publishedAfterMs: 0 };
    },
    firstSession: async (symbol) => (isOption(symbol) ? FIRST_OPTION_SESSION : FIRST_STOCK_SESSION),
    bars: (query) => alpacaBars(client, feed, query),
    actions: (symbol) => alpacaActions(client, symbol, FIRST_STOCK_SESSION),
    chainStamps: [`expiries_within_${CHAIN_EXPIRY_DAYS}_days`, "no_open_interest"],
    currentChain: (symbol, session) => alpacaChain(client, feed, symbol, session),
    optionBars: (query) => alpacaOptionBars(client, feed, query),
    underlyingTape: (query) => alpacaTape(client, feed, query),
  };
}
