import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { sha256 } from "#lib/core/digest.ts";
import { isArtifactKey } from "#lib/ports/artifact-store.ts";

/** A folder for one or more homes, with a space in its path; removed by the returned function. */
export function createScratch(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "sigma lab "));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A scratch folder that goes with the test. */
export function scratchForTest(): string {
  const scratch = createScratch();
  onTestFinished(() => scratch.remove());
  return scratch.path;
}

export function copyHome(from: string, to: string): string {
  cpSync(from, to, { recursive: true });
  return to;
}

export interface StoredFile {
  readonly sha256: string;
  /** The same number means the same file: it was not written again. */
  readonly inode: number;
}

/** What a reader of the artifact store can see, by key. */
export function artifactsOf(home: string): ReadonlyMap<string, StoredFile> {
  const root = join(home, "artifacts");
  const found = new Map<string, StoredFile>();
  for (const name of (readdirSync(root, { recursive: true }) as string[]).sort()) {
    const path = join(root, name);
    const stat = statSync(path);
    if (stat.isFile() && isArtifactKey(name)) found.set(name, { sha256: sha256(readFileSync(path)), inode: stat.ino });
  }
  return found;
}

export const digestsOf = (home: string): Record<string, string> =>
  Object.fromEntries([...artifactsOf(home)].map(([key, file]) => [key, file.sha256]));

export interface HomeRecord {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly body: Record<string, unknown>;
}

/** Every record of the metadata store, in key order. @throws when SQLite's own check finds damage */
export function recordsOf(home: string): HomeRecord[] {
  const db = new DatabaseSync(join(home, "metadata.sqlite"));
  try {
    const [check] = db.prepare("PRAGMA integrity_check").all();
    if (check?.["integrity_check"] !== "ok") throw new Error(`integrity_check: ${JSON.stringify(check)}`);
    return ["state", "signals", "idempotency"].flatMap((table) =>
      db
        .prepare(`SELECT pk, sk, version, body FROM "${table}" ORDER BY pk, sk`)
        .all()
        .map(({ pk, sk, version, body }) => ({
          table,
          pk: String(pk),
          sk: String(sk),
          version: Number(version),
          body: JSON.parse(String(body)) as Record<string, unknown>,
        })),
    );
  } finally {
    db.close();
  }
}

/** The records of one run whose sort key starts with a text. */
export const recordsOfRun = (records: readonly HomeRecord[], runId: string, prefix: string): HomeRecord[] =>
  records.filter(({ pk, sk }) => pk === `run#${runId}` && sk.startsWith(prefix));
