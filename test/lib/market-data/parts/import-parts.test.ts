import { describe, expect, it } from "vitest";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { chainParts, chainsOf, fingerprintOfChains } from "#lib/market-data/options/chain-table.ts";
import { importParts, type PartsImport } from "#lib/market-data/parts/import-parts.ts";
import { findParts, listParts, readPart } from "#lib/market-data/parts/read-parts.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { someChain } from "../options/some-chains.ts";

const CHAINS = [someChain(20240628), someChain(20240701), someChain(20240702)];
const WANTED = { symbol: "SPY", kind: "option_chains", cadence: null } as const;
const request = (chains: readonly OptionChain[] = CHAINS, changes: Partial<PartsImport> = {}): PartsImport => ({
  owner: "local",
  kind: "option_chains",
  symbol: "SPY",
  cadence: null,
  parts: chainParts(chains),
  stamps: [],
  notes: ["a note"],
  source: { name: "chains.csv", sha256: sha256("x"), files: 1 },
  ...changes,
});
const keys = async (store: ArtifactStore): Promise<readonly string[]> => (await store.list("owners/")).keys;

describe("importParts", () => {
  it("stores a part a month under its fingerprint, and a manifest that names them", async () => {
    const store = createMemoryArtifactStore();
    const { manifest, outcome } = await importParts(store, request());
    expect(outcome).toBe("created");
    expect(manifest).toMatchObject({
      kind: "option_chains",
      symbol: "SPY",
      cadence: null,
      rows: 6,
      first_session: "2024-06-28",
      last_session: "2024-07-02",
      parts: [
        { first_session: "2024-06-28", last_session: "2024-06-28", rows: 2 },
        { first_session: "2024-07-01", last_session: "2024-07-02", rows: 4 },
      ],
      notes: ["a note"],
    });
    const prefix = "owners/local/data/files/SPY/option_chains/";
    expect(await keys(store)).toEqual([
      ...manifest.parts.map(({ fingerprint }) => `${prefix}${fingerprint}.parquet`).sort(),
      `${prefix}manifest.json`,
    ]);
    const found = await findParts(store, "local", WANTED);
    expect(found).toEqual(manifest);
    const chains = [];
    for (const part of found!.parts) chains.push(...chainsOf("SPY", await readPart(store, found!, part)));
    expect(chains).toEqual(CHAINS);
    expect(fingerprintOfChains(chains)).toBe(fingerprintOfChains(CHAINS));
  });

  it("changes nothing when the same data come again, and leaves the parts alone that stay", async () => {
    const store = createMemoryArtifactStore();
    const { manifest } = await importParts(store, request());
    const before = await store.get("owners/local/data/files/SPY/option_chains/manifest.json");
    expect((await importParts(store, request())).outcome).toBe("unchanged");
    expect(await store.get("owners/local/data/files/SPY/option_chains/manifest.json")).toEqual(before);
    const longer = await importParts(store, request([...CHAINS, someChain(20240801)]));
    expect(longer.outcome).toBe("replaced");
    expect(longer.manifest.parts.slice(0, 2)).toEqual(manifest.parts);
  });

  it("leaves the earlier data in place when it stops before the manifest", async () => {
    const store = createMemoryArtifactStore();
    const { manifest } = await importParts(store, request());
    const failing: ArtifactStore = {
      ...store,
      put: async (key, bytes, condition) => {
        if (key.endsWith("manifest.json")) throw new Error("killed");
        return store.put(key, bytes, condition);
      },
    };
    await expect(importParts(failing, request([someChain(20240801, 2)]))).rejects.toThrow("killed");
    expect(await findParts(store, "local", WANTED)).toEqual(manifest);
  });

  it("finds damage in a part before it is parsed, and in a manifest; importing again repairs both", async () => {
    const store = createMemoryArtifactStore();
    const { manifest } = await importParts(store, request());
    const [part] = manifest.parts;
    const bytes = (await store.get(part!.file.key)).bytes.slice();
    bytes[60]! ^= 1;
    await store.put(part!.file.key, bytes, "any");
    await expect(readPart(store, manifest, part!)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    expect((await importParts(store, request())).outcome).toBe("replaced");
    expect((await readPart(store, manifest, part!)).rows).toBe(2);
    const key = "owners/local/data/files/SPY/option_chains/manifest.json";
    for (const text of ["{", JSON.stringify({ ...manifest, extra: 1 })]) {
      await store.put(key, new TextEncoder().encode(text), "any");
      await expect(findParts(store, "local", WANTED)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
      expect((await importParts(store, request())).outcome).toBe("replaced");
    }
    await store.put(key, new TextEncoder().encode(JSON.stringify({ ...manifest, symbol: "QQQ" })), "any");
    await expect(findParts(store, "local", WANTED)).rejects.toMatchObject({
      code: "ARTIFACT_CORRUPT",
      message: 'The stored option chains of QQQ are damaged: its manifest is of "QQQ option_chains". Import them again.',
    });
    const other = { ...manifest, parts: manifest.parts.map((one) => ({ ...one, fingerprint: sha256("other") })) };
    await expect(readPart(store, other, other.parts[0]!)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });

  it("keeps owners, kinds and cadences apart", async () => {
    const store = createMemoryArtifactStore();
    await importParts(store, request());
    await importParts(store, request(CHAINS, { kind: "flow_cells", cadence: "hourly" }));
    expect(await findParts(store, "other", WANTED)).toBeUndefined();
    expect(await findParts(store, "local", { ...WANTED, kind: "flow_cells", cadence: "5m" })).toBeUndefined();
    expect((await listParts(store, "local")).map(({ kind, cadence }) => [kind, cadence])).toEqual([
      ["flow_cells", "hourly"],
      ["option_chains", null],
    ]);
    expect(await listParts(store, "other")).toEqual([]);
  });
});
