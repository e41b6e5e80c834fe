import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { ChainsRequest, SessionRequest } from "#lib/ports/market-data.ts";
import { cacheOf, fakeVendor, nyTime } from "./fake-source.ts";

const who = { owner: "local", provider: "fake", symbol: "SPY" };
const ask = (session: number): SessionRequest => ({ ...who, session, expiry: session });

let artifacts: ArtifactStore;
beforeEach(() => {
  artifacts = createMemoryArtifactStore();
});
const keys = async (): Promise<string[]> => [...(await artifacts.list("owners/")).keys];

describe.each(["optionBars", "optionTape", "underlyingTape"] as const)("cached %s", (method) => {
  it("come back bit for bit, without a second download, in this process and another", async () => {
    const vendor = fakeVendor(nyTime(20240703, 12));
    const first = await cacheOf(vendor, artifacts)[method](ask(20240702));
    expect(first).toBeDefined();
    expect(await cacheOf(vendor, artifacts)[method](ask(20240702))).toEqual(first);
    expect(vendor.calls).toHaveLength(1);
    const [key] = (await keys()).filter((one) => one.endsWith(".json"));
    const name = {
      optionBars: "option_bars/2024-07-02.2024-07-02",
      optionTape: "option_tape/2024-07-02.2024-07-02",
      underlyingTape: "underlying_tape/2024-07-02",
    }[method];
    expect(key).toBe(`owners/local/data/fake/SPY/${name}.json`);
  });

  it("are one download for questions at the same time, of one process and of several", async () => {
    const vendor = fakeVendor(nyTime(20240703, 12));
    vendor.before = () => new Promise((done) => setTimeout(done, 10));
    const caches = [cacheOf(vendor, artifacts), cacheOf(vendor, artifacts)];
    await Promise.all([...caches, ...caches].map((cache) => cache[method](ask(20240702))));
    expect(vendor.calls).toHaveLength(1);
  });

  it("of the session under way are asked for each time and stored when it has ended", async () => {
    const vendor = fakeVendor(nyTime(20240702, 16, 14));
    const cache = cacheOf(vendor, artifacts);
    await cache[method](ask(20240702));
    await cache[method](ask(20240702));
    expect(vendor.calls).toHaveLength(2);
    expect(await keys()).toEqual([]);
    vendor.now = nyTime(20240702, 16, 15);
    await cache[method](ask(20240702));
    await cache[method](ask(20240702));
    expect(vendor.calls).toHaveLength(3);
  });

  it("are not stored while the vendor's data do not reach the close", async () => {
    const vendor = fakeVendor(nyTime(20240702, 16, 20));
    vendor.delayMs = 30 * 60_000;
    await cacheOf(vendor, artifacts)[method](ask(20240702));
    expect(await keys()).toEqual([]);
  });

  it("are fetched anew when a file was damaged", async () => {
    const vendor = fakeVendor(nyTime(20240703, 12));
    const first = await cacheOf(vendor, artifacts)[method](ask(20240702));
    for (const key of (await keys()).filter((one) => one.endsWith(".parquet"))) {
      vendor.calls.length = 0;
      await artifacts.put(key, Uint8Array.of(1, 2, 3), "any");
      expect(await cacheOf(vendor, artifacts)[method](ask(20240702))).toEqual(first);
      expect(await cacheOf(vendor, artifacts)[method](ask(20240702))).toEqual(first);
      expect(vendor.calls).toHaveLength(1);
    }
  });

  it("do not exist of a session to come, and are refused of a day without one", async () => {
    const vendor = fakeVendor(nyTime(20240702, 9, 29));
    const cache = cacheOf(vendor, artifacts);
    expect(await cache[method](ask(20240702))).toBeUndefined();
    expect(await cache[method](ask(20240705))).toBeUndefined();
    await expect(cache[method](ask(20240630))).rejects.toMatchObject({ code: "INVALID_PARAM" });
    expect(vendor.calls).toEqual([]);
  });
});

