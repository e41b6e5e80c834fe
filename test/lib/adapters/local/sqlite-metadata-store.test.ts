import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { SqliteDatabaseOptions } from "#lib/adapters/local/sqlite-database.ts";
import { createSqliteMetadataStore, type SqliteMetadataStore } from "#lib/adapters/local/sqlite-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { CONTRACT_START, metadataStoreContract } from "../../../contract/metadata-store.contract.ts";
import { linesUntilKilled, runChild } from "../../../support/child-script.ts";

const workspace = mkdtempSync(join(tmpdir(), "sigma records "));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));
const opened: SqliteMetadataStore[] = [];
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});
let files = 0;
const freshPath = (): string => join(workspace, `home ${++files}`, "state.sqlite");
const openStore = (options: Partial<SqliteDatabaseOptions> = {}): SqliteMetadataStore => {
  const store = createSqliteMetadataStore({ path: freshPath(), clock: createReplayClock(CONTRACT_START), ...options });
  opened.push(store);
  return store;
};

describe("createSqliteMetadataStore", () => {
  metadataStoreContract(async () => {
    const clock = createReplayClock(CONTRACT_START);
    return { store: openStore({ clock }), clock };
  });

  it("keeps records between openings, in folders it makes", async () => {
    const path = freshPath();
    const first = openStore({ path });
    await first.put("state", { pk: "p", sk: "s", body: { n: 1 } }, "absent");
    first.close();
    expect(await openStore({ path }).get("state", { pk: "p", sk: "s" })).toMatchObject({ version: 1, body: { n: 1 } });
  });

  it("is shared by two openings, whose writes see each other", async () => {
    const path = freshPath();
    const [one, two] = [openStore({ path }), openStore({ path })];
    await one.put("state", { pk: "p", sk: "s", body: {} }, "absent");
    await expect(two.put("state", { pk: "p", sk: "s", body: {} }, "absent")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await two.increment("state", { pk: "p", sk: "c" }, 1)).toBe(1);
    expect(await one.increment("state", { pk: "p", sk: "c" }, 1)).toBe(2);
  });

  it("removes expired records for good when it is opened", async () => {
    const path = freshPath();
    const first = openStore({ path });
    await first.put("idempotency", { pk: "p", sk: "s", body: {}, expiresAt: CONTRACT_START / 1000 + 5 }, "absent");
    first.close();
    openStore({ path, clock: createReplayClock(CONTRACT_START + 6000) }).close();
    const db = new DatabaseSync(path);
    expect(db.prepare("SELECT count(*) AS n FROM idempotency").get()).toEqual({ n: 0 });
    db.close();
  });

  it("gives up on a file that another process keeps locked, as retryable", async () => {
    const path = freshPath();
    const store = openStore({ path, busyTimeoutMs: 20 });
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const draft = { pk: "p", sk: "s", body: {} };
    await expect(store.put("state", draft, "any")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
    await expect(store.transact([{ kind: "put", table: "state", record: draft, condition: "any" }])).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    other.exec("ROLLBACK");
    expect(await store.put("state", draft, "any")).toBe(1);
    other.close();
  });

  it("refuses a busy timeout that would block the event loop for long", () => {
    expect(() => openStore({ busyTimeoutMs: 2001 })).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });

  it("refuses a file of a newer program and leaves it as it is", () => {
    const path = freshPath();
    openStore({ path }).close();
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    expect(() => openStore({ path })).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
    expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
    db.close();
  });

  it("names a file that is no database, a folder in its place and a closed store", async () => {
    const path = freshPath();
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "this is no database, but long enough to be read as one".repeat(40));
    expect(() => openStore({ path })).toThrowError(expect.objectContaining({ code: "ARTIFACT_CORRUPT" }));
    const folder = freshPath();
    mkdirSync(folder, { recursive: true });
    expect(() => openStore({ path: folder })).toThrowError(expect.objectContaining({ code: "STORE_UNAVAILABLE" }));
    const file = freshPath();
    writeFileSync(join(file, ".."), "not a folder");
    expect(() => openStore({ path: file })).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
    const closed = openStore();
    closed.close();
    closed.close();
    await expect(closed.get("state", { pk: "p", sk: "s" })).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });

  it("answers every query from an index", () => {
    const path = freshPath();
    openStore({ path }).close();
    const db = new DatabaseSync(path);
    const plan = (sql: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row["detail"]));
    const primary = plan(
      "SELECT * FROM state WHERE pk = 'p' AND sk >= 'a' AND sk < 'b' AND (expires_at IS NULL OR expires_at >= 1) ORDER BY sk DESC LIMIT 3",
    );
    const index = plan(
      "SELECT * FROM state WHERE ipk = 'p' AND isk < 'b' AND (isk, pk, sk) < ('a', 'b', 'c') ORDER BY isk DESC, pk DESC, sk DESC LIMIT 3",
    );
    expect(primary).toEqual([expect.stringMatching(/^SEARCH state USING INDEX sqlite_autoindex_state_1 \(pk=\? AND sk>\? AND sk<\?\)$/)]);
    expect(index).toEqual([expect.stringMatching(/^SEARCH state USING INDEX state_by_index \(ipk=\? AND isk<\?\)$/)]);
    db.close();
  });

  it("is opened and written by three processes at once, and no increment is lost", async () => {
    const path = freshPath();
    const script = join(import.meta.dirname, "sqlite-metadata-store.writer.child.ts");
    await Promise.all(["a", "b", "c"].map((writer) => runChild(script, [path, writer, "200"])));
    const store = openStore({ path });
    expect((await store.get("state", { pk: "shared", sk: "count" }))?.body).toEqual({ value: 600 });
    expect((await store.get("state", { pk: "shared", sk: "document" }))?.body["writes"]).toBe(600);
  });

  it("has every acknowledged write after each of five kills", async () => {
    const path = freshPath();
    const script = join(import.meta.dirname, "sqlite-metadata-store.child.ts");
    for (const killAfterMs of [30, 77, 121, 168, 203]) {
      const lines = await linesUntilKilled(script, [path], killAfterMs);
      const last = Number(lines.at(-1));
      const store = openStore({ path });
      const count = (await store.get("state", { pk: "kill", sk: "count" }))?.body["value"];
      expect(count).toBeGreaterThanOrEqual(last);
      for (const line of lines) {
        expect(await store.get("state", { pk: "pair", sk: `a#${line}` })).toBeDefined();
        expect(await store.get("signals", { pk: "pair", sk: `b#${line}` })).toBeDefined();
      }
      const suffixes = async (table: "state" | "signals") => {
        const found: string[] = [];
        let after: string | undefined;
        do {
          const { records } = await store.query({ table, pk: "pair", limit: 1000, ...(after !== undefined && { after }) });
          found.push(...records.map(({ sk }) => sk.slice(2)));
          after = records.length === 1000 ? records.at(-1)!.sk : undefined;
        } while (after !== undefined);
        return found;
      };
      expect(await suffixes("state")).toEqual(await suffixes("signals"));
      store.close();
      const db = new DatabaseSync(path);
      expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
      db.close();
    }
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

describe.skipIf(!mountable)(
  `createSqliteMetadataStore on a real small disk${mountable ? "" : " (SKIPPED: this user may not mount)"}`,
  () => {
    it("reports a full disk, keeps what was there, and refuses to open on a read-only one", async () => {
      const folder = join(workspace, "disk");
      mkdirSync(folder);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
      try {
        const path = join(folder, "state.sqlite");
        const store = openStore({ path });
        const fill = async () => {
          for (let i = 0; i < 20; i++) await store.put("state", { pk: "p", sk: `k${i}`, body: { text: "x".repeat(150_000) } }, "absent");
        };
        await expect(fill()).rejects.toMatchObject({ code: "STORE_FULL" });
        expect(await store.get("state", { pk: "p", sk: "k0" })).toMatchObject({ version: 1 });
        expect(await store.get("state", { pk: "p", sk: "k19" })).toBeUndefined();
        store.close();
        execFileSync("mount", ["-o", "remount,ro", folder]);
        expect(() => openStore({ path })).toThrowError(expect.objectContaining({ code: "STORE_READ_ONLY" }));
      } finally {
        execFileSync("umount", ["-l", folder]);
      }
    });
  },
);
