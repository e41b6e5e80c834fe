import type { HistorySource } from "../../../market-data/history-source.ts";
import { NETWORK_STORES } from "../../../market-data/network-settings.ts";
import type { ProviderOffer } from "../../../ports/market-data.ts";
import type { HttpClient } from "../http-client.ts";
import { polygonActions } from "./polygon-actions.ts";
import { polygonBars, polygonFirstSession } from "./polygon-bars.ts";
import { CHAIN_EXPIRY_DAYS, currentChain, pastChains } from "./polygon-chains.ts";
import { polygonOptionBars, polygonOptionTape, polygonUnderlyingTape } from "./polygon-tapes.ts";
import { type PolygonTicker, polygonTicker, polygonTraits } from "./polygon-ticker.ts";

/** Shares, indices and options of Polygon, now named Massive. What a key may have is the vendor's answer to each request. */
export function createPolygonSource(client: HttpClient, needs: () => Promise<string | null>): HistorySource {
  return {
    name: "polygon",
    store: NETWORK_STORES.polygon,
    offer: async (): Promise<ProviderOffer> => ({
      provider: "polygon",
      description: "Polygon (now Massive): US shares, indices and options; what your plan includes",
      kinds: ["bars", "index", "actions", "option_chains", "option_bars", "option_tape", "underlying_tape"],
      symbols: null,
      needs: await needs(),
    }),
    traits(symbol) {
      const ticker = polygonTicker(symbol);
      return ticker && polygonTraits(ticker);
    },
    firstSession: (symbol) => polygonFirstSession(client, known(symbol)),
    bars: (query) => polygonBars(client, known(query.symbol), query),
    actions: (symbol) => polygonActions(client, known(symbol).ticker),
    currentChain: (symbol, session) => currentChain(client, symbol, known(symbol), session),
    pastChains: (symbol, sessions) => pastChains(client, symbol, known(symbol), sessions),
    chainStamps: [`expiries_within_${CHAIN_EXPIRY_DAYS}_days`],
    pastChainStamps: ["chain_rebuilt_from_trades"],
    optionBars: (query) => polygonOptionBars(client, known(query.symbol), query),
    optionTape: (query) => polygonOptionTape(client, known(query.symbol), query),
    underlyingTape: (query) => polygonUnderlyingTape(client, known(query.symbol), query),
  };
}

/** Callers ask `traits` first. */
function known(symbol: string): PolygonTicker {
  const ticker = polygonTicker(symbol);
  if (ticker === undefined) throw new TypeError(`"${symbol}" is no symbol of this vendor.`);
  return ticker;
}
