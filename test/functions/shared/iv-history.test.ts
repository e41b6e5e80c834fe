import { describe, expect, it } from "vitest";
import { type DataConfig, loadMatrixData } from "#functions/shared/load-matrix-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { formatDate } from "#lib/core/time.ts";
import type { HistorySource } from "#lib/market-data/history-source.ts";
import { listWatchedIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { buildMatrix, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { buildTable, type TableBuilder } from "#lib/matrix/build-table.ts";
import { matrixSha } from "#lib/matrix/fingerprint.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import { dataSources, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, type MatrixSpec, matrixNeeds, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { cacheOf, type FakeVendor, fakeVendor, nyTime } from "../../lib/market-data/cache/fake-source.ts";
import { configOf } from "../../lib/matrix/fixtures.ts";
import { chainOf, pair } from "../../lib/options/chain/build-chain.ts";

const OWNER = "local";
const ENTRIES = [{ name: "atm_iv_zscore", window: 20 }, { name: "iv_percentile_52w" }];

/** Volatility of a session in the vendor's chains: no two of a year are equal. */
const ivOn = (session: number): number => 0.15 + (((NYSE.sessionIndex(session) * 89) % 503) / 503) * 0.2;

/** A chain of one flat volatility, from which 30 days are read. */
function chainAt(session: number, knownAt: number, iv: number): OptionChain {
  const expiries = [NYSE.addSessions(session, 10), NYSE.addSessions(session, 40)];
  const contracts = expiries.flatMap((expiry) => [95, 105].flatMap((strike) => pair(strike, { expiry, iv })));
  return chainOf(contracts, { sessionDate: session, knownAt, underlyingPrice: 100 + (NYSE.sessionIndex(session) % 2) });
}

interface Place {
  readonly vendor: FakeVendor;
  readonly artifacts: ArtifactStore;
  readonly metadata: MetadataStore;
  /** Number of sessions whose chains were asked of the vendor. */
  asked(): number;
  load(start: string, end: string | null, owner?: string): Promise<MatrixData>;
  specOf(data: MatrixData): MatrixSpec;
  sha(data: MatrixData): string;
  /** A column of the matrix, at its last row. */
  last(data: MatrixData, column: string): number;
}

function createPlace(now: number, changes: Partial<HistorySource> = {}): Place {
  const artifacts = createMemoryArtifactStore();
  const vendor = fakeVendor(now, {
    currentChain: async (_, session) => chainAt(session, vendor.now, ivOn(session)),
    pastChains: async (_, sessions) => {
      for (const session of sessions) vendor.calls.push(`chain ${session}`);
      return sessions.map((session) => chainAt(session, NYSE.closeOf(session), ivOn(session)));
    },
    ...changes,
  });
  const clock = { now: () => vendor.now };
  const metadata = createMemoryMetadataStore({ clock });
  const ports = { artifacts, metadata, clock, marketData: createMarketData([cacheOf(vendor, artifacts)]) };
  const configFrom = (start: string, end: string | null): MatrixConfig => configOf({ cadence: "daily", window: { start, end } });
  const specOf = (data: MatrixData) => {
    return matrixSpecOf(configFrom(starts.get(data)!, null), ENTRIES, "SPY", dataSources(data));
  };
  const starts = new WeakMap<MatrixData, string>();
  return {
    vendor,
    artifacts,
    metadata,
    asked: () => vendor.calls.filter((call) => call.startsWith("chain ")).length,
    async load(start, end, owner = OWNER) {
      const config = configFrom(start, end);
      const from = { ...config, data: { provider: "fake", symbol: "SPY", others: {} } } as unknown as DataConfig;
      const data = await loadMatrixData(ports, owner, from, matrixNeeds(config, ENTRIES, "SPY"));
      starts.set(data, start);
      return data;
    },
    specOf,
    sha: (data) => matrixSha(specOf(data)),
    last(data, column) {
      const { info, features } = buildMatrix(specOf(data), data);
      return features[info.features.findIndex(({ name }) => name === column)]!.at(-1)!;
    },
  };
}

const historyOf = (data: MatrixData, tenor = "30:auto") => data.ivHistory!.byTenor.get(tenor)!;
const presentOnly = (now: number): Place => {
  const place = createPlace(now);
  delete (place.vendor.source as { pastChains?: unknown }).pastChains;
  return place;
};

describe("the history of implied volatility that a build reads", () => {
  it("comes from chains the first time and from the store afterwards, with the same bytes and the same name", async () => {
    const place = createPlace(nyTime(20240711, 12));
    const first = await place.load("2024-07-08", "2024-07-11");
    // Chains of the rows and the session before, and of the 253 before the first row with two that say whether a price is stale.
    expect(place.asked()).toBe(3 + 253 + 2);
    const history = historyOf(first);
    expect(history.length).toBe(253 + 2);
    expect(history.session.at(-1)).toBe(20240709);
    for (let i = 0; i < history.length; i++) expect(history.value[i]).toBeCloseTo(ivOn(history.session[i]!), 12);
    expect([...history.knownAt]).toEqual(Array.from(history.session, (session) => NYSE.closeOf(session)));

    // Without the copies of the chains the vendor would have to be asked again.
    for (const key of (await place.artifacts.list("owners/local/data/fake/SPY/option_chains/", { limit: 1000 })).keys)
      await place.artifacts.remove(key);
    const before = place.asked();
    const second = await place.load("2024-07-08", "2024-07-11");
    expect(place.asked() - before).toBe(4);
    expect(second.ivHistory).toEqual(first.ivHistory);
    expect(place.sha(second)).toBe(place.sha(first));
    expect(place.last(second, "iv_percentile_52w_30")).toBeGreaterThan(0);
    expect(place.last(second, "iv_percentile_52w_30")).toBe(place.last(first, "iv_percentile_52w_30"));
  });

  it("asks for the chains of those sessions only that the store lacks", async () => {
    const place = createPlace(nyTime(20240711, 12));
    await place.load("2024-07-02", "2024-07-09");
    const before = place.asked();
    const more = await place.load("2024-07-02", "2024-07-11");
    expect(place.asked() - before).toBe(2);
    expect(historyOf(more).session.at(-1)).toBe(20240709);
  });

  it("has a value of no session before it is complete, and of the last row's session never", async () => {
    const place = presentOnly(nyTime(20240708, 16, 14));
    await place.load("2024-07-08", null);
    const stored = async (): Promise<readonly string[]> => (await place.artifacts.list("owners/local/data/iv/", { limit: 10 })).keys;
    const wrote = async (): Promise<boolean> =>
      (await Promise.all((await stored()).map(async (key) => new TextDecoder().decode((await place.artifacts.get(key)).bytes)))).some(
        (text) => text.includes("20240708"),
      );
    expect(await wrote()).toBe(false);
    place.vendor.now = nyTime(20240708, 16, 15);
    const after = await place.load("2024-07-08", null);
    expect(await wrote()).toBe(true);
    expect([...historyOf(after).session]).toEqual([]);
  });

  it("is one owner's own", async () => {
    const place = createPlace(nyTime(20240711, 12));
    await place.load("2024-07-08", "2024-07-11");
    const before = place.asked();
    await place.load("2024-07-08", "2024-07-11", "another");
    expect(place.asked() - before).toBe(before);
    const keys = (await place.artifacts.list("owners/another/data/iv/", { limit: 10 })).keys;
    expect(keys).toEqual(["2023", "2024"].map((year) => `owners/another/data/iv/fake/SPY/atm_iv.30.auto.v1/${year}.json`));
  });

  it("gives the matrix another name when it has grown a value that a row may use, and no other change does", async () => {
    const place = presentOnly(nyTime(20240708, 17));
    await place.load("2024-07-08", null);
    place.vendor.now = nyTime(20240709, 17);
    const hole = await place.load("2024-07-09", "2024-07-11");
    place.vendor.now = nyTime(20240710, 17);
    const same = await place.load("2024-07-09", "2024-07-10");
    expect(place.sha(same)).toBe(place.sha(hole));
    const grown = await place.load("2024-07-09", "2024-07-11");
    expect([...historyOf(hole).session]).toEqual([20240708]);
    expect([...historyOf(grown).session]).toEqual([20240708, 20240709]);
    expect(grown.ivHistory!.facts.fingerprint).not.toBe(hole.ivHistory!.facts.fingerprint);
  });

  it("says of a matrix what its chains were made of, wherever the numbers came from", async () => {
    const place = createPlace(nyTime(20240711, 12));
    const first = await place.load("2024-07-08", "2024-07-11");
    expect(first.ivHistory!.facts).toMatchObject({ provider: "fake", stamps: ["near_expiries", "rebuilt"], simulation: null });
    expect((await place.load("2024-07-08", "2024-07-11")).ivHistory!.facts).toEqual(first.ivHistory!.facts);
  });

  it("grows with a vendor that has today's chain only, until 60 % of the sessions are there", async () => {
    const place = presentOnly(nyTime(20240610, 17));
    const known: Record<string, number> = {};
    let session = 20240610;
    for (let day = 1; day <= 154; day++) {
      place.vendor.now = nyTime(session, 17);
      const data = await place.load(formatDate(session), null);
      expect(historyOf(data).length).toBe(day - 1);
      for (const column of ["atm_iv_zscore_20_30", "iv_percentile_52w_30"])
        if (!Number.isNaN(place.last(data, column))) known[column] ??= day;
      session = NYSE.addSessions(session, 1);
    }
    // At 16:00 the row knows the chain of the session before, whose past needs 12 of 20 and 152 of 252 sessions before it.
    expect(known).toEqual({ atm_iv_zscore_20_30: 12 + 2, iv_percentile_52w_30: 152 + 2 });
  }, 120_000);

  it("is put on the list of series that grow every day, once", async () => {
    const place = createPlace(nyTime(20240711, 12));
    await place.load("2024-07-08", "2024-07-11");
    await place.load("2024-07-08", "2024-07-11", "another");
    const { series } = await listWatchedIvSeries(place.metadata, { after: null, limit: 10, now: place.vendor.now });
    const request = { provider: "fake", symbol: "SPY", tenor: { days: 30, source: "auto" } };
    expect(series.map(({ id }) => id)).toEqual([
      { owner: "another", ...request },
      { owner: OWNER, ...request },
    ]);
  });

  /** The data with a history of which every value becomes known so much later. */
  const delayed = (data: MatrixData, byMs: number): MatrixData => {
    const { knownAt, ...history } = historyOf(data);
    const late = { ...history, knownAt: knownAt.map((at) => at + byMs) };
    return { ...data, ivHistory: { ...data.ivHistory!, byTenor: new Map([["30:auto", late]]) } };
  };

  it("tells a row what was known by its decision alone", async () => {
    const place = createPlace(nyTime(20240711, 12));
    const data = await place.load("2024-07-08", "2024-07-11");
    const spec = place.specOf(data);
    const scores = (of: MatrixData): number => buildMatrix(spec, of).features[0]!.at(-1)!;
    const history = historyOf(data);
    const lateBy = (session: number, at: number): MatrixData => {
      const knownAt = history.knownAt.map((known, i) => (history.session[i] === session ? at : known));
      return { ...data, ivHistory: { ...data.ivHistory!, byTenor: new Map([["30:auto", { ...history, knownAt }]]) } };
    };
    // The last row's chain was known at the close of July 10, and so is its decision.
    expect(scores(lateBy(20240709, NYSE.closeOf(20240710)))).toBe(scores(data));
    expect(scores(lateBy(20240709, NYSE.closeOf(20240710) + 1))).not.toBe(scores(data));
  });

  it("passes the leak test, which catches a reader that does not ask when a value was known", async () => {
    const place = createPlace(nyTime(20240711, 12));
    const loaded = await place.load("2024-07-01", "2024-07-11");
    const spec = place.specOf(loaded);
    const data = delayed(loaded, 2 * 86_400_000);
    const check = async (build: TableBuilder): Promise<string[]> => {
      const { data: known, table } = prepareMatrix(spec, data, build);
      return (await checkLeakage(spec, known, table, build)).leaks.map(({ column }) => column);
    };
    expect(await check(buildTable)).toEqual([]);
    expect(await check((asked, known) => buildTable(asked, delayed(known, -2 * 86_400_000)))).toEqual([
      "atm_iv_zscore_20_30",
      "iv_percentile_52w_30",
    ]);
  });
});
