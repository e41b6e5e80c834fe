import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as realFiles from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFsArtifactStore, type FileOperations } from "#lib/adapters/local/fs-artifact-store.ts";
import { sha256 } from "#lib/core/digest.ts";
import { artifactStoreContract } from "../../../contract/artifact-store.contract.ts";
import { linesUntilKilled, runChild } from "../../../support/child-script.ts";

const workspace = mkdtempSync(join(tmpdir(), "sigma artifacts "));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));
let roots = 0;
const freshRoot = (): string => join(workspace, `root ${++roots}`);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const everyFile = (folder: string): string[] => (readdirSync(folder, { recursive: true }) as string[]).toSorted();

describe("createFsArtifactStore", () => {
  artifactStoreContract(async () => createFsArtifactStore({ root: freshRoot() }));

  it("keeps an artifact as the file of its key, with the SHA-256 as etag", async () => {
    const root = freshRoot();
    const { etag } = await createFsArtifactStore({ root }).put("matrices/abc/matrix.parquet", bytes("hello"), "absent");
    expect(etag).toBe("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    expect(everyFile(root)).toEqual(["matrices", "matrices/abc", "matrices/abc/matrix.parquet"]);
  });

  it("never lists drafts, its lock or files that cannot be keys", async () => {
    const root = freshRoot();
    const store = createFsArtifactStore({ root });
    await store.put("a/k", bytes("1"), "any");
    writeFileSync(join(root, "a", ".draft-left-behind"), "half");
    writeFileSync(join(root, ".hidden"), "x");
    mkdirSync(join(root, ".folder"));
    writeFileSync(join(root, ".folder", "k"), "x");
    writeFileSync(join(root, "a", "with space"), "x");
    expect((await store.list("")).keys).toEqual(["a/k"]);
  });

  it("notices bytes that were changed on disk", async () => {
    const root = freshRoot();
    const store = createFsArtifactStore({ root });
    await store.put("a/k", bytes("hello"), "absent");
    writeFileSync(join(root, "a", "k"), "hellp");
    await expect(store.get("a/k", sha256("hello"))).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });

  it("refuses a key that is a folder of other keys, and finds nothing under a key that is a file", async () => {
    const store = createFsArtifactStore({ root: freshRoot() });
    await store.put("a/b", bytes("1"), "absent");
    for (const condition of ["absent", "any"] as const) {
      await expect(store.put("a", bytes("2"), condition)).rejects.toMatchObject({ code: "INVALID_PARAM" });
      await expect(store.put("a/b/c", bytes("2"), condition)).rejects.toMatchObject({ code: "INVALID_PARAM" });
    }
    await expect(store.get("a")).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND" });
    await expect(store.get("a/b/c")).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND" });
    await store.remove("a");
    expect((await store.list("")).keys).toEqual(["a/b"]);
  });

  it("decides conditions between several stores on one folder", async () => {
    const root = freshRoot();
    const stores = Array.from({ length: 6 }, () => createFsArtifactStore({ root }));
    const created = await Promise.all(stores.map((store, i) => store.put("k", bytes(`first ${i}`), "absent")));
    expect(created.filter((result) => result.created)).toHaveLength(1);
    const { etag } = created[0]!;
    const swapped = await Promise.allSettled(stores.map((store, i) => store.put("k", bytes(`second ${i}`), { etag })));
    expect(swapped.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("decides conditions between processes: no increment of three writers is lost", async () => {
    const root = freshRoot();
    const script = join(import.meta.dirname, "fs-artifact-store.writer.child.ts");
    await Promise.all(["a", "b", "c"].map((writer) => runChild(script, [root, writer, "25"])));
    const store = createFsArtifactStore({ root });
    expect(new TextDecoder().decode((await store.get("counter")).bytes)).toBe("75");
    const claims = await Promise.all(
      (await store.list("claims/")).keys.map(async (key) => new TextDecoder().decode((await store.get(key)).bytes)),
    );
    expect(claims).toHaveLength(25);
    expect(everyFile(root).filter((name) => name.includes("draft"))).toEqual([]);
  });

  it("leaves whole objects only, and every acknowledged one, when it is killed in the middle of writes", async () => {
    const root = freshRoot();
    const script = join(import.meta.dirname, "fs-artifact-store.child.ts");
    const acknowledged: string[] = [];
    for (const [round, killAfterMs] of [40, 75, 110, 163, 217].entries())
      acknowledged.push(...(await linesUntilKilled(script, [root, String(round)], killAfterMs)));
    const store = createFsArtifactStore({ root });
    const { keys } = await store.list("objects/");
    expect(acknowledged.length).toBeGreaterThanOrEqual(5);
    expect(keys).toEqual(expect.arrayContaining(acknowledged));
    for (const key of keys) expect(sha256((await store.get(key)).bytes)).toBe(key.slice("objects/".length));
    const pointer = await store.get("pointers/current");
    const { key } = JSON.parse(new TextDecoder().decode(pointer.bytes)) as { key: string };
    expect(keys).toContain(key);
    // The lock died with its holder.
    expect((await store.put("pointers/current", bytes("{}"), { etag: pointer.etag })).created).toBe(true);
  });
});

describe("createFsArtifactStore on a failing file system", () => {
  const failing = (operation: keyof FileOperations, code: string): FileOperations => ({
    ...realFiles,
    [operation]: async () => {
      throw Object.assign(new Error(`${code}: injected`), { code });
    },
  });
  const cases = [
    ["ENOSPC", "STORE_FULL"],
    ["EDQUOT", "STORE_FULL"],
    ["EROFS", "STORE_READ_ONLY"],
    ["EACCES", "STORE_READ_ONLY"],
    ["EPERM", "STORE_READ_ONLY"],
    ["EIO", "STORE_UNAVAILABLE"],
    ["EMFILE", "STORE_UNAVAILABLE"],
  ] as const;

  it.each(cases)("names %s as %s in each step of a write, and leaves nothing behind", async (errno, code) => {
    for (const operation of ["mkdir", "open", "link", "rename"] as const) {
      const root = freshRoot();
      const condition = operation === "rename" ? "any" : "absent";
      const write = createFsArtifactStore({ root, files: failing(operation, errno) }).put("a/k", bytes("x"), condition);
      await expect(write).rejects.toMatchObject({ code, facts: { what: '"a/k"', errno } });
      const store = createFsArtifactStore({ root });
      expect((await store.list("")).keys).toEqual([]);
      expect(await store.head("a/k")).toBeUndefined();
    }
  });

  it("names failures of reading, listing and removing", async () => {
    const root = freshRoot();
    await createFsArtifactStore({ root }).put("a/k", bytes("x"), "absent");
    const failed = { code: "STORE_UNAVAILABLE" };
    await expect(createFsArtifactStore({ root, files: failing("readFile", "EIO") }).get("a/k")).rejects.toMatchObject(failed);
    await expect(createFsArtifactStore({ root, files: failing("readdir", "EIO") }).list("")).rejects.toMatchObject(failed);
    await expect(createFsArtifactStore({ root, files: failing("unlink", "EROFS") }).remove("a/k")).rejects.toMatchObject({
      code: "STORE_READ_ONLY",
    });
  });

  it("names a file that is in the place of the store's folder", async () => {
    const root = freshRoot();
    writeFileSync(root, "not a folder");
    for (const condition of ["absent", "any"] as const)
      await expect(createFsArtifactStore({ root: join(root, "artifacts") }).put("a/k", bytes("x"), condition)).rejects.toMatchObject({
        code: "CONFIG_INVALID",
      });
  });

  it("says what to do and shows the key, not the machine's path", async () => {
    const root = freshRoot();
    const error = await createFsArtifactStore({ root, files: failing("open", "ENOSPC") })
      .put("reports/x.json", bytes("x"), "any")
      .catch((caught: Error) => caught);
    expect((error as Error).message).toContain('"reports/x.json"');
    expect((error as Error).message).toContain("Free some space in the SIGMA_HOME folder");
    expect((error as Error).message).not.toContain(workspace);
  });
});

const mountable = ((): boolean => {
  const probe = join(workspace, "probe");
  mkdirSync(probe);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", probe], { stdio: "ignore" });
    execFileSync("umount", [probe], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!mountable)(`createFsArtifactStore on a real small disk${mountable ? "" : " (SKIPPED: this user may not mount)"}`, () => {
  it("reports a full disk and a read-only one, keeps what was there, and goes on when there is space", async () => {
    const root = join(workspace, "disk");
    mkdirSync(root);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", root]);
    try {
      const store = createFsArtifactStore({ root });
      await store.put("pointer", bytes("kept"), "any");
      await expect(store.put("large", new Uint8Array(2_000_000), "absent")).rejects.toMatchObject({ code: "STORE_FULL" });
      await expect(store.put("pointer", new Uint8Array(2_000_000), "any")).rejects.toMatchObject({ code: "STORE_FULL" });
      expect((await store.get("pointer")).bytes).toEqual(bytes("kept"));
      expect(everyFile(root).filter((name) => name.includes("draft"))).toEqual([]);
      await store.put("small", new Uint8Array(500_000), "absent");
      execFileSync("mount", ["-o", "remount,ro", root]);
      await expect(store.put("another", bytes("x"), "absent")).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
      await expect(store.put("pointer", bytes("x"), "any")).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
      await expect(store.remove("pointer")).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
      expect((await store.list("")).keys).toEqual(["pointer", "small"]);
    } finally {
      execFileSync("umount", ["-l", root]);
    }
  });
});