describe("cached optionBars", () => {
  it("that are empty are asked for again until a week has passed", async () => {
    const vendor = fakeVendor(nyTime(20240709, 12));
    vendor.holes.add(20240702);
    const cache = cacheOf(vendor, artifacts);
    expect((await cache.optionBars(ask(20240702)))?.length).toBe(0);
    await cache.optionBars(ask(20240702));
    expect(vendor.calls).toHaveLength(2);
    vendor.now = nyTime(20240710, 12);
    await cache.optionBars(ask(20240702));
    expect((await cache.optionBars(ask(20240702)))?.length).toBe(0);
    expect(vendor.calls).toHaveLength(3);
  });
});

describe("cached optionChains", () => {
  const window = (start: string | null, end: string | null, changes: Partial<ChainsRequest> = {}): ChainsRequest => ({
    ...who,
    cadence: "daily",
    window: { start, end },
    ...changes,
  });

  it("rebuild past sessions at once, keep each, and say what they lack", async () => {
    const vendor = fakeVendor(nyTime(20240710, 8));
    const first = (await cacheOf(vendor, artifacts).optionChains(window("2024-07-01", "2024-07-06")))!;
    expect(first.snapshots.map(({ sessionDate }) => sessionDate)).toEqual([20240701, 20240702, 20240703, 20240705]);
    expect(first).toMatchObject({ underlying: "SPY", facts: { provider: "fake", stamps: ["near_expiries", "rebuilt"] } });
    expect(await cacheOf(vendor, artifacts).optionChains(window("2024-07-01", "2024-07-06"))).toEqual(first);
    await cacheOf(vendor, artifacts).optionChains(window("2024-07-03", null));
    expect(vendor.calls).toEqual(["chains 20240701-20240705", "chains 20240708-20240709"]);
  });

  it("take the market of now for the session under way, and store none of it", async () => {
    const vendor = fakeVendor(nyTime(20240709, 11));
    const cache = cacheOf(vendor, artifacts);
    const first = (await cache.optionChains(window("2024-07-09", null)))!;
    expect(first.snapshots).toMatchObject([{ sessionDate: 20240709, knownAt: nyTime(20240709, 11) }]);
    expect(first.facts.stamps).toEqual(["near_expiries"]);
    vendor.now = nyTime(20240709, 12);
    expect((await cache.optionChains(window("2024-07-09", null)))?.snapshots[0]?.knownAt).toBe(nyTime(20240709, 12));
    expect(vendor.calls).toEqual(["chain now 20240709", "chain now 20240709"]);
    expect(await keys()).toEqual([]);
  });

  it("keep the market after the close as the session's history, with the open interest that is gone the next day", async () => {
    const vendor = fakeVendor(nyTime(20240709, 16, 30));
    const evening = (await cacheOf(vendor, artifacts).optionChains(window("2024-07-09", null)))!;
    vendor.now = nyTime(20240710, 8);
    const morning = (await cacheOf(vendor, artifacts).optionChains(window("2024-07-09", "2024-07-10")))!;
    expect(morning).toEqual(evening);
    expect(Array.from(morning.snapshots[0]!.openInterest)).toEqual([7, 8]);
    // Nothing decided before it was taken may use it.
    expect(morning.snapshots[0]!.knownAt).toBe(nyTime(20240709, 16, 30));
    expect(vendor.calls).toEqual(["chain now 20240709"]);
  });

  it("leave out the session under way when the plan does not include it", async () => {
    const vendor = fakeVendor(nyTime(20240709, 11));
    vendor.withheld.add(20240709);
    const chains = await cacheOf(vendor, artifacts).optionChains(window("2024-07-08", null));
    expect(chains?.snapshots.map(({ sessionDate }) => sessionDate)).toEqual([20240708]);
    expect(await cacheOf(vendor, artifacts).optionChains(window("2024-07-09", null))).toBeUndefined();
  });

  it("say that there is one a session when more were asked for, and are refused without a start", async () => {
    const vendor = fakeVendor(nyTime(20240710, 8));
    const cache = cacheOf(vendor, artifacts);
    expect((await cache.optionChains(window("2024-07-09", null, { cadence: "15m" })))?.facts.stamps).toEqual([
      "near_expiries",
      "one_chain_a_session",
      "rebuilt",
    ]);
    await expect(cache.optionChains(window(null, null))).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining("Set window.start"),
    });
  });

  it("are none of past sessions where the vendor cannot rebuild them", async () => {
    const vendor = fakeVendor(nyTime(20240710, 11));
    delete (vendor.source as { pastChains?: unknown }).pastChains;
    const cache = cacheOf(vendor, artifacts);
    expect(await cache.optionChains(window("2024-07-01", "2024-07-06"))).toBeUndefined();
    expect((await cache.optionChains(window("2024-07-01", null)))?.snapshots).toHaveLength(1);
  });

  it("are fetched anew when one was damaged, and no other", async () => {
    const vendor = fakeVendor(nyTime(20240710, 8));
    const request = window("2024-07-01", "2024-07-06");
    const first = await cacheOf(vendor, artifacts).optionChains(request);
    const key = (await keys()).find((one) => /2024-07-02.*parquet$/.test(one))!;
    await artifacts.remove(key);
    vendor.calls.length = 0;
    expect(await cacheOf(vendor, artifacts).optionChains(request)).toEqual(first);
    expect(vendor.calls).toEqual(["chains 20240702-20240702"]);
  });
});

