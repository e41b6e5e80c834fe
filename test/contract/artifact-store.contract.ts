import { expect, it } from "vitest";
import { sha256 } from "#lib/core/digest.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const badKeys = [
  "",
  "/a",
  "a/",
  "a//b",
  "../a",
  "a/../b",
  "a/./b",
  ".a",
  "a/.b",
  "a b",
  "a\\b",
  "a\0b",
  "é",
  "a:b",
  "a\n",
  `${"k".repeat(513)}`,
];

export interface ArtifactStoreContractOptions {
  /** Why concurrent calls cannot be tried here. */
  readonly noConcurrency?: string;
}

/** The promises of the port. Each adapter's test registers them against its own instance, which may be shared. */
export function artifactStoreContract(create: () => Promise<ArtifactStore>, options: ArtifactStoreContractOptions = {}): void {
  const concurrent = (title: string, test: () => Promise<void>): void => {
    if (options.noConcurrency === undefined) it(title, test);
    else it.skip(`${title} (SKIPPED: ${options.noConcurrency})`, test);
  };
  let tests = 0;
  const fresh = async (): Promise<{ store: ArtifactStore; at: string }> => {
    tests += 1;
    const at = `contract-${process.pid}-${tests}/`;
    return { store: await create(), at };
  };

  it("returns the bytes that were put", async () => {
    const { store, at } = await fresh();
    const put = await store.put(`${at}a/b.bin`, bytes("hello"), "absent");
    expect(put.created).toBe(true);
    expect(await store.get(`${at}a/b.bin`)).toEqual({ bytes: bytes("hello"), etag: put.etag });
    expect(await store.head(`${at}a/b.bin`)).toEqual({ size: 5, etag: put.etag });
  });

  it("keeps an empty object and a large one", async () => {
    const { store, at } = await fresh();
    const large = new Uint8Array(3_000_000).map((_, i) => i * 31);
    await store.put(`${at}empty`, new Uint8Array(), "absent");
    await store.put(`${at}large`, large, "absent");
    expect((await store.get(`${at}empty`)).bytes).toEqual(new Uint8Array());
    expect(sha256((await store.get(`${at}large`, sha256(large))).bytes)).toBe(sha256(large));
  });

  it("shares no memory with the caller", async () => {
    const { store, at } = await fresh();
    const mine = bytes("before");
    await store.put(`${at}k`, mine, "any");
    mine.fill(0);
    (await store.get(`${at}k`)).bytes.fill(1);
    expect((await store.get(`${at}k`)).bytes).toEqual(bytes("before"));
  });

  it("leaves a taken key alone when it is to be absent, and tells the stored etag", async () => {
    const { store, at } = await fresh();
    const first = await store.put(`${at}k`, bytes("first"), "absent");
    expect(await store.put(`${at}k`, bytes("second"), "absent")).toEqual({ created: false, etag: first.etag });
    expect((await store.get(`${at}k`)).bytes).toEqual(bytes("first"));
  });

  concurrent("gives a free key to exactly one of 24 concurrent writers", async () => {
    const { store, at } = await fresh();
    const results = await Promise.all(Array.from({ length: 24 }, (_, i) => store.put(`${at}k`, bytes(`writer ${i}`), "absent")));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const winner = results.findIndex(({ created }) => created);
    const stored = await store.get(`${at}k`);
    expect(stored.bytes).toEqual(bytes(`writer ${winner}`));
    expect(new Set(results.map(({ etag }) => etag))).toEqual(new Set([stored.etag]));
  });

  it("replaces under the stored etag only", async () => {
    const { store, at } = await fresh();
    const first = await store.put(`${at}pointer`, bytes("one"), "absent");
    const second = await store.put(`${at}pointer`, bytes("two"), { etag: first.etag });
    expect(second.etag).not.toBe(first.etag);
    await expect(store.put(`${at}pointer`, bytes("three"), { etag: first.etag })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(store.put(`${at}nothing`, bytes("x"), { etag: first.etag })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await store.get(`${at}pointer`)).bytes).toEqual(bytes("two"));
    expect(await store.head(`${at}nothing`)).toBeUndefined();
  });

  concurrent("lets one of 16 concurrent writers with the same etag win", async () => {
    const { store, at } = await fresh();
    const { etag } = await store.put(`${at}pointer`, bytes("start"), "absent");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, i) => store.put(`${at}pointer`, bytes(`writer ${i}`), { etag })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
    expect((await store.get(`${at}pointer`)).bytes).toEqual(bytes(`writer ${winner}`));
  });

  it("replaces without a condition", async () => {
    const { store, at } = await fresh();
    await store.put(`${at}k`, bytes("one"), "any");
    await store.put(`${at}k`, bytes("two"), "any");
    expect((await store.get(`${at}k`)).bytes).toEqual(bytes("two"));
  });

  it("verifies the expected digest before it returns bytes", async () => {
    const { store, at } = await fresh();
    await store.put(`${at}k`, bytes("hello"), "absent");
    // SHA-256 of "hello", FIPS 180-4.
    const digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    expect((await store.get(`${at}k`, digest)).bytes).toEqual(bytes("hello"));
    await expect(store.get(`${at}k`, "0".repeat(64))).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await expect(store.get(`${at}k`, "not a digest")).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("names what is not there, and removes it without complaint", async () => {
    const { store, at } = await fresh();
    await expect(store.get(`${at}missing/key`)).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND", facts: { key: `${at}missing/key` } });
    expect(await store.head(`${at}missing/key`)).toBeUndefined();
    await store.remove(`${at}missing/key`);
    await store.put(`${at}k`, bytes("x"), "absent");
    await store.remove(`${at}k`);
    expect(await store.head(`${at}k`)).toBeUndefined();
    expect((await store.put(`${at}k`, bytes("y"), "absent")).created).toBe(true);
  });

  it("lists in byte order, whatever folders the keys form", async () => {
    const { store, at } = await fresh();
    const keys = ["a-b/c", "a.b", "a/b", "a/b-c", "a/bb/c", "a/c", "aB", "a_b", "b", "z=1/y"];
    for (const key of keys.toReversed()) await store.put(`${at}${key}`, bytes(key), "absent");
    const sorted = ["a-b/c", "a.b", "a/b", "a/b-c", "a/bb/c", "a/c", "aB", "a_b", "b", "z=1/y"];
    expect(await store.list(at)).toEqual({ keys: sorted.map((key) => `${at}${key}`), nextCursor: null });
    expect((await store.list(`${at}a/`)).keys).toEqual([`${at}a/b`, `${at}a/b-c`, `${at}a/bb/c`, `${at}a/c`]);
    expect((await store.list(`${at}a/b`)).keys).toEqual([`${at}a/b`, `${at}a/b-c`, `${at}a/bb/c`]);
    expect((await store.list(`${at}nothing`)).keys).toEqual([]);
  });

  it("pages with a cursor that stays right while keys come and go", async () => {
    const { store, at } = await fresh();
    for (const key of ["b", "d/1", "d/2", "f", "h"]) await store.put(`${at}${key}`, bytes(key), "absent");
    const first = await store.list(at, { limit: 2 });
    expect(first.keys).toEqual([`${at}b`, `${at}d/1`]);
    await store.remove(`${at}d/1`);
    await store.put(`${at}a`, bytes("before the cursor"), "absent");
    await store.put(`${at}e`, bytes("after the cursor"), "absent");
    const second = await store.list(at, { limit: 4, cursor: first.nextCursor! });
    expect(second).toEqual({ keys: [`${at}d/2`, `${at}e`, `${at}f`, `${at}h`], nextCursor: null });
  });

  it("refuses a cursor that is damaged or of another listing, and a limit out of range", async () => {
    const { store, at } = await fresh();
    for (const key of ["a/1", "a/2", "b"]) await store.put(`${at}${key}`, bytes(key), "absent");
    const { nextCursor } = await store.list(`${at}a/`, { limit: 1 });
    const refused = { code: "INVALID_PARAM" };
    await expect(store.list(at, { cursor: nextCursor! })).rejects.toMatchObject(refused);
    await expect(store.list(`${at}a/`, { cursor: `${nextCursor}x` })).rejects.toMatchObject(refused);
    await expect(store.list(`${at}a/`, { cursor: "" })).rejects.toMatchObject(refused);
    await expect(store.list(at, { limit: 0 })).rejects.toMatchObject(refused);
    await expect(store.list(at, { limit: 1001 })).rejects.toMatchObject(refused);
    await expect(store.list("../", {})).rejects.toMatchObject(refused);
  });

  it.each(badKeys)("refuses the key %j before it touches storage", async (key) => {
    const { store } = await fresh();
    const refused = { code: "INVALID_PARAM" };
    await expect(store.put(key, bytes("x"), "any")).rejects.toMatchObject(refused);
    await expect(store.get(key)).rejects.toMatchObject(refused);
    await expect(store.head(key)).rejects.toMatchObject(refused);
    await expect(store.remove(key)).rejects.toMatchObject(refused);
  });
}
