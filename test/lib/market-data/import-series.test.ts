import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { fingerprintOf } from "#lib/market-data/fingerprint.ts";
import { type ImportRequest, importSeries } from "#lib/market-data/import-series.ts";
import { listImportedSeries, readImportedSeries } from "#lib/market-data/imported-series.ts";
import { seriesPrefix } from "#lib/market-data/series-keys.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { printCsv, someBars } from "./some-bars.ts";

function request(rows = 5, changes: Partial<ImportRequest> = {}): ImportRequest {
  const symbol = changes.symbol ?? "QQQ";
  const csv = printCsv(someBars(rows));
  const parsed = parseCsvBars(csv, { symbol, cadence: "daily" });
  return { owner: "local", symbol, cadence: "daily", parsed, source: { name: "qqq.csv", sha256: sha256(csv) }, ...changes };
}

const allKeys = async (store: ArtifactStore): Promise<readonly string[]> => (await store.list("owners/")).keys;

describe("importSeries", () => {
  it("stores the bars under their owner and fingerprint, and a manifest that says what they are", async () => {
    const store = createMemoryArtifactStore();
    const { manifest, outcome } = await importSeries(store, request());
    const fingerprint = fingerprintOf(request().parsed.bars);
    expect(outcome).toBe("created");
    expect(manifest).toMatchObject({
      schema_version: 1,
      symbol: "QQQ",
      cadence: "daily",
      rows: 5,
      first_session: "2024-07-01",
      last_session: "2024-07-08",
      fingerprint,
      source: { name: "qqq.csv", sha256: request().source.sha256 },
      stamps: [],
      notes: [],
    });
    expect(await allKeys(store)).toEqual([
      `owners/local/data/files/QQQ/daily/${fingerprint}.parquet`,
      "owners/local/data/files/QQQ/daily/manifest.json",
    ]);
    const series = await readImportedSeries(store, "local", "QQQ", "daily");
    expect(series?.bars).toEqual(request().parsed.bars);
    expect(series?.facts).toEqual({ provider: "files", fingerprint, stamps: [], simulation: null });
  });

  it("changes nothing when the same bars come again", async () => {
    const store = createMemoryArtifactStore();
    await importSeries(store, request());
    const before = await store.get("owners/local/data/files/QQQ/daily/manifest.json");
    expect((await importSeries(store, request())).outcome).toBe("unchanged");
    expect(await store.get("owners/local/data/files/QQQ/daily/manifest.json")).toEqual(before);
  });

  it("replaces other bars of the same name", async () => {
    const store = createMemoryArtifactStore();
    await importSeries(store, request(5));
    expect((await importSeries(store, request(8))).outcome).toBe("replaced");
    expect((await readImportedSeries(store, "local", "QQQ", "daily"))?.bars.length).toBe(8);
  });

  it("leaves the earlier series in place when it stops before the manifest", async () => {
    const store = createMemoryArtifactStore();
    await importSeries(store, request(5));
    const failing: ArtifactStore = {
      ...store,
      put: async (key, bytes, condition) => {
        if (key.endsWith("manifest.json")) throw new Error("killed");
        return store.put(key, bytes, condition);
      },
    };
    await expect(importSeries(failing, request(8))).rejects.toThrow("killed");
    expect((await readImportedSeries(store, "local", "QQQ", "daily"))?.bars.length).toBe(5);
    expect((await importSeries(store, request(8))).outcome).toBe("replaced");
  });

  it("gives one winner and no mixture when two imports race", async () => {
    const store = createMemoryArtifactStore();
    const outcomes = await Promise.allSettled([importSeries(store, request(5)), importSeries(store, request(8))]);
    expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    }
    expect([5, 8]).toContain((await readImportedSeries(store, "local", "QQQ", "daily"))?.bars.length);
  });

  it("keeps owners apart", async () => {
    const store = createMemoryArtifactStore();
    await importSeries(store, request());
    expect(await readImportedSeries(store, "other", "QQQ", "daily")).toBeUndefined();
    expect(await listImportedSeries(store, "other")).toEqual([]);
    expect((await listImportedSeries(store, "local")).map(({ symbol }) => symbol)).toEqual(["QQQ"]);
  });

  it("stamps a series without adjustments as price returns only, and keeps the notes", async () => {
    const csv = "date,open,high,low,close\n2024-07-01,10,11,9,10\n2024-07-03,10,11,9,10\n";
    const parsed = parseCsvBars(csv, { symbol: "QQQ", cadence: "daily" });
    const { manifest } = await importSeries(createMemoryArtifactStore(), request(5, { parsed }));
    expect(manifest.stamps).toEqual(["price_return_only"]);
    expect(manifest.notes).toHaveLength(3);
  });

  it("writes symbols with other characters into safe keys", async () => {
    const store = createMemoryArtifactStore();
    const csv = printCsv(someBars(3));
    for (const symbol of ["^GSPC", "BRK.B", "O:SPY240701C00545000"]) {
      const parsed = parseCsvBars(csv, { symbol, cadence: "daily" });
      await importSeries(store, request(3, { symbol, parsed }));
      expect((await readImportedSeries(store, "local", symbol, "daily"))?.bars.symbol).toBe(symbol);
    }
    expect(seriesPrefix("local", "^GSPC", "daily")).toBe("owners/local/data/files/=5EGSPC/daily/");
    expect(seriesPrefix("local", "O:SPY", "5m")).toBe("owners/local/data/files/O=3ASPY/5m/");
  });

  it.each([
    ["..", "QQQ", "owner"],
    ["a/b", "QQQ", "owner"],
    ["", "QQQ", "owner"],
    ["local", "../QQQ", "symbol"],
    ["local", "qqq", "symbol"],
  ])('refuses owner "%s" with symbol "%s"', async (owner, symbol, field) => {
    const store = createMemoryArtifactStore();
    const parsed = { ...request().parsed, bars: { ...request().parsed.bars, symbol } };
    await expect(importSeries(store, request(5, { owner, symbol, parsed }))).rejects.toMatchObject({
      code: "INVALID_PARAM",
      facts: { field },
    });
    expect((await store.list("")).keys).toEqual([]);
  });
});

