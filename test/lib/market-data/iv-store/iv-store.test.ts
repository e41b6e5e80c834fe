import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFsArtifactStore } from "#lib/adapters/local/fs-artifact-store.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { NYSE } from "#lib/core/calendar.ts";
import type { IvEntry } from "#lib/market-data/iv-store/iv-entry.schema.ts";
import { fingerprintOfIvHistories, ivHistoryOf } from "#lib/market-data/iv-store/iv-history.ts";
import { type IvSeriesId, ivYearKey } from "#lib/market-data/iv-store/iv-keys.ts";
import { forgetIvAfter, readIvEntries, recordIvEntries } from "#lib/market-data/iv-store/iv-store.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { linesUntilKilled, runChild } from "../../../support/child-script.ts";

const ID: IvSeriesId = { owner: "local", provider: "alpaca", symbol: "SPY", tenor: { days: 30, source: "auto" } };
const YEAR = "owners/local/data/iv/alpaca/SPY/atm_iv.30.auto.v1/2024.json";
const SCRIPT = join(import.meta.dirname, "iv-store.child.ts");

const entryOf = (session: number, value: number | null, changes: Partial<IvEntry> = {}): IvEntry => ({
  session,
  known_at: NYSE.closeOf(session),
  value,
  chain: "a".repeat(64),
  edition: "one",
  stamps: [],
  recorded_at: 1,
  ...changes,
});

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});
function freshRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "iv-store-"));
  roots.push(root);
  return root;
}
const all = (artifacts: ArtifactStore, id: IvSeriesId = ID): Promise<IvEntry[]> => readIvEntries(artifacts, id, 20230101, 20251231);

describe.each([
  ["memory", () => createMemoryArtifactStore()],
  ["a folder", () => createFsArtifactStore({ root: freshRoot() })],
] as const)("the store of implied volatilities in %s", (_, create) => {
  it("gives back every number to the bit, by year, between two sessions", async () => {
    const artifacts = create();
    const entries = [
      entryOf(20231229, 0.1 + 0.2),
      entryOf(20240102, Math.PI / 10, { known_at: 1704229200000.125 }),
      entryOf(20240103, 5e-324),
      entryOf(20240104, null),
      entryOf(20240105, null, { known_at: null, chain: null }),
    ];
    expect(await recordIvEntries(artifacts, ID, entries)).toEqual(entries);
    expect(await readIvEntries(artifacts, ID, 20231229, 20240105)).toEqual(entries);
    expect(await readIvEntries(artifacts, ID, 20240102, 20240103)).toEqual(entries.slice(1, 3));
    expect((await artifacts.list("owners/")).keys).toEqual([YEAR.replace("2024", "2023"), YEAR]);
  });

  it("keeps what was recorded first of one edition of the data, and replaces what was made of another", async () => {
    const artifacts = create();
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.2), entryOf(20240103, 0.21)]);
    const again = await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.9), entryOf(20240103, 0.3, { edition: "two" })]);
    expect(again.map(({ value }) => value)).toEqual([0.2, 0.3]);
    expect(await all(artifacts)).toEqual(again);
  });

  it("writes nothing when it knows everything already", async () => {
    const artifacts = create();
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.2)]);
    const before = await artifacts.head(YEAR);
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.9, { recorded_at: 2 })]);
    expect(await artifacts.head(YEAR)).toEqual(before);
  });

  it("loses nothing of writers that come at the same time", async () => {
    const artifacts = create();
    const sessions = NYSE.sessionsBetween(20240102, 20240201);
    await Promise.all(sessions.map((session, k) => recordIvEntries(artifacts, ID, [entryOf(session, 0.2 + k / 1000)])));
    expect((await all(artifacts)).map(({ session, value }) => [session, value])).toEqual(
      sessions.map((session, k) => [session, 0.2 + k / 1000]),
    );
  });

  it("takes back what was recorded after a moment", async () => {
    const artifacts = create();
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.2, { recorded_at: 10 }), entryOf(20240103, 0.3, { recorded_at: 11 })]);
    await forgetIvAfter(artifacts, "local", 10);
    expect((await all(artifacts)).map(({ session }) => session)).toEqual([20240102]);
  });
});

