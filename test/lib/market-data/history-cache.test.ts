import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { barsRequest, cacheOf, type FakeVendor, fakeVendor, nyTime } from "./cache/fake-source.ts";

const datesOf = (series: PriceSeries | undefined): number[] => [...new Set(Array.from(series?.bars.start ?? [], sessionDateOf))];
const barCalls = ({ calls }: FakeVendor): string[] => calls.filter((call) => call.startsWith("bars"));
const july = barsRequest("2024-07-01", "2024-08-01");
/** The weekend after 2024-08-02. */
const AUGUST = nyTime(20240803, 12);

async function keysBelow(artifacts: ArtifactStore, prefix = "owners/"): Promise<string[]> {
  return [...(await artifacts.list(prefix)).keys];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sigma-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ["in memory", () => createMemoryArtifactStore()],
  ["in a folder", () => createFsArtifactStore({ root: folder })],
])("cachedProvider over artifacts %s", (_, createStore) => {
  let artifacts: ArtifactStore;
  beforeEach(() => {
    artifacts = createStore();
  });

  it("stores a month as one Parquet file and one manifest under its owner", async () => {
    const vendor = fakeVendor(AUGUST);
    const series = await cacheOf(vendor, artifacts).bars(july);
    expect(series?.bars.length).toBe(22);
    expect(() => checkBars(series!.bars)).not.toThrow();
    expect(series?.facts).toEqual({ provider: "fake", fingerprint: fingerprintOf(series!.bars), stamps: [], simulation: null });
    expect(await keysBelow(artifacts)).toEqual([
      "owners/local/data/fake/SPY/actions.json",
      expect.stringMatching(/^owners\/local\/data\/fake\/SPY\/daily\/2024-07\.[0-9a-f]{16}\.parquet$/),
      "owners/local/data/fake/SPY/daily/2024-07.json",
    ]);
  });

  it("downloads nothing for the same question a second time, in this process and in another", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    const first = await cache.bars(july);
    expect(vendor.calls).toEqual(["bars daily 20240701-20240731", "actions SPY"]);
    expect(await cache.bars(july)).toEqual(first);
    expect(await cacheOf(vendor, artifacts).bars(july)).toEqual(first);
    expect(vendor.calls).toHaveLength(2);
    // Weeks later it is still the same answer, although the vendor has other numbers by now.
    vendor.now = nyTime(20240930, 12);
    vendor.shift = 5;
    expect(await cacheOf(vendor, artifacts).bars(july)).toEqual(first);
    expect(barCalls(vendor)).toHaveLength(1);
  });

  it("answers for a part of what it has without a download, and changes no bar by it", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    const whole = await cache.bars(july);
    const part = await cache.bars(barsRequest("2024-07-09", "2024-07-11"));
    expect(datesOf(part)).toEqual([20240709, 20240710]);
    expect(part!.bars.close[0]).toBe(whole!.bars.close[datesOf(whole).indexOf(20240709)]);
    expect(barCalls(vendor)).toHaveLength(1);
  });

  it("shares one download among questions that are asked at the same time", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    const answers = await Promise.all([july, july, barsRequest("2024-07-15", "2024-07-20"), july].map((request) => cache.bars(request)));
    expect(answers[1]).toEqual(answers[0]);
    expect(datesOf(answers[2])).toEqual([20240715, 20240716, 20240717, 20240718, 20240719]);
    expect(vendor.calls).toEqual(["bars daily 20240701-20240731", "actions SPY"]);
  });

  it("shares one download among processes that ask at the same time", async () => {
    const vendor = fakeVendor(AUGUST);
    vendor.before = () => new Promise((done) => setTimeout(done, 20));
    const answers = await Promise.all([1, 2, 3].map(() => cacheOf(vendor, artifacts).bars(july)));
    expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240731"]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await keysBelow(artifacts)).filter((key) => key.endsWith(".lease"))).toEqual([]);
  });

  it("fetches anew what was damaged, cut off, or lost its file, and nothing else", async () => {
    const vendor = fakeVendor(AUGUST);
    const first = await cacheOf(vendor, artifacts).bars(barsRequest("2024-06-03", "2024-08-01"));
    const file = (await keysBelow(artifacts)).find((key) => /2024-07.*parquet$/.test(key))!;
    const manifest = "owners/local/data/fake/SPY/daily/2024-07.json";
    const damages: (() => Promise<unknown>)[] = [
      async () => {
        const { bytes } = await artifacts.get(file);
        bytes[bytes.length >> 1]! ^= 1;
        await artifacts.put(file, bytes, "any");
      },
      async () => artifacts.put(file, new Uint8Array(0), "any"),
      async () => artifacts.remove(file),
      async () => artifacts.put(manifest, new TextEncoder().encode("{"), "any"),
      async () => artifacts.put(manifest, new TextEncoder().encode('{"schema_version":1,"header":{},"files":[]}'), "any"),
      async () => {
        // The manifest of another month, whole in itself.
        const { bytes } = await artifacts.get("owners/local/data/fake/SPY/daily/2024-06.json");
        await artifacts.put(manifest, bytes, "any");
      },
    ];
    for (const damage of damages) {
      vendor.calls.length = 0;
      await damage();
      expect(await cacheOf(vendor, artifacts).bars(barsRequest("2024-06-03", "2024-08-01"))).toEqual(first);
      expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240731"]);
      vendor.calls.length = 0;
      expect(await cacheOf(vendor, artifacts).bars(barsRequest("2024-06-03", "2024-08-01"))).toEqual(first);
      expect(vendor.calls).toEqual([]);
    }
  });
});

