import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import type { MetadataStore, RecordDraft, Write } from "#lib/ports/metadata-store.ts";

/** The clock of the store under test starts here: 2026-01-02T03:04:05.000Z. */
export const CONTRACT_START = 1_767_323_045_000;
const SECOND = CONTRACT_START / 1000;

export interface MetadataStoreUnderTest {
  readonly store: MetadataStore;
  readonly clock: ReplayClock;
}

export interface MetadataStoreContractOptions {
  /** Why transactions cannot be tried here; the suite is skipped and its title says so. */
  readonly noTransactions?: string;
  /** Why concurrent calls cannot be tried here. */
  readonly noConcurrency?: string;
  /** Why bounds with characters at the end of the Basic Multilingual Plane and beyond cannot be tried here. */
  readonly noAstralBounds?: string;
  /** Runs of each property; fewer where a call is slow. */
  readonly propertyRuns?: number;
}

let tests = 0;

/** The promises of the port. Each adapter's test registers them against its own instance, which may be shared. */
export function metadataStoreContract(create: () => Promise<MetadataStoreUnderTest>, options: MetadataStoreContractOptions = {}): void {
  const fresh = async (): Promise<MetadataStoreUnderTest & { pk: string }> => {
    tests += 1;
    return { ...(await create()), pk: `contract#${process.pid}#${tests}` };
  };
  const concurrent = (title: string, test: () => Promise<void>): void => {
    if (options.noConcurrency === undefined) it(title, test);
    else it.skip(`${title} (SKIPPED: ${options.noConcurrency})`, test);
  };
  const conflict = { code: "CONFLICT" };
  const invalid = { code: "INVALID_PARAM" };
  const sortKeys = async (store: MetadataStore, query: Omit<Parameters<MetadataStore["query"]>[0], "table" | "limit">) =>
    (await store.query({ table: "state", limit: 1000, ...query })).records.map(({ sk }) => sk);

  describe("one record", () => {
    it("comes back as it was put, at version 1", async () => {
      const { store, pk } = await fresh();
      const draft: RecordDraft = {
        pk,
        sk: "a",
        body: { name: "x", list: [1, "two", null, { deep: true }] },
        index: { pk: `${pk}#i`, sk: "s" },
        expiresAt: SECOND + 60,
      };
      expect(await store.get("state", { pk, sk: "a" })).toBeUndefined();
      expect(await store.put("state", draft, "absent")).toBe(1);
      expect(await store.get("state", { pk, sk: "a" })).toEqual({ ...draft, version: 1 });
    });

    it("loses nothing of numbers and texts", async () => {
      const { store, pk } = await fresh();
      const numbers = [0, 0.1, -1.5, 1e-200, 5e-324, 1.7976931348623157e308, 9007199254740991, 0.30000000000000004, 123456789.12345679];
      const body = { numbers, texts: ["", " ", "é", "\u{1F600}", "\0", "\uFFFD", "a\u2028b", '"\\', "\uD800"], empty: {}, none: [] };
      await store.put("state", { pk, sk: "a", body }, "absent");
      expect((await store.get("state", { pk, sk: "a" }))?.body).toEqual(body);
    });

    it("leaves out properties that are undefined", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "a", body: { kept: 1, gone: undefined } }, "absent");
      expect(Object.keys((await store.get("state", { pk, sk: "a" }))!.body)).toEqual(["kept"]);
    });

    it("lives in its own table", async () => {
      const { store, pk } = await fresh();
      await store.put("signals", { pk, sk: "a", body: {} }, "absent");
      expect(await store.get("state", { pk, sk: "a" })).toBeUndefined();
      expect(await store.get("idempotency", { pk, sk: "a" })).toBeUndefined();
      expect(await store.get("signals", { pk, sk: "a" })).toBeDefined();
    });

    it("shares no object with the caller", async () => {
      const { store, pk } = await fresh();
      const body = { list: [1] };
      await store.put("state", { pk, sk: "a", body }, "absent");
      body.list.push(2);
      expect((await store.get("state", { pk, sk: "a" }))?.body).toEqual({ list: [1] });
    });

    it("grows by one version with each write and forgets what a write leaves out", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "a", body: { n: 1 }, index: { pk: `${pk}#i`, sk: "s" }, expiresAt: SECOND + 60 }, "any");
      expect(await store.put("state", { pk, sk: "a", body: { n: 2 } }, 1)).toBe(2);
      expect(await store.put("state", { pk, sk: "a", body: { n: 3 } }, "any")).toBe(3);
      expect(await store.get("state", { pk, sk: "a" })).toEqual({ pk, sk: "a", version: 3, body: { n: 3 } });
    });

    it("is written under its condition only", async () => {
      const { store, pk } = await fresh();
      const draft = { pk, sk: "a", body: {} };
      await expect(store.put("state", draft, 1)).rejects.toMatchObject(conflict);
      await store.put("state", draft, "absent");
      await expect(store.put("state", draft, "absent")).rejects.toMatchObject(conflict);
      await expect(store.put("state", draft, 2)).rejects.toMatchObject(conflict);
      expect((await store.get("state", { pk, sk: "a" }))?.version).toBe(1);
    });

    it("is removed under its condition only; a new one starts at version 1", async () => {
      const { store, pk } = await fresh();
      const key = { pk, sk: "a" };
      await store.remove("state", key, "any");
      await store.remove("state", key, "absent");
      await expect(store.remove("state", key, 1)).rejects.toMatchObject(conflict);
      await store.put("state", { ...key, body: {} }, "absent");
      await store.put("state", { ...key, body: {} }, 1);
      await expect(store.remove("state", key, 1)).rejects.toMatchObject(conflict);
      await expect(store.remove("state", key, "absent")).rejects.toMatchObject(conflict);
      await store.remove("state", key, 2);
      expect(await store.get("state", key)).toBeUndefined();
      expect(await store.put("state", { ...key, body: {} }, "absent")).toBe(1);
    });

    concurrent("goes to one of 16 writers that saw the same version", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "a", body: {} }, "absent");
      const outcomes = await Promise.allSettled(
        Array.from({ length: 16 }, (_, writer) => store.put("state", { pk, sk: "a", body: { writer } }, 1)),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(conflict);
      const writer = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(await store.get("state", { pk, sk: "a" })).toMatchObject({ version: 2, body: { writer } });
    });
  });

  describe("limits", () => {
    it("takes keys of 2,048 and 1,024 bytes and no more", async () => {
      const { store } = await fresh();
      const pk = `p${process.pid}`.padEnd(2048, "x");
      expect(await store.put("state", { pk, sk: "é".repeat(512), body: {} }, "any")).toBeGreaterThan(0);
      await expect(store.put("state", { pk: `${pk}x`, sk: "a", body: {} }, "any")).rejects.toMatchObject(invalid);
      await expect(store.put("state", { pk, sk: "é".repeat(513), body: {} }, "any")).rejects.toMatchObject(invalid);
      await expect(store.get("state", { pk, sk: "x".repeat(1025) })).rejects.toMatchObject(invalid);
    });

    it("refuses empty keys and half surrogate pairs", async () => {
      const { store, pk } = await fresh();
      for (const key of [
        { pk: "", sk: "a" },
        { pk, sk: "" },
        { pk, sk: "\uD83D" },
        { pk: `${pk}\uDE00`, sk: "a" },
      ]) {
        await expect(store.put("state", { ...key, body: {} }, "any")).rejects.toMatchObject(invalid);
        await expect(store.get("state", key)).rejects.toMatchObject(invalid);
        await expect(store.remove("state", key, "any")).rejects.toMatchObject(invalid);
        await expect(store.increment("state", key, 1)).rejects.toMatchObject(invalid);
      }
      await expect(store.put("state", { pk, sk: "a", body: {}, index: { pk: "", sk: "a" } }, "any")).rejects.toMatchObject(invalid);
    });

    it("takes a record close to 400 KB and refuses a larger one", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "a", body: { text: "x".repeat(404_000) } }, "absent");
      expect((await store.get("state", { pk, sk: "a" }))?.body["text"]).toHaveLength(404_000);
      await expect(store.put("state", { pk, sk: "b", body: { text: "x".repeat(409_600) } }, "absent")).rejects.toMatchObject(invalid);
      // Two bytes each in UTF-8: the limit is in bytes.
      await expect(store.put("state", { pk, sk: "b", body: { text: "é".repeat(205_000) } }, "absent")).rejects.toMatchObject(invalid);
      expect(await store.get("state", { pk, sk: "b" })).toBeUndefined();
    });

    it.each([
      ["NaN", { a: Number.NaN }],
      ["Infinity inside a list", { a: [1, Number.POSITIVE_INFINITY] }],
      ["undefined inside a list", { a: [undefined] }],
      ["an empty property name", { a: { "": 1 } }],
      ["a Date", { a: new Date(0) }],
      ["a Map", { a: new Map() }],
      ["a function", { a: () => 1 }],
      ["a bigint", { a: 1n }],
      ["a list as body", []],
    ])("refuses %s", async (_, body) => {
      const { store, pk } = await fresh();
      await expect(store.put("state", { pk, sk: "a", body: body as never }, "any")).rejects.toMatchObject(invalid);
      expect(await store.get("state", { pk, sk: "a" })).toBeUndefined();
    });

    it("refuses bodies that nest more than 32 levels, rather than running out of stack", async () => {
      const { store, pk } = await fresh();
      const nested = (levels: number): object => {
        let value: object = {};
        for (let i = 1; i < levels; i++) value = { value };
        return value;
      };
      expect(await store.put("state", { pk, sk: "a", body: nested(32) as never }, "any")).toBe(1);
      await expect(store.put("state", { pk, sk: "a", body: nested(33) as never }, "any")).rejects.toMatchObject(invalid);
      await expect(store.put("state", { pk, sk: "a", body: nested(50_000) as never }, "any")).rejects.toMatchObject(invalid);
    });

    it("refuses unknown tables, conditions, page sizes and expiry times", async () => {
      const { store, pk } = await fresh();
      await expect(store.get("other" as never, { pk, sk: "a" })).rejects.toMatchObject(invalid);
      for (const condition of [0, -1, 1.5, "new", undefined]) {
        await expect(store.put("state", { pk, sk: "a", body: {} }, condition as never)).rejects.toMatchObject(invalid);
        await expect(store.remove("state", { pk, sk: "a" }, condition as never)).rejects.toMatchObject(invalid);
      }
      for (const limit of [0, 1001, 1.5, Number.NaN])
        await expect(store.query({ table: "state", pk, limit })).rejects.toMatchObject(invalid);
      for (const expiresAt of [0, -1, 1.5, Number.NaN])
        await expect(store.put("state", { pk, sk: "a", body: {}, expiresAt }, "any")).rejects.toMatchObject(invalid);
      for (const by of [0.5, Number.NaN, 2 ** 53])
        await expect(store.increment("state", { pk, sk: "a" }, by)).rejects.toMatchObject(invalid);
    });
  });

  describe("query", () => {
    // Byte order of UTF-8. JavaScript's own sort would put the emoji (a surrogate pair) before U+FFFD.
    const ordered = [
      "A",
      "a",
      "a\0",
      "a#1",
      "a#10",
      "a#2",
      "ab",
      "a\u007F",
      "a\u00E9",
      "a\uD7FF",
      "a\uE000",
      "a\uFFFD",
      "a\u{10000}",
      "a\u{1F600}",
      "b",
    ];

    it("orders by the bytes of the sort key, both ways", async () => {
      const { store, pk } = await fresh();
      for (const sk of ordered.toReversed()) await store.put("state", { pk, sk, body: {} }, "absent");
      expect(await sortKeys(store, { pk })).toEqual(ordered);
      expect(await sortKeys(store, { pk, descending: true })).toEqual(ordered.toReversed());
    });

    it("takes a prefix, a start and an end, alone and together", async () => {
      const { store, pk } = await fresh();
      for (const sk of ordered) await store.put("state", { pk, sk, body: {} }, "absent");
      expect(await sortKeys(store, { pk, prefix: "a#" })).toEqual(["a#1", "a#10", "a#2"]);
      expect(await sortKeys(store, { pk, prefix: "a\uD7FF" })).toEqual(["a\uD7FF"]);
      expect(await sortKeys(store, { pk, prefix: "a\u{1F600}" })).toEqual(["a\u{1F600}"]);
      expect(await sortKeys(store, { pk, after: "a\uFFFD" })).toEqual(["a\u{10000}", "a\u{1F600}", "b"]);
      expect(await sortKeys(store, { pk, before: "a\0" })).toEqual(["A", "a"]);
      expect(await sortKeys(store, { pk, after: "a#1", before: "a#2" })).toEqual(["a#10"]);
      expect(await sortKeys(store, { pk, prefix: "a#", after: "a#1" })).toEqual(["a#10", "a#2"]);
      expect(await sortKeys(store, { pk, prefix: "a#", before: "a#2", descending: true })).toEqual(["a#10", "a#1"]);
      expect(await sortKeys(store, { pk, prefix: "a#", after: "A", before: "b" })).toEqual(["a#1", "a#10", "a#2"]);
      expect(await sortKeys(store, { pk, after: "b", before: "A" })).toEqual([]);
      expect(await sortKeys(store, { pk, after: "a", before: "a" })).toEqual([]);
      expect(await sortKeys(store, { pk, prefix: "c" })).toEqual([]);
      expect(await sortKeys(store, { pk: `${pk}#other` })).toEqual([]);
    });

    const bounds = options.noAstralBounds === undefined ? "" : ` (SKIPPED for astral bounds: ${options.noAstralBounds})`;
    it(`always answers what filtering and sorting all keys would${bounds}`, async () => {
      const { store, pk } = await fresh();
      const character = fc.constantFrom("a", "b", "#", "\u00E9", "\uD7FF", "\uE000", "\uFFFF", "\u{10000}", "\u{10FFFF}");
      const key = fc.string({ unit: character, minLength: 1, maxLength: 4 });
      const keys = fc.sample(key, { numRuns: 120, seed: 7 });
      for (const sk of new Set(keys)) await store.put("state", { pk, sk, body: {} }, "absent");
      const stored = [...new Set(keys)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const bounding =
        options.noAstralBounds === undefined
          ? key
          : fc.string({ unit: fc.constantFrom("a", "b", "#", "\u00E9", "\uD7FF"), minLength: 1, maxLength: 4 });
      const bound = fc.option(bounding, { nil: undefined });
      const queries = fc.record({
        prefix: bound,
        after: bound,
        before: bound,
        descending: fc.boolean(),
        limit: fc.integer({ min: 1, max: 40 }),
      });
      await fc.assert(
        fc.asyncProperty(queries, async ({ prefix, after, before, descending, limit }) => {
          const bytes = (text: string) => Buffer.from(text);
          const wanted = stored.filter(
            (sk) =>
              (prefix === undefined || sk.startsWith(prefix)) &&
              (after === undefined || Buffer.compare(bytes(sk), bytes(after)) > 0) &&
              (before === undefined || Buffer.compare(bytes(sk), bytes(before)) < 0),
          );
          const bounds = {
            ...(prefix !== undefined && { prefix }),
            ...(after !== undefined && { after }),
            ...(before !== undefined && { before }),
          };
          const found: string[] = [];
          let cursor: string | null | undefined;
          do {
            const page = await store.query({ table: "state", pk, ...bounds, descending, limit, ...(cursor != null && { cursor }) });
            expect(page.records.length).toBeLessThanOrEqual(limit);
            found.push(...page.records.map(({ sk }) => sk));
            cursor = page.nextCursor;
          } while (cursor !== null);
          expect(found).toEqual(descending ? wanted.toReversed() : wanted);
        }),
        { numRuns: options.propertyRuns ?? 200, seed: 2025 },
      );
    });

    it("gives a cursor only when there is more", async () => {
      const { store, pk } = await fresh();
      for (const sk of ["a", "b", "c", "d"]) await store.put("state", { pk, sk, body: {} }, "absent");
      const first = await store.query({ table: "state", pk, limit: 2 });
      expect(first.records.map(({ sk }) => sk)).toEqual(["a", "b"]);
      const second = await store.query({ table: "state", pk, limit: 2, cursor: first.nextCursor! });
      expect(second.records.map(({ sk }) => sk)).toEqual(["c", "d"]);
      expect(second.nextCursor).toBeNull();
    });

    it("goes on after the last shown record when records come and go", async () => {
      const { store, pk } = await fresh();
      for (const sk of ["b", "d", "f", "h"]) await store.put("state", { pk, sk, body: {} }, "absent");
      const { nextCursor } = await store.query({ table: "state", pk, limit: 2 });
      await store.remove("state", { pk, sk: "d" }, "any");
      await store.put("state", { pk, sk: "a", body: {} }, "absent");
      await store.put("state", { pk, sk: "e", body: {} }, "absent");
      const rest = await store.query({ table: "state", pk, limit: 10, cursor: nextCursor! });
      expect(rest.records.map(({ sk }) => sk)).toEqual(["e", "f", "h"]);
    });

    it("refuses a cursor that is damaged or of another query", async () => {
      const { store, pk } = await fresh();
      for (const sk of ["a", "b", "c"]) await store.put("state", { pk, sk, body: {} }, "absent");
      const cursor = (await store.query({ table: "state", pk, limit: 1 })).nextCursor!;
      const refused = async (query: Partial<Parameters<MetadataStore["query"]>[0]>) =>
        await expect(store.query({ table: "state", pk, limit: 1, cursor, ...query })).rejects.toMatchObject(invalid);
      await refused({ pk: `${pk}x` });
      await refused({ table: "signals" });
      await refused({ descending: true });
      await refused({ prefix: "a" });
      await refused({ byIndex: true });
      await refused({ cursor: "" });
      await refused({ cursor: `${cursor}A` });
      const [digest, sk] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, string];
      expect(sk).toBe("a");
      await refused({ cursor: Buffer.from(JSON.stringify([digest, "b"])).toString("base64url") });
      await refused({ cursor: Buffer.from(JSON.stringify([digest, 1])).toString("base64url") });
      expect((await store.query({ table: "state", pk, limit: 5, cursor })).records.map((record) => record.sk)).toEqual(["b", "c"]);
    });
  });

  describe("the index", () => {
    it("holds the records that ask for it, in its own order", async () => {
      const { store, pk } = await fresh();
      const index = `${pk}#by_time`;
      await store.put("state", { pk: `${pk}#1`, sk: "run", body: { n: 1 }, index: { pk: index, sk: "2026-03" } }, "absent");
      await store.put("state", { pk: `${pk}#2`, sk: "run", body: { n: 2 }, index: { pk: index, sk: "2026-01" } }, "absent");
      await store.put("state", { pk: `${pk}#3`, sk: "run", body: { n: 3 } }, "absent");
      await store.put("state", { pk: `${pk}#4`, sk: "run", body: { n: 4 }, index: { pk: index, sk: "2026-02" } }, "absent");
      const query = async (more: object) => (await store.query({ table: "state", pk: index, byIndex: true, limit: 10, ...more })).records;
      expect((await query({ descending: true })).map(({ body }) => body["n"])).toEqual([1, 4, 2]);
      expect((await query({ after: "2026-01", before: "2026-03" })).map(({ body }) => body["n"])).toEqual([4]);
      expect((await query({ prefix: "2026-01" }))[0]).toEqual({
        pk: `${pk}#2`,
        sk: "run",
        version: 1,
        body: { n: 2 },
        index: { pk: index, sk: "2026-01" },
      });
      expect(await sortKeys(store, { pk: index })).toEqual([]);
    });

    it("follows a record that moves or leaves", async () => {
      const { store, pk } = await fresh();
      const query = async () =>
        (await store.query({ table: "state", pk: `${pk}#i`, byIndex: true, limit: 10 })).records.map(({ index }) => index?.sk);
      await store.put("state", { pk, sk: "a", body: {}, index: { pk: `${pk}#i`, sk: "1" } }, "any");
      await store.put("state", { pk, sk: "a", body: {}, index: { pk: `${pk}#i`, sk: "2" } }, "any");
      expect(await query()).toEqual(["2"]);
      await store.put("state", { pk, sk: "a", body: {} }, "any");
      expect(await query()).toEqual([]);
      await store.put("state", { pk, sk: "a", body: {}, index: { pk: `${pk}#i`, sk: "3" } }, "any");
      await store.remove("state", { pk, sk: "a" }, "any");
      expect(await query()).toEqual([]);
    });

    it("pages over equal index keys, each record once", async () => {
      const { store, pk } = await fresh();
      const names = ["a", "b", "c", "d", "e", "f", "g"];
      for (const sk of names) await store.put("state", { pk, sk, body: {}, index: { pk: `${pk}#i`, sk: sk < "c" ? "1" : "2" } }, "absent");
      for (const descending of [false, true]) {
        const found: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await store.query({
            table: "state",
            pk: `${pk}#i`,
            byIndex: true,
            descending,
            limit: 2,
            ...(cursor != null && { cursor }),
          });
          found.push(...page.records.map(({ sk }) => sk));
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(found.toSorted()).toEqual(names);
      }
    });
  });

  describe("expiry", () => {
    it("hides a record after its second, and not before", async () => {
      const { store, clock, pk } = await fresh();
      const later = Math.floor(clock.now() / 1000) + 10;
      await store.put("state", { pk, sk: "a", body: {}, index: { pk: `${pk}#i`, sk: "s" }, expiresAt: later }, "absent");
      await store.put("state", { pk, sk: "b", body: {} }, "absent");
      clock.advanceTo(later * 1000);
      expect(await store.get("state", { pk, sk: "a" })).toBeDefined();
      expect(await sortKeys(store, { pk })).toEqual(["a", "b"]);
      clock.advanceTo(later * 1000 + 1);
      expect(await store.get("state", { pk, sk: "a" })).toBeUndefined();
      expect(await sortKeys(store, { pk })).toEqual(["b"]);
      expect((await store.query({ table: "state", pk: `${pk}#i`, byIndex: true, limit: 5 })).records).toEqual([]);
    });

    it("fills pages although expired records lie between", async () => {
      const { store, clock, pk } = await fresh();
      const later = Math.floor(clock.now() / 1000) + 10;
      for (let i = 0; i < 20; i++)
        await store.put(
          "state",
          { pk, sk: `k${String(i).padStart(2, "0")}`, body: {}, ...(i % 3 !== 0 && { expiresAt: later }) },
          "absent",
        );
      clock.advanceTo(later * 1000 + 1);
      const first = await store.query({ table: "state", pk, limit: 4 });
      expect(first.records.map(({ sk }) => sk)).toEqual(["k00", "k03", "k06", "k09"]);
      const second = await store.query({ table: "state", pk, limit: 4, cursor: first.nextCursor! });
      expect(second.records.map(({ sk }) => sk)).toEqual(["k12", "k15", "k18"]);
      expect(second.nextCursor).toBeNull();
    });

    it("makes room for a new record, which starts at version 1", async () => {
      const { store, clock, pk } = await fresh();
      const later = Math.floor(clock.now() / 1000) + 10;
      for (const sk of ["a", "b", "c"]) {
        await store.put("state", { pk, sk, body: { old: true }, index: { pk: `${pk}#i`, sk }, expiresAt: later }, "absent");
        await store.put("state", { pk, sk, body: { old: true }, index: { pk: `${pk}#i`, sk }, expiresAt: later }, 1);
      }
      clock.advanceTo(later * 1000 + 1);
      await expect(store.put("state", { pk, sk: "a", body: {} }, 2)).rejects.toMatchObject(conflict);
      await expect(store.remove("state", { pk, sk: "a" }, 2)).rejects.toMatchObject(conflict);
      expect(await store.put("state", { pk, sk: "a", body: { fresh: true } }, "absent")).toBe(1);
      expect(await store.put("state", { pk, sk: "b", body: { fresh: true } }, "any")).toBe(1);
      expect(await store.get("state", { pk, sk: "a" })).toEqual({ pk, sk: "a", version: 1, body: { fresh: true } });
      await store.remove("state", { pk, sk: "c" }, "absent");
      expect((await store.query({ table: "state", pk: `${pk}#i`, byIndex: true, limit: 5 })).records).toEqual([]);
    });
  });

  describe("increment", () => {
    it("counts from 0, up and down", async () => {
      const { store, pk } = await fresh();
      const key = { pk, sk: "counter" };
      expect(await store.increment("state", key, 1)).toBe(1);
      expect(await store.increment("state", key, 41)).toBe(42);
      expect(await store.increment("state", key, -2)).toBe(40);
      expect(await store.get("state", key)).toEqual({ ...key, version: 3, body: { value: 40 } });
    });

    it("stops at the limit and changes nothing there", async () => {
      const { store, pk } = await fresh();
      const key = { pk, sk: "counter" };
      expect(await store.increment("state", key, 3, { limit: 2 })).toBeUndefined();
      expect(await store.get("state", key)).toBeUndefined();
      expect(await store.increment("state", key, 2, { limit: 2 })).toBe(2);
      expect(await store.increment("state", key, 1, { limit: 2 })).toBeUndefined();
      expect(await store.get("state", key)).toMatchObject({ version: 1, body: { value: 2 } });
      expect(await store.increment("state", key, -1, { limit: 2 })).toBe(1);
      expect(await store.increment("state", key, 1, { limit: 2 })).toBe(2);
    });

    concurrent("lets exactly the limit of 64 concurrent calls pass", async () => {
      const { store, pk } = await fresh();
      const results = await Promise.all(Array.from({ length: 64 }, () => store.increment("state", { pk, sk: "quota" }, 1, { limit: 40 })));
      const values = results.filter((value) => value !== undefined).sort((a, b) => a - b);
      expect(values).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      expect((await store.get("state", { pk, sk: "quota" }))?.body).toEqual({ value: 40 });
    });

    it("starts again when the counter has expired", async () => {
      const { store, clock, pk } = await fresh();
      const key = { pk, sk: "quota" };
      const later = Math.floor(clock.now() / 1000) + 10;
      expect(await store.increment("state", key, 5, { limit: 5, expiresAt: later })).toBe(5);
      expect(await store.increment("state", key, 1, { limit: 5 })).toBeUndefined();
      clock.advanceTo(later * 1000 + 1);
      expect(await store.increment("state", key, 1, { limit: 5, expiresAt: later + 100 })).toBe(1);
      expect(await store.get("state", key)).toEqual({ ...key, version: 1, body: { value: 1 }, expiresAt: later + 100 });
    });

    it("keeps the expiry unless it is given another", async () => {
      const { store, pk } = await fresh();
      const key = { pk, sk: "quota" };
      await store.increment("state", key, 1, { expiresAt: SECOND + 1_000_000 });
      await store.increment("state", key, 1);
      expect((await store.get("state", key))?.expiresAt).toBe(SECOND + 1_000_000);
      await store.increment("state", key, 1, { expiresAt: SECOND + 2_000_000 });
      expect((await store.get("state", key))?.expiresAt).toBe(SECOND + 2_000_000);
    });

    it("goes on from a counter that was put, and refuses what is none", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "a", body: { value: 5 } }, "absent");
      expect(await store.increment("state", { pk, sk: "a" }, 1)).toBe(6);
      expect(await store.put("state", { pk, sk: "a", body: { value: 5, unit: "x" } }, 2)).toBe(3);
      await expect(store.increment("state", { pk, sk: "a" }, 1)).rejects.toMatchObject(conflict);
      await store.put("state", { pk, sk: "b", body: { value: 0.5 } }, "absent");
      await expect(store.increment("state", { pk, sk: "b" }, 1)).rejects.toMatchObject(conflict);
      expect((await store.get("state", { pk, sk: "b" }))?.body).toEqual({ value: 0.5 });
    });
  });

  const transactions = options.noTransactions === undefined ? describe : describe.skip;
  transactions(`transact${options.noTransactions === undefined ? "" : ` (SKIPPED: ${options.noTransactions})`}`, () => {
    const put = (pk: string, sk: string, condition: Write["condition"], body = {}): Write => ({
      kind: "put",
      table: "state",
      record: { pk, sk, body },
      condition,
    });

    it("writes all, over tables and partitions", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "gone", body: {} }, "absent");
      await store.put("state", { pk, sk: "next", body: {} }, "absent");
      await store.transact([
        put(pk, "new", "absent", { a: 1 }),
        put(pk, "next", 1, { b: 2 }),
        put(`${pk}#other`, "free", "any", { value: 3 }),
        { kind: "put", table: "signals", record: { pk, sk: "signal", body: {} }, condition: "absent" },
        { kind: "remove", table: "state", key: { pk, sk: "gone" }, condition: 1 },
        { kind: "remove", table: "state", key: { pk, sk: "never there" }, condition: "absent" },
      ]);
      expect(await store.get("state", { pk, sk: "new" })).toMatchObject({ version: 1, body: { a: 1 } });
      expect(await store.get("state", { pk, sk: "next" })).toMatchObject({ version: 2, body: { b: 2 } });
      expect(await store.increment("state", { pk: `${pk}#other`, sk: "free" }, 1)).toBe(4);
      expect(await store.get("signals", { pk, sk: "signal" })).toMatchObject({ version: 1 });
      expect(await store.get("state", { pk, sk: "gone" })).toBeUndefined();
    });

    it.each([
      ["absent", "taken", "absent"],
      ["a version", "taken", 7],
      ["a version of nothing", "nothing", 1],
    ] as const)("writes nothing when one condition fails: %s", async (_, sk, condition) => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "taken", body: { first: true } }, "absent");
      const writes = [put(pk, "a", "absent"), put(pk, "b", "any"), put(pk, sk, condition), put(pk, "c", "absent")];
      await expect(store.transact(writes)).rejects.toMatchObject(conflict);
      await expect(
        store.transact([put(pk, "a", "any"), { kind: "remove", table: "state", key: { pk, sk }, condition }]),
      ).rejects.toMatchObject(conflict);
      expect(await sortKeys(store, { pk })).toEqual(["taken"]);
      expect(await store.get("state", { pk, sk: "taken" })).toMatchObject({ version: 1, body: { first: true } });
    });

    it("replaces expired records, whatever the condition but a version", async () => {
      const { store, clock, pk } = await fresh();
      const later = Math.floor(clock.now() / 1000) + 10;
      for (const sk of ["a", "b", "c"]) await store.put("state", { pk, sk, body: {}, expiresAt: later }, "absent");
      await store.put("state", { pk, sk: "live", body: {} }, "absent");
      clock.advanceTo(later * 1000 + 1);
      await expect(store.transact([put(pk, "a", "any"), put(pk, "c", 1)])).rejects.toMatchObject(conflict);
      await store.transact([put(pk, "a", "any"), put(pk, "b", "absent"), put(pk, "live", "any")]);
      for (const [sk, version] of [
        ["a", 1],
        ["b", 1],
        ["live", 2],
      ] as const)
        expect((await store.get("state", { pk, sk }))?.version).toBe(version);
    });

    it("takes 1 to 100 writes on distinct keys and at most 4 MB", async () => {
      const { store, pk } = await fresh();
      const many = (count: number) => Array.from({ length: count }, (_, i) => put(pk, `k${String(i).padStart(3, "0")}`, "absent"));
      await expect(store.transact([])).rejects.toMatchObject(invalid);
      await expect(store.transact(many(101))).rejects.toMatchObject(invalid);
      await expect(store.transact([...many(2), put(pk, "k000", "any")])).rejects.toMatchObject(invalid);
      const heavy = many(11).map(
        (write) =>
          ({ ...write, record: { pk, sk: (write as { record: { sk: string } }).record.sk, body: { text: "x".repeat(400_000) } } }) as Write,
      );
      await expect(store.transact(heavy)).rejects.toMatchObject(invalid);
      expect(await sortKeys(store, { pk })).toEqual([]);
      await store.transact(many(100));
      expect(await sortKeys(store, { pk })).toHaveLength(100);
    });

    concurrent("lets one of 8 concurrent transactions on the same version win", async () => {
      const { store, pk } = await fresh();
      await store.put("state", { pk, sk: "head", body: {} }, "absent");
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, writer) =>
          store.transact([put(pk, "head", 1, { writer }), put(pk, `log#${writer}`, "absent", { writer })]),
        ),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const writer = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(await sortKeys(store, { pk })).toEqual(["head", `log#${writer}`]);
      expect(await store.get("state", { pk, sk: "head" })).toMatchObject({ version: 2, body: { writer } });
    });
  });
}
