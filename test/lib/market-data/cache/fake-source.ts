import type { Bars, Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionBars, OptionChain, OptionTape, UnderlyingTape } from "#lib/core/option-data.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { cachedProvider } from "#lib/market-data/history-cache.ts";
import type { ActionHistory, HistorySource } from "#lib/market-data/history-source.ts";
import type { DataProvider } from "#lib/market-data/providers/data-provider.ts";
import { vendorRefusal } from "#lib/market-data/vendor-refusal.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";

export const nyTime = (date: number, hour: number, minute = 0): number =>
  newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, hour, minute);

/** A vendor in memory that writes down what it is asked. What it knows may be changed between questions. */
export interface FakeVendor {
  readonly source: HistorySource;
  /** Such as `bars daily 20240701-20240709`. */
  readonly calls: string[];
  now: number;
  /** How late its data come. */
  delayMs: number;
  /** Sessions in which it has nothing. */
  readonly holes: Set<number>;
  /** Sessions that the plan does not include. */
  readonly withheld: Set<number>;
  /** What happens before an answer, such as a failure. */
  before: (call: string) => void | Promise<void>;
  actions: ActionHistory;
  /** Added to every price: the vendor corrected its past. */
  shift: number;
}

/** The price of a bar says when it was: 20240701 at its third bar is 240701.02. */
const priceAt = (date: number, bar: number): number => (date % 1_000_000) + bar / 100;

function pricesOf(symbol: string, cadence: Cadence, sessions: readonly number[], knownTo: number, shift: number): Bars {
  const rows = sessions.flatMap((date) =>
    barStartsOf(date, cadence).map((start, bar) => ({ start, end: barEndOf(start, cadence), price: priceAt(date, bar) + shift })),
  );
  const known = rows.filter(({ end }) => end <= knownTo);
  const column = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(known, of);
  const price = column((row) => row.price);
  return {
    symbol,
    cadence,
    length: known.length,
    start: column((row) => row.start),
    end: column((row) => row.end),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: column(() => 100),
    factor: column(() => 1),
  };
}

export function fakeVendor(now: number, changes: Partial<HistorySource> = {}): FakeVendor {
  const said = async (call: string): Promise<void> => {
    vendor.calls.push(call);
    await vendor.before(call);
  };
  const sessionsOf = (first: number, last: number): number[] =>
    [...NYSE.sessionsBetween(first, last), last].filter((date) => NYSE.isSession(date));
  const allow = (sessions: readonly number[]): void => {
    const refused = sessions.find((date) => vendor.withheld.has(date));
    if (refused !== undefined)
      throw vendorRefusal("entitlement", { provider: "fake", endpoint: "/bars" }, `The plan does not include ${refused}.`);
  };
  const knownTo = (): number => vendor.now - vendor.delayMs;

  const source: HistorySource = {
    name: "fake",
    store: "fake",
    offer: async () => ({ provider: "fake", description: "A vendor in memory", kinds: ["bars"], symbols: null, needs: null }),
    traits: (symbol) => (symbol.startsWith("NO:") ? undefined : { stamps: [], hasActions: true, publishedAfterMs: 0 }),
    async firstSession() {
      await said("first session");
      return 20240603;
    },
    async bars({ symbol, cadence, first, last }) {
      await said(`bars ${cadence} ${first}-${last}`);
      const sessions = sessionsOf(first, last);
      allow(sessions);
      const having = symbol === "NOBODY" ? [] : sessions.filter((date) => !vendor.holes.has(date));
      return { data: pricesOf(symbol, cadence, having, knownTo(), vendor.shift), knownTo: knownTo() };
    },
    async actions(symbol) {
      await said(`actions ${symbol}`);
      return vendor.actions;
    },
    chainStamps: ["near_expiries"],
    pastChainStamps: ["rebuilt"],
    async currentChain(symbol, session) {
      await said(`chain now ${session}`);
      allow([session]);
      return chainOf(symbol, session, vendor.now, 7);
    },
    async pastChains(symbol, sessions) {
      await said(`chains ${sessions[0]}-${sessions.at(-1)}`);
      return sessions.map((session) => chainOf(symbol, session, NYSE.closeOf(session), Number.NaN));
    },
    async optionBars({ symbol, session, expiry }) {
      await said(`option bars ${session}/${expiry}`);
      return { data: optionBarsOf(symbol, session, expiry, vendor.holes.has(session) ? 0 : 3), knownTo: knownTo() };
    },
    async optionTape({ symbol, session, expiry }) {
      await said(`option tape ${session}/${expiry}`);
      return { data: optionTapeOf(symbol, session, expiry), knownTo: knownTo() };
    },
    async underlyingTape({ symbol, session }) {
      await said(`tape ${session}`);
      return { data: underlyingTapeOf(symbol, session), knownTo: knownTo() };
    },
    ...changes,
  };
  const vendor: FakeVendor = {
    source,
    calls: [],
    now,
    delayMs: 0,
    holes: new Set(),
    withheld: new Set(),
    before: () => {},
    actions: { actions: [], dividendsKnown: true },
    shift: 0,
  };
  return vendor;
}