describe("readImportedSeries", () => {
  const key = "owners/local/data/files/QQQ/daily/manifest.json";

  it("finds damage in the file before it is parsed, and importing again repairs it", async () => {
    const store = createMemoryArtifactStore();
    const { manifest } = await importSeries(store, request());
    const bytes = (await store.get(manifest.file.key)).bytes.slice();
    bytes[50]! ^= 1;
    await store.put(manifest.file.key, bytes, "any");
    await expect(readImportedSeries(store, "local", "QQQ", "daily")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    expect((await importSeries(store, request())).outcome).toBe("replaced");
    expect((await readImportedSeries(store, "local", "QQQ", "daily"))?.bars.length).toBe(5);
  });

  it.each<[string, (manifest: Record<string, unknown>) => unknown]>([
    ["is not JSON", () => "{"],
    ["has an unknown key", (manifest) => JSON.stringify({ ...manifest, extra: 1 })],
    ["names another version", (manifest) => JSON.stringify({ ...manifest, schema_version: 2 })],
    ["names another number of rows", (manifest) => JSON.stringify({ ...manifest, rows: 6 })],
    ["names another fingerprint", (manifest) => JSON.stringify({ ...manifest, fingerprint: sha256("x") })],
    ["is of another symbol", (manifest) => JSON.stringify({ ...manifest, symbol: "SPY" })],
  ])("refuses a manifest that %s, and importing again repairs it", async (_what, change) => {
    const store = createMemoryArtifactStore();
    await importSeries(store, request());
    const manifest = JSON.parse(new TextDecoder().decode((await store.get(key)).bytes));
    await store.put(key, new TextEncoder().encode(String(change(manifest))), "any");
    await expect(readImportedSeries(store, "local", "QQQ", "daily")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await importSeries(store, request());
    expect((await readImportedSeries(store, "local", "QQQ", "daily"))?.bars.length).toBe(5);
  });
});