describe("cachedProvider", () => {
  let artifacts: ArtifactStore;
  beforeEach(() => {
    artifacts = createMemoryArtifactStore();
  });

  it("keeps each owner's copies to the owner", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    await cache.bars(july);
    await cache.bars({ ...july, owner: "somebody" });
    expect(barCalls(vendor)).toHaveLength(2);
    expect((await keysBelow(artifacts, "owners/somebody/")).length).toBe(3);
    for (const owner of ["..", "a/b", ""]) await expect(cache.bars({ ...july, owner })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(cache.bars({ ...july, symbol: "../x" })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("extends a running month by the sessions that have ended since", async () => {
    const vendor = fakeVendor(nyTime(20240709, 12));
    await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null));
    vendor.now = nyTime(20240712, 7);
    vendor.calls.length = 0;
    const series = await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null));
    expect(datesOf(series)).toEqual([20240701, 20240702, 20240703, 20240705, 20240708, 20240709, 20240710, 20240711]);
    expect(barCalls(vendor)).toEqual(["bars daily 20240709-20240711"]);
    // The file that it replaces is gone.
    expect((await keysBelow(artifacts)).filter((key) => key.endsWith(".parquet"))).toHaveLength(1);
  });

  it("asks for months that follow each other at once, and stores each on its own", async () => {
    const vendor = fakeVendor(AUGUST);
    await cacheOf(vendor, artifacts).bars(barsRequest("2023-01-03", "2024-08-01"));
    expect(barCalls(vendor)).toEqual(["bars daily 20230103-20240731"]);
    expect((await keysBelow(artifacts)).filter((key) => /daily\/\d{4}-\d\d\.json$/.test(key))).toHaveLength(19);
    const intraday = fakeVendor(AUGUST);
    await cacheOf(intraday, artifacts).bars(barsRequest("2024-03-01", "2024-08-01", { cadence: "15m" }));
    expect(barCalls(intraday)).toEqual(["bars 15m 20240301-20240430", "bars 15m 20240501-20240628", "bars 15m 20240701-20240731"]);
  });

  it("fetches a month from its first session, so that an earlier start needs no second download", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    expect(datesOf(await cache.bars(barsRequest("2024-07-29", "2024-08-01")))).toEqual([20240729, 20240730, 20240731]);
    expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240731"]);
    await cache.bars(july);
    expect(barCalls(vendor)).toHaveLength(1);
  });

  it("fetches from the start that was asked for where the plan includes no earlier one", async () => {
    const vendor = fakeVendor(AUGUST);
    vendor.withheld.add(20240702);
    const cache = cacheOf(vendor, artifacts);
    const from8 = barsRequest("2024-07-08", "2024-08-01");
    expect(datesOf(await cache.bars(from8))[0]).toBe(20240708);
    expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240731", "bars daily 20240708-20240731"]);
    await cache.bars(from8);
    expect(barCalls(vendor)).toHaveLength(2);
    await expect(cache.bars(july)).rejects.toMatchObject({ code: "DATA_UNAVAILABLE", facts: { reason: "entitlement" } });
    // What was there is still there.
    vendor.calls.length = 0;
    expect(datesOf(await cache.bars(from8))[0]).toBe(20240708);
    expect(barCalls(vendor)).toEqual([]);
  });

  describe("and the session that is under way", () => {
    it("serves the bars that have ended, asks each time, and stores none", async () => {
      const vendor = fakeVendor(nyTime(20240709, 10, 40));
      const cache = cacheOf(vendor, artifacts);
      const today = barsRequest("2024-07-08", null, { cadence: "15m" });
      const first = await cache.bars(today);
      // 09:30 to 10:30 on the 9th: four bars of a quarter beside the 26 of the 8th.
      expect(first?.bars.length).toBe(30);
      expect(barCalls(vendor)).toEqual(["bars 15m 20240701-20240708", "bars 15m 20240709-20240709"]);
      vendor.now = nyTime(20240709, 10, 45);
      expect((await cache.bars(today))?.bars.length).toBe(31);
      expect(barCalls(vendor).slice(2)).toEqual(["bars 15m 20240709-20240709"]);
      const manifest = JSON.parse(new TextDecoder().decode((await artifacts.get("owners/local/data/fake/SPY/15m/2024-07.json")).bytes));
      expect(manifest.header).toMatchObject({ from: 20240701, through: 20240708 });
    });

    it.each([
      [20240709, 16, 14, false],
      [20240709, 16, 15, true],
      // 2024-07-03 ends at 13:00.
      [20240703, 13, 14, false],
      [20240703, 13, 15, true],
    ])("%i at %i:%i counts as history: %j", async (date, hour, minute, isHistory) => {
      const vendor = fakeVendor(nyTime(date, hour, minute));
      const series = await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null));
      expect(datesOf(series).at(-1)).toBe(date);
      vendor.calls.length = 0;
      await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null));
      expect(barCalls(vendor)).toEqual(isHistory ? [] : [`bars daily ${date}-${date}`]);
    });

    it("is not asked for a daily bar before its close, nor for anything before its open", async () => {
      const vendor = fakeVendor(nyTime(20240709, 15, 59));
      expect(datesOf(await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null))).at(-1)).toBe(20240708);
      vendor.now = nyTime(20240709, 9, 29);
      await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-01", null, { cadence: "5m" }));
      expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240708", "bars 5m 20240701-20240708"]);
    });

    it("is no history while the vendor's data come late, although the clock is past its close", async () => {
      const vendor = fakeVendor(nyTime(20240709, 16, 20));
      vendor.delayMs = 30 * 60_000;
      const cache = cacheOf(vendor, artifacts);
      const request = barsRequest("2024-07-08", null, { cadence: "hourly" });
      expect((await cache.bars(request))?.bars.length).toBe(13);
      vendor.now = nyTime(20240709, 16, 30);
      expect((await cache.bars(request))?.bars.length).toBe(14);
      vendor.calls.length = 0;
      expect((await cache.bars(request))?.bars.length).toBe(14);
      expect(barCalls(vendor)).toEqual([]);
    });

    it("is left out, not refused, when the plan ends with yesterday; after that it is history like any other", async () => {
      const vendor = fakeVendor(nyTime(20240709, 17));
      vendor.withheld.add(20240709);
      const request = barsRequest("2024-07-01", null);
      expect(datesOf(await cacheOf(vendor, artifacts).bars(request)).at(-1)).toBe(20240708);
      expect(barCalls(vendor)).toEqual(["bars daily 20240701-20240708", "bars daily 20240709-20240709"]);
      vendor.withheld.clear();
      vendor.now = nyTime(20240710, 8);
      expect(datesOf(await cacheOf(vendor, artifacts).bars(request)).at(-1)).toBe(20240709);
      expect(barCalls(vendor).slice(2)).toEqual(["bars daily 20240709-20240709"]);
    });

    it("never reaches into the future", async () => {
      const vendor = fakeVendor(nyTime(20240709, 17));
      expect(datesOf(await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-08", "2025-01-01")))).toEqual([20240708, 20240709]);
      expect(await cacheOf(vendor, artifacts).bars(barsRequest("2024-07-10", "2025-01-01"))).toBeUndefined();
    });
  });

  describe("and sessions without data", () => {
    it("asks again for a hole of the last days, and stores nothing behind it", async () => {
      const vendor = fakeVendor(nyTime(20240712, 18));
      vendor.holes.add(20240710);
      const request = barsRequest("2024-07-01", null);
      const first = await cacheOf(vendor, artifacts).bars(request);
      expect(datesOf(first).slice(-3)).toEqual([20240709, 20240711, 20240712]);
      // The vendor repairs it.
      vendor.holes.clear();
      vendor.calls.length = 0;
      const second = await cacheOf(vendor, artifacts).bars(request);
      expect(datesOf(second).slice(-3)).toEqual([20240710, 20240711, 20240712]);
      expect(barCalls(vendor)).toEqual(["bars daily 20240710-20240711", "bars daily 20240712-20240712"]);
      vendor.calls.length = 0;
      expect(await cacheOf(vendor, artifacts).bars(request)).toEqual(second);
      expect(barCalls(vendor)).toEqual([]);
    });

    it("stores no later session of a month that begins with a hole of the last days", async () => {
      const vendor = fakeVendor(nyTime(20240703, 18));
      vendor.holes.add(20240701);
      const series = await cacheOf(vendor, artifacts).bars(july);
      expect(datesOf(series)).toEqual([20240702, 20240703]);
      expect((await keysBelow(artifacts)).filter((key) => key.includes("2024-07"))).toEqual([]);
    });

    it("does not take an empty month's word for another month", async () => {
      const vendor = fakeVendor(AUGUST);
      const nobody = (start: string, end: string) => ({ ...july, symbol: "NOBODY", window: { start, end } });
      await cacheOf(vendor, artifacts).bars(nobody("2024-05-01", "2024-06-01"));
      const { bytes } = await artifacts.get("owners/local/data/fake/NOBODY/daily/2024-05.json");
      await artifacts.put("owners/local/data/fake/NOBODY/daily/2024-06.json", bytes, "any");
      vendor.calls.length = 0;
      await cacheOf(vendor, artifacts).bars(nobody("2024-06-03", "2024-07-01"));
      expect(barCalls(vendor)).toEqual(["bars daily 20240603-20240628"]);
    });

    it("takes a hole for good after a week, and asks no more", async () => {
      const vendor = fakeVendor(nyTime(20240718, 18));
      vendor.holes.add(20240710);
      const request = barsRequest("2024-07-01", "2024-07-18");
      const first = await cacheOf(vendor, artifacts).bars(request);
      expect(datesOf(first)).not.toContain(20240710);
      vendor.calls.length = 0;
      expect(await cacheOf(vendor, artifacts).bars(request)).toEqual(first);
      expect(barCalls(vendor)).toEqual([]);
    });

    it("remembers that there is nothing of a symbol, and has no series of it", async () => {
      const vendor = fakeVendor(AUGUST);
      const nobody = { ...july, symbol: "NOBODY", window: { start: "2024-06-03", end: "2024-07-01" } };
      expect(await cacheOf(vendor, artifacts).bars(nobody)).toBeUndefined();
      expect(await cacheOf(vendor, artifacts).bars(nobody)).toBeUndefined();
      expect(vendor.calls).toEqual(["bars daily 20240603-20240628"]);
      expect(await cacheOf(vendor, artifacts).bars({ ...july, symbol: "NO:SUCH" })).toBeUndefined();
      expect(vendor.calls).toHaveLength(1);
    });
  });

  describe("asked for all there is", () => {
    it("begins where the plan began when it was asked first, and finds that out once", async () => {
      const vendor = fakeVendor(AUGUST);
      const all = barsRequest(null, "2024-08-01");
      const first = await cacheOf(vendor, artifacts).bars(all);
      expect(datesOf(first)[0]).toBe(20240603);
      vendor.source.firstSession = async () => 20240701;
      expect(await cacheOf(vendor, artifacts).bars(all)).toEqual(first);
      // An earlier explicit start changes nothing of that.
      await cacheOf(vendor, artifacts).bars(barsRequest("2024-05-01", "2024-08-01"));
      expect(await cacheOf(vendor, artifacts).bars(all)).toEqual(first);
    });
  });

  it("refuses windows that are none before it asks", async () => {
    const vendor = fakeVendor(AUGUST);
    const cache = cacheOf(vendor, artifacts);
    for (const window of [
      { start: "2024-07-01", end: "2024-07-01" },
      { start: "2024-07-32", end: null },
      { start: "1980-01-01", end: null },
    ])
      await expect(cache.bars({ ...july, window })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    expect(vendor.calls).toEqual([]);
  });

  describe("when it is stopped", () => {
    it("has at every moment what was finished, and goes on from there", async () => {
      const vendor = fakeVendor(AUGUST);
      const request = barsRequest("2024-01-02", "2024-08-01", { cadence: "hourly" });
      vendor.before = (call) => {
        if (call === "bars hourly 20240501-20240628") throw new Error("killed");
      };
      await expect(cacheOf(vendor, artifacts).bars(request)).rejects.toThrow("killed");
      expect((await keysBelow(artifacts)).filter((key) => /hourly\/\d{4}-\d\d\.json$/.test(key))).toHaveLength(4);
      vendor.before = () => {};
      vendor.calls.length = 0;
      const series = await cacheOf(vendor, artifacts).bars(request);
      expect(barCalls(vendor)).toEqual(["bars hourly 20240501-20240628", "bars hourly 20240701-20240731"]);
      expect(datesOf(series)).toEqual(NYSE.sessionsBetween(20240102, 20240801));
    });

    it("leaves no month that names a file which is not there, at whichever write it stops", async () => {
      for (let stopAt = 0; stopAt < 3; stopAt++) {
        const store = createMemoryArtifactStore();
        let writes = 0;
        const stopping: ArtifactStore = {
          ...store,
          put: (key, bytes, condition) => {
            if (key.endsWith(".lease") || writes++ < stopAt) return store.put(key, bytes, condition);
            return Promise.reject(new Error("killed"));
          },
        };
        const vendor = fakeVendor(AUGUST);
        await expect(cacheOf(vendor, stopping).bars(july)).rejects.toThrow("killed");
        const manifests = (await keysBelow(store)).filter((key) => key.endsWith(".json"));
        for (const key of manifests) {
          const { files } = JSON.parse(new TextDecoder().decode((await store.get(key)).bytes)) as {
            files: { key: string; sha256: string }[];
          };
          for (const file of files) await expect(store.get(file.key, file.sha256)).resolves.toBeDefined();
        }
        expect((await cacheOf(vendor, store).bars(july))?.bars.length).toBe(22);
      }
    });

    it("takes over from a process that died while it downloaded", async () => {
      const vendor = fakeVendor(AUGUST);
      await artifacts.put("owners/local/data/fake/SPY/daily.lease", new TextEncoder().encode("{}"), "absent");
      expect((await cacheOf(vendor, artifacts).bars(july))?.bars.length).toBe(22);
      expect((await keysBelow(artifacts)).filter((key) => key.endsWith(".lease"))).toEqual([]);
    });
  });

  it("stores nothing that breaks the rules of bars", async () => {
    const vendor = fakeVendor(AUGUST);
    const { bars } = vendor.source;
    vendor.source.bars = async (query) => {
      const answer = await bars(query);
      return { ...answer, data: { ...answer.data, high: answer.data.high.map((price, row) => (row === 3 ? 1 : price)) } };
    };
    await expect(cacheOf(vendor, artifacts).bars(july)).rejects.toMatchObject({ code: "DATA_INVALID" });
    expect((await keysBelow(artifacts)).filter((key) => key.includes("daily/"))).toEqual([]);
  });
});