describe("a series of implied volatilities", () => {
  it("is one owner's, one provider's, one seed's, one symbol's and one tenor's", async () => {
    const artifacts = createMemoryArtifactStore();
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.2)]);
    const others: IvSeriesId[] = [
      { ...ID, owner: "another" },
      { ...ID, provider: "polygon" },
      { ...ID, seed: 3 },
      { ...ID, symbol: "QQQ" },
      { ...ID, tenor: { days: 60, source: "auto" } },
      { ...ID, tenor: { days: 30, source: "quotes" } },
    ];
    for (const id of others) expect(await all(artifacts, id)).toEqual([]);
    expect(new Set([ID, ...others].map((id) => ivYearKey(id, 2024)))).toHaveProperty("size", others.length + 1);
  });

  it.each([
    ["owner", { owner: "../another" }],
    ["owner", { owner: "a/b" }],
    ["provider", { provider: "../alpaca" }],
    ["seed", { seed: -1 }],
    ["symbol", { symbol: "../SPY" }],
    ["tenor", { tenor: { days: 1.5, source: "auto" } }],
    ["tenor", { tenor: { days: 30, source: "../x" as "auto" } }],
  ] as const)("with a bad %s becomes no key", (field, change) => {
    expect(() => ivYearKey({ ...ID, ...change }, 2024)).toThrow(expect.objectContaining({ code: "INVALID_PARAM", facts: { field } }));
  });

  it.each([
    ["a changed number", (text: string) => text.replace("0.2", "0.3")],
    ["half of it", (text: string) => text.slice(0, 100)],
    ["no document", () => "{}"],
  ])("that was damaged (%s) is refused, not passed over", async (_, damage) => {
    const artifacts = createMemoryArtifactStore();
    await recordIvEntries(artifacts, ID, [entryOf(20240102, 0.2)]);
    const { bytes } = await artifacts.get(YEAR);
    await artifacts.put(YEAR, new TextEncoder().encode(damage(new TextDecoder().decode(bytes))), "any");
    const refused = expect.objectContaining({ code: "ARTIFACT_CORRUPT", message: expect.stringContaining(YEAR) });
    await expect(all(artifacts)).rejects.toEqual(refused);
    await expect(recordIvEntries(artifacts, ID, [entryOf(20240103, 0.3)])).rejects.toEqual(refused);
  });

  it("has every session that two processes recorded side by side", async () => {
    const root = freshRoot();
    await Promise.all(["0", "1"].map((first) => runChild(SCRIPT, [root, first, "2", "40"])));
    const sessions = (await all(createFsArtifactStore({ root }))).map(({ session }) => session);
    expect(sessions).toEqual(Array.from({ length: 40 }, (_, k) => NYSE.addSessions(20240102, k)));
  });

  it("has every acknowledged session after its writer was killed", async () => {
    const root = freshRoot();
    let acknowledged = 0;
    for (const killAfterMs of [30, 61, 97]) {
      const lines = await linesUntilKilled(SCRIPT, [root, String(acknowledged), "1", "100000"], killAfterMs);
      acknowledged += lines.length;
    }
    const sessions = (await readIvEntries(createFsArtifactStore({ root }), ID, 20240101, 20301231)).map(({ session }) => session);
    // The one under way when it was killed may be there too.
    expect(sessions.length).toBeGreaterThanOrEqual(acknowledged);
    expect(sessions).toEqual(sessions.map((_, k) => NYSE.addSessions(20240102, k)));
  });
});

describe("ivHistoryOf", () => {
  it("has the known values in the order in which they became known", () => {
    const late = entryOf(20240102, 0.2, { known_at: NYSE.closeOf(20240105) });
    const entries = [late, entryOf(20240103, 0.3), entryOf(20240104, null), entryOf(20240105, null, { known_at: null })];
    const { length, session, knownAt, value } = ivHistoryOf(entries);
    expect([length, [...session], [...value]]).toEqual([2, [20240103, 20240102], [0.3, 0.2]]);
    expect([...knownAt]).toEqual([NYSE.closeOf(20240103), NYSE.closeOf(20240105)]);
  });

  it("has an identity of its numbers alone: when and from where they were recorded does not matter", () => {
    const of = (...entries: IvEntry[]): string => fingerprintOfIvHistories(new Map([["30:auto", ivHistoryOf(entries)]]));
    const base = of(entryOf(20240102, 0.2));
    expect(of(entryOf(20240102, 0.2, { recorded_at: 9, edition: "two", chain: null }))).toBe(base);
    expect(of(entryOf(20240102, 0.2), entryOf(20240103, null))).toBe(base);
    expect(of(entryOf(20240102, 0.2), entryOf(20240103, 0.2))).not.toBe(base);
    expect(of(entryOf(20240102, 0.20000000000000004))).not.toBe(base);
    expect(of(entryOf(20240103, 0.2, { known_at: NYSE.closeOf(20240102) }))).not.toBe(base);
    expect(of(entryOf(20240102, 0.2, { known_at: NYSE.closeOf(20240102) + 1 }))).not.toBe(base);
    expect(fingerprintOfIvHistories(new Map([["60:auto", ivHistoryOf([entryOf(20240102, 0.2)])]]))).not.toBe(base);
  });
});
