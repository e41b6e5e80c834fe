import type { PriceSeries } from "../core/bars.ts";
import type { TradingCalendar } from "../core/calendar.ts";
import type { OptionBars, OptionTape, UnderlyingTape } from "../core/option-data.ts";
import { type DateNumber, sessionDateOf } from "../core/time.ts";
import type { ArtifactStore } from "../ports/artifact-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { BarsRequest, DataRequest, SessionRequest } from "../ports/market-data.ts";
import { factorsFromActions } from "./actions.ts";
import type { CacheDeps } from "./cache/cache-deps.ts";
import { cacheKeys, type SessionKind } from "./cache/cache-keys.ts";
import { cachedBars } from "./cache/cached-bars.ts";
import { cachedChains } from "./cache/cached-chains.ts";
import { cachedSession } from "./cache/cached-session.ts";
import { createDownloadLease } from "./cache/download-lease.ts";
import { OPTION_BARS_CODEC, OPTION_TAPE_CODEC, type SessionCodec, UNDERLYING_TAPE_CODEC } from "./cache/option-codecs.ts";
import { recordedActions } from "./cache/recorded-actions.ts";
import { sameDayChains } from "./cache/same-day-chains.ts";
import { createSingleFlight } from "./cache/single-flight.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { HistorySource, Supplied, SymbolTraits } from "./history-source.ts";
import type { DataProvider } from "./providers/data-provider.ts";

/**
 * A vendor behind a cache of history. Complete sessions are stored under the owner and never asked for again; the session
 * that is under way is asked for each time and never stored. Calls for the same thing share one download, in this process
 * and, by a lease, among processes.
 */
export function cachedProvider(
  source: HistorySource,
  options: {
    readonly artifacts: ArtifactStore;
    readonly clock: Clock;
    readonly calendar: TradingCalendar;
    readonly sleep: (ms: number) => Promise<void>;
    /** Names this process among those that share the store. */
    readonly holder: string;
  },
): DataProvider {
  const { artifacts, clock, calendar } = options;
  const deps: CacheDeps = { source, artifacts, clock, calendar, lease: createDownloadLease(options) };
  const flight = createSingleFlight();
  const alone = <T>(kind: string, request: DataRequest, details: string, work: () => Promise<T>): Promise<T> => {
    const series = `${request.owner}/${request.symbol}/${kind}`;
    return flight.share(`${series}/${details}`, () => flight.inTurn(series, work));
  };
  const keysOf = ({ owner, symbol }: DataRequest) => cacheKeys(owner, source.store, symbol);
  const knows = ({ symbol }: DataRequest): boolean => source.traits(symbol) !== undefined;

  /** A method that answers for one session, and for one expiry where the request names one. */
  const bySession =
    <R extends DataRequest & { readonly session: DateNumber; readonly expiry?: DateNumber }, T>(
      kind: SessionKind,
      codec: SessionCodec<T>,
      isEmpty: (data: T) => boolean,
      ask: (request: R) => Promise<Supplied<T> | undefined>,
    ) =>
    async (request: R): Promise<T | undefined> => {
      if (!knows(request)) return undefined;
      const { session } = request;
      const expiry = kind === "underlying_tape" ? undefined : request.expiry;
      const keys = keysOf(request);
      const what = {
        session,
        key: keys.session(kind, session, expiry),
        leaseKey: keys.lease(kind),
        codec,
        isEmpty,
        ask: () => ask(request),
      };
      return await alone(kind, request, `${session}/${expiry}`, () => cachedSession(deps, what));
    };
  const { optionTape, underlyingTape } = source;
  const optionBars =
    source.optionBars === undefined
      ? undefined
      : bySession<SessionRequest, OptionBars>("option_bars", OPTION_BARS_CODEC, ({ length }) => length === 0, source.optionBars);

  return {
    name: source.name,
    offer: () => source.offer(),
    async bars(request) {
      const traits = source.traits(request.symbol);
      if (traits === undefined) return undefined;
      const { cadence, window } = request;
      return await alone(`bars/${cadence}`, request, `${window.start}/${window.end}`, () => series(deps, request, traits));
    },
    ...(source.currentChain !== undefined && {
      async optionChains(request) {
        if (!knows(request)) return undefined;
        const { window, cadence, sameDayOnly = false } = request;
        return await alone("chains", request, `${cadence}/${window.start}/${window.end}/${sameDayOnly}`, () =>
          sameDayOnly && optionBars !== undefined
            ? sameDayChains(deps, keysOf(request), request, (session) => optionBars({ ...request, session, expiry: session }))
            : cachedChains(deps, keysOf(request), request),
        );
      },
      // A session's chain is kept once it is complete; what was recorded stays.
      chainEditions: async (request) =>
        knows(request) ? [{ first: calendar.firstDate, last: calendar.lastDate, edition: source.store }] : undefined,
    }),
    ...(optionBars !== undefined && { optionBars }),
    ...(optionTape !== undefined && {
      optionTape: bySession<SessionRequest, OptionTape>("option_tape", OPTION_TAPE_CODEC, isSilent, optionTape),
    }),
    ...(underlyingTape !== undefined && {
      underlyingTape: bySession("underlying_tape", UNDERLYING_TAPE_CODEC, isSilent, underlyingTape),
    }),
  };
}

/** The window's bars with their factors. @returns undefined when there is no bar */
async function series(deps: CacheDeps, request: BarsRequest, traits: SymbolTraits): Promise<PriceSeries | undefined> {
  const { source } = deps;
  const { owner, symbol } = request;
  const keys = cacheKeys(owner, source.store, symbol);
  const raw = await cachedBars(deps, keys, { ...request, publishedAfterMs: request.cadence === "daily" ? traits.publishedAfterMs : 0 });
  if (raw.length === 0) return undefined;
  const facts = { provider: source.name, simulation: null };
  if (!traits.hasActions || source.actions === undefined) {
    const unknown = traits.hasActions ? ["price_return_only"] : [];
    return { bars: raw, facts: { ...facts, fingerprint: fingerprintOf(raw), stamps: stamped(traits.stamps, unknown) } };
  }
  const [first, last] = [sessionDateOf(raw.start[0]!), sessionDateOf(raw.start[raw.length - 1]!)];
  const { actions, dividendsKnown, revised } = await recordedActions(deps, keys, symbol, last);
  const { factor, stamps } = factorsFromActions(raw, actions);
  const bars = { ...raw, factor };
  const told = [
    ...(dividendsKnown ? [] : ["price_return_only"]),
    ...(revised.some((exDate) => exDate > first && exDate <= last) ? ["actions_revised"] : []),
  ];
  return { bars, facts: { ...facts, fingerprint: fingerprintOf(bars), stamps: stamped(traits.stamps, stamps, told) } };
}

const isSilent = ({ trades, quotes }: UnderlyingTape | OptionTape): boolean => trades.length === 0 && quotes.length === 0;

const stamped = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();