function chainOf(underlying: string, sessionDate: number, knownAt: number, openInterest: number): OptionChain {
  const column = (value: number): Float64Array => Float64Array.of(value, value + 1);
  return {
    underlying,
    sessionDate,
    knownAt,
    underlyingPrice: Number.NaN,
    length: 2,
    strike: column(540),
    expiry: Float64Array.of(sessionDate, 20250117),
    right: Int8Array.of(1, -1),
    bid: column(1.25),
    ask: column(1.5),
    last: Float64Array.of(Number.NaN, 2),
    volume: column(0),
    openInterest: column(openInterest),
    iv: column(0.2),
    delta: column(-0.5),
    gamma: column(0.01),
    theta: column(-0.2),
    vega: column(0.3),
  };
}

function optionBarsOf(underlying: string, sessionDate: number, expiry: number, length: number): OptionBars {
  const column = (of: (i: number) => number): Float64Array => Float64Array.from({ length }, (_, i) => of(i));
  return {
    underlying,
    sessionDate,
    expiry,
    length,
    start: column((i) => NYSE.openOf(sessionDate) + i * 60_000),
    strike: column((i) => 540 + i),
    right: Int8Array.from({ length }, (_, i) => (i % 2 === 0 ? 1 : -1)),
    open: column(() => 1),
    high: column(() => 1.5),
    low: column(() => 0.5),
    close: column(() => 1.25),
    vwap: column((i) => (i === 0 ? Number.NaN : 1.1)),
    volume: column((i) => i),
  };
}

function optionTapeOf(underlying: string, sessionDate: number, expiry: number): OptionTape {
  const open = NYSE.openOf(sessionDate);
  return {
    underlying,
    sessionDate,
    expiry,
    strike: Float64Array.of(540, 541),
    right: Int8Array.of(1, -1),
    trades: {
      length: 2,
      ts: Float64Array.of(open + 0.25, open + 1000.125),
      contract: Int32Array.of(1, 0),
      price: Float64Array.of(1, 1.05),
      size: Float64Array.of(3, 4),
      kind: Uint8Array.of(0, 1),
      trueSide: null,
    },
    quotes: {
      length: 1,
      ts: Float64Array.of(open),
      contract: Int32Array.of(1),
      bid: Float64Array.of(0.95),
      ask: Float64Array.of(Number.NaN),
      bidSize: Float64Array.of(10),
      askSize: Float64Array.of(0),
    },
  };
}

function underlyingTapeOf(symbol: string, session: number): UnderlyingTape {
  const one = (value: number): Float64Array => Float64Array.of(value);
  const ts = one(NYSE.openOf(session) + 0.5);
  return {
    symbol,
    trades: { length: 1, ts, price: one(545.5), size: one(100) },
    quotes: { length: 1, ts, bid: one(545.4), ask: one(545.6), bidSize: one(2), askSize: one(3) },
  };
}

let holders = 0;

/** The vendor behind a cache of its own, as another process would build it. */
export function cacheOf(vendor: FakeVendor, artifacts: ArtifactStore): Required<DataProvider> {
  holders += 1;
  // Half a second of waiting for another process takes a millisecond.
  const sleep = (ms: number): Promise<void> => new Promise((later) => setTimeout(later, ms / 500));
  const clock = { now: () => vendor.now };
  return cachedProvider(vendor.source, { artifacts, clock, calendar: NYSE, sleep, holder: `process ${holders}` }) as Required<DataProvider>;
}

export function barsRequest(start: string | null, end: string | null, changes: Partial<BarsRequest> = {}): BarsRequest {
  return { owner: "local", provider: "fake", symbol: "SPY", cadence: "daily", window: { start, end }, ...changes };
}
