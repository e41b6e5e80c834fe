import { describe, expect, it } from "vitest";
import { createPlanVolatility } from "#functions/plan-volatility/plan-volatility.ts";
import { createRecordVolatility } from "#functions/record-volatility/record-volatility.ts";
import type { StepPorts } from "#functions/shared/ports.ts";
import { SERIES_A_BATCH } from "#functions/shared/volatility-batch.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { HistorySource } from "#lib/market-data/history-source.ts";
import type { IvSeriesId } from "#lib/market-data/iv-store/iv-keys.ts";
import { readIvEntries } from "#lib/market-data/iv-store/iv-store.ts";
import { watchIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { cacheOf, fakeVendor, nyTime } from "../../lib/market-data/cache/fake-source.ts";
import { chainOf, pair } from "../../lib/options/chain/build-chain.ts";

const TUE = 20240709;
const EVENING = nyTime(TUE, 16, 40);
const TICK = "2024-07-09T20:40:00Z";
const idOf = (symbol: string, owner = "local"): IvSeriesId => ({
  owner,
  provider: "fake",
  symbol,
  tenor: { days: 0, source: "auto" },
});

/** A vendor that has today's chain only. */
function createPlace(now = EVENING) {
  const artifacts = createMemoryArtifactStore();
  const vendor = fakeVendor(now, {
    async currentChain(symbol, session) {
      vendor.calls.push(`${symbol} ${session}`);
      await vendor.before(symbol);
      const contracts = [95, 105].flatMap((strike) =>
        pair(strike, { expiry: NYSE.addSessions(session, 20), iv: 0.2 + (session % 10) / 100 }),
      );
      return chainOf(contracts, { sessionDate: session, knownAt: vendor.now, underlyingPrice: 100 + (session % 2) });
    },
  });
  delete (vendor.source as { pastChains?: HistorySource["pastChains"] }).pastChains;
  const clock = { now: () => vendor.now };
  const metadata = createMemoryMetadataStore({ clock });
  const ports = { artifacts, metadata, clock, marketData: createMarketData([cacheOf(vendor, artifacts)]) } as unknown as StepPorts;
  const plan = (runId = `volatility_${TICK}`) => createPlanVolatility(ports)({ run_id: runId, owner: "system", tick: TICK });
  return {
    vendor,
    watch: (id: IvSeriesId, at = vendor.now) => watchIvSeries(metadata, id, at),
    plan,
    async record() {
      const { batches } = await plan();
      return Promise.all(batches.map((batch) => createRecordVolatility(ports)({ run_id: `volatility_${TICK}`, batch })));
    },
    /** Sessions with a known value, each with the moment of its snapshot. */
    values: async (id: IvSeriesId) =>
      (await readIvEntries(artifacts, id, 20240101, 20241231))
        .filter(({ value }) => value !== null)
        .map(({ session, value, known_at }): [number, number, number] => [session, value!, known_at!]),
  };
}

describe("createRecordVolatility", () => {
  it("adds the day's volatility to every series that is read, of every owner, with the moment of its snapshot", async () => {
    const place = createPlace();
    for (const id of [idOf("SPY"), idOf("QQQ"), idOf("SPY", "another")]) await place.watch(id);
    expect(await place.record()).toEqual([{ session: "2024-07-09", series: 3, recorded: 3, unknown: 0, failed: [] }]);
    for (const id of [idOf("SPY"), idOf("QQQ"), idOf("SPY", "another")]) {
      expect(await place.values(id)).toEqual([[TUE, expect.closeTo(0.29, 12), EVENING]]);
    }
  });

  it("grows a series day by day, and a tick that comes twice changes nothing", async () => {
    const place = createPlace();
    await place.watch(idOf("SPY"));
    for (const session of [20240709, 20240710, 20240711]) {
      place.vendor.now = nyTime(session, 16, 40);
      await place.record();
    }
    const before = await place.values(idOf("SPY"));
    expect(before.map(([session]) => session)).toEqual([20240709, 20240710, 20240711]);
    const calls = place.vendor.calls.length;
    expect(await place.record()).toEqual([{ session: "2024-07-11", series: 1, recorded: 0, unknown: 0, failed: [] }]);
    expect(await place.values(idOf("SPY"))).toEqual(before);
    expect(place.vendor.calls).toHaveLength(calls);
  });

  it("never records a session that is not over: before the close it looks at the one before", async () => {
    const place = createPlace(nyTime(TUE, 15, 30));
    await place.watch(idOf("SPY"));
    expect(await place.record()).toMatchObject([{ session: "2024-07-08", recorded: 0 }]);
    expect(await place.values(idOf("SPY"))).toEqual([]);
  });

  it("tells what could not be read, and lets the other series grow", async () => {
    const place = createPlace();
    for (const symbol of ["AAA", "BBB", "CCC"]) await place.watch(idOf(symbol));
    place.vendor.before = (symbol) => {
      if (symbol === "BBB") throw new SigmaError("CONFIG_INVALID", "No key.", {});
    };
    expect(await place.record()).toEqual([
      { session: "2024-07-09", series: 3, recorded: 2, unknown: 0, failed: [{ provider: "fake", symbol: "BBB", code: "CONFIG_INVALID" }] },
    ]);
  });

  it("is tried again for what may pass, after the others have been recorded", async () => {
    const place = createPlace();
    for (const symbol of ["AAA", "BBB", "CCC"]) await place.watch(idOf(symbol));
    place.vendor.before = (symbol) => {
      if (symbol === "AAA") throw new SigmaError("STORE_UNAVAILABLE", "Not now.", {});
    };
    await expect(place.record()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await place.values(idOf("CCC"))).toHaveLength(1);
    place.vendor.before = () => {};
    expect(await place.record()).toMatchObject([{ recorded: 1, failed: [] }]);
  });
});

describe("createPlanVolatility", () => {
  it("lists every series once, in batches", async () => {
    const place = createPlace();
    for (let k = 0; k < 2 * SERIES_A_BATCH + 3; k++) await place.watch(idOf(`S${String(k).padStart(2, "0")}`));
    const { batches, series, left_out } = await place.plan();
    expect([batches.map(({ number }) => number), series, left_out]).toEqual([[0, 1, 2], 2 * SERIES_A_BATCH + 3, false]);
    const recorded = await place.record();
    expect(recorded.map((one) => [one.series, one.recorded])).toEqual([
      [10, 10],
      [10, 10],
      [3, 3],
    ]);
  });

  it("passes over what nobody has read for 400 days, until somebody does again", async () => {
    const place = createPlace();
    await place.watch(idOf("SPY"));
    place.vendor.now += 400 * 86_400_000;
    expect(await place.plan()).toMatchObject({ series: 1 });
    place.vendor.now += 86_400_000;
    expect(await place.plan("volatility_2")).toMatchObject({ batches: [], series: 0 });
    await place.watch(idOf("SPY"));
    expect(await place.plan("volatility_3")).toMatchObject({ series: 1 });
  });

  it("refuses to watch what could not become a key", async () => {
    const place = createPlace();
    await expect(place.watch({ ...idOf("SPY"), owner: "a#b" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(place.watch(idOf("../SPY"))).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });
});
