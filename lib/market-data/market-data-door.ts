import { SigmaError } from "../errors/sigma-error.ts";
import type { BarsRequest, DataKind, DataRequest, MarketData, ProviderOffer } from "../ports/market-data.ts";
import type { DataProvider } from "./providers/data-provider.ts";

/**
 * The one door to all providers: finds the one that is asked, checks what it gives, cuts windows, and turns what it lacks into
 * a refusal that names who has it.
 */
export function createMarketData(providers: readonly DataProvider[]): MarketData {
  const named = (name: string): DataProvider | undefined => providers.find((provider) => provider.name === name);
  const offers = (owner: string): Promise<readonly ProviderOffer[]> => Promise.all(providers.map((provider) => provider.offer(owner)));

  return {
    offers,
    async bars(request) {
      const series = await named(request.provider)?.bars?.(request);
      if (series === undefined) throw noBars(request, await offers(request.owner));
      // Most calls of the API read no bars, so what checks and cuts them is loaded with the first.
      const [{ checkBars }, { sliceToWindow }] = await Promise.all([import("./bar-checks.ts"), import("./window.ts")]);
      checkBars(series.bars);
      return sliceToWindow(series, request.window);
    },
    optionChains: async (request) =>
      (await named(request.provider)?.optionChains?.(request)) ??
      refuse(request, "option_chains", "option chains", await offers(request.owner)),
    chainEditions: async (request) => named(request.provider)?.chainEditions?.(request),
    optionBars: async (request) =>
      (await named(request.provider)?.optionBars?.(request)) ??
      refuse(request, "option_bars", "option minute bars", await offers(request.owner)),
    optionTape: async (request) =>
      (await named(request.provider)?.optionTape?.(request)) ??
      refuse(request, "option_tape", "option trades and quotes", await offers(request.owner)),
    async flowCells(request) {
      const provider = named(request.provider);
      if (provider === undefined) refuse(request, "flow_cells", "option flow", await offers(request.owner));
      return provider.flowCells?.(request);
    },
    underlyingTape: async (request) =>
      (await named(request.provider)?.underlyingTape?.(request)) ??
      refuse(request, "underlying_tape", "trades and quotes", await offers(request.owner)),
  };
}

/** Says who has the bars that were asked for, or what the provider has instead. */
function noBars(request: BarsRequest, offers: readonly ProviderOffer[]): SigmaError {
  const { provider, symbol, cadence } = request;
  const having = offers.filter((offer) => offer.symbols?.some((one) => one.symbol === symbol && one.cadences.includes(cadence)));
  const asked = offers.find((offer) => offer.provider === provider);
  const first =
    asked === undefined
      ? noProvider(provider, offers)
      : `The provider "${provider}" has no ${cadence} bars of "${symbol}"${asked.symbols === null ? " in this window" : `; it has ${holdings(asked)}`}.`;
  const second =
    having.length > 0
      ? `${quoted(having)} has ${cadence} bars of "${symbol}": name it in the model's data section.`
      : `Bring your own with: sigma data import --file F --symbol ${symbol} --cadence ${cadence}`;
  return unavailable(`${first} ${second}`, request, having, { cadence });
}

function refuse(request: DataRequest, kind: DataKind, what: string, offers: readonly ProviderOffer[]): never {
  const { provider, symbol } = request;
  const having = offers.filter((offer) => offer.provider !== provider && offer.kinds.includes(kind));
  const asked = offers.find((offer) => offer.provider === provider);
  const others = asked?.kinds.includes(kind) === true ? "; it has them of other symbols, or of other sessions" : "";
  const first = asked === undefined ? noProvider(provider, offers) : `The provider "${provider}" has no ${what} of "${symbol}"${others}.`;
  const second = having.length > 0 ? `Providers that have ${what}: ${quoted(having)}.` : `No provider here has ${what}.${bringOwn(kind)}`;
  throw unavailable(`${first} ${second}`, request, having, { kind });
}

/** How a user brings what nobody has. */
function bringOwn(kind: DataKind): string {
  const isImported = kind === "option_chains" || kind === "option_bars" || kind === "flow_cells";
  return isImported ? ` Bring your own with: sigma data import --config data.yaml (kind: ${kind}).` : "";
}

const noProvider = (provider: string, offers: readonly ProviderOffer[]): string =>
  `There is no data provider "${provider}"; there are ${offers.map((offer) => `"${offer.provider}"`).join(", ")}.`;

/** So many symbols are named in a message; the rest are counted. */
const NAMED_SYMBOLS = 8;

const holdings = ({ symbols }: ProviderOffer): string => {
  const held = (symbols ?? []).filter(({ cadences }) => cadences.length > 0);
  if (held.length === 0) return "nothing yet";
  const named = held.slice(0, NAMED_SYMBOLS).map((one) => `${one.symbol} (${one.cadences.join(", ")})`);
  return `${named.join("; ")}${held.length > NAMED_SYMBOLS ? `; and ${held.length - NAMED_SYMBOLS} more` : ""}`;
};

const quoted = (offers: readonly ProviderOffer[]): string => offers.map((offer) => `"${offer.provider}"`).join(" and ");

function unavailable(
  message: string,
  { provider, symbol }: DataRequest,
  having: readonly ProviderOffer[],
  facts: Readonly<Record<string, string>>,
): SigmaError {
  return new SigmaError("DATA_UNAVAILABLE", message, {
    provider,
    symbol,
    ...facts,
    availableFrom: having.map((offer) => offer.provider),
  });
}