describe("cached optionChains of the contracts that expire in their own session", () => {
  const sameDay = (start: string | null, end: string | null): ChainsRequest => ({
    ...who,
    cadence: "hourly",
    window: { start, end },
    sameDayOnly: true,
  });

  it("come from the minute bars that are kept anyway, one snapshot a bar, and no other expiry is asked for", async () => {
    const vendor = fakeVendor(nyTime(20240710, 8));
    const cache = cacheOf(vendor, artifacts);
    await cache.optionBars(ask(20240702));
    const found = (await cache.optionChains(sameDay("2024-07-01", "2024-07-03")))!;
    expect(vendor.calls).toEqual(["option bars 20240702/20240702", "option bars 20240701/20240701"]);
    expect(found.facts).toMatchObject({ provider: "fake", stamps: ["near_expiries", "rebuilt"] });
    // Minutes from 09:30 on: seven bar ends a session.
    expect(found.snapshots.map(({ sessionDate }) => sessionDate)).toEqual([...Array(7).fill(20240701), ...Array(7).fill(20240702)]);
    for (const { sessionDate, expiry } of found.snapshots) expect(new Set(expiry)).toEqual(new Set([sessionDate]));
    expect(await cacheOf(vendor, artifacts).optionChains(sameDay("2024-07-01", "2024-07-03"))).toEqual(found);
    expect(vendor.calls).toHaveLength(2);
  });

  it("hold a session's own snapshot where it was kept, with its open interest, and the market of now", async () => {
    const vendor = fakeVendor(nyTime(20240709, 16, 30));
    await cacheOf(vendor, artifacts).optionChains({ ...sameDay("2024-07-09", null), sameDayOnly: false });
    vendor.now = nyTime(20240710, 11);
    const found = (await cacheOf(vendor, artifacts).optionChains(sameDay("2024-07-09", null)))!;
    expect(found.snapshots.map(({ knownAt }) => knownAt)).toEqual([
      ...[10, 11, 12, 13, 14, 15, 16].map((hour) => nyTime(20240709, hour)),
      nyTime(20240709, 16, 30),
      nyTime(20240710, 11),
    ]);
    expect(Array.from(found.snapshots[7]!.openInterest)).toEqual([7, 8]);
  });

  it("are refused without a start, and none where nothing traded", async () => {
    const vendor = fakeVendor(nyTime(20240710, 8));
    const cache = cacheOf(vendor, artifacts);
    await expect(cache.optionChains(sameDay(null, null))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    vendor.holes.add(20240702);
    expect(await cache.optionChains(sameDay("2024-07-02", "2024-07-03"))).toBeUndefined();
  });
});
