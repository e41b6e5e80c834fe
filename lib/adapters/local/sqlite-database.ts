import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { Clock } from "../../ports/clock.ts";
import { TABLES } from "../../ports/metadata-store.ts";
import { expirySecond } from "../record-limits.ts";
import { sqliteError } from "./sqlite-error.ts";

export interface SqliteDatabaseOptions {
  /** The database file; its folder is made when it is missing. */
  readonly path: string;
  readonly clock: Clock;
  /**
   * `normal` (default): a commit survives the end of the process, however sudden; a power cut may take the last
   * commits but never damages the file. What is lost that way is work that a resumed run does again.
   * `full`: a commit also survives a power cut, for one disk flush each.
   */
  readonly synchronous?: "normal" | "full";
  /** How long a write waits for another process's write. At most 2,000 ms, since it blocks the event loop. */
  readonly busyTimeoutMs?: number;
}

/** Steps from each schema version to the next; the file's `user_version` says how many were taken. */
const MIGRATIONS: readonly string[] = [
  TABLES.map(
    (table) => `
      CREATE TABLE "${table}" (
        pk TEXT NOT NULL, sk TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
        ipk TEXT, isk TEXT, expires_at INTEGER,
        PRIMARY KEY (pk, sk)
      ) STRICT;
      CREATE INDEX "${table}_by_index" ON "${table}" (ipk, isk, pk, sk) WHERE ipk IS NOT NULL;
      CREATE INDEX "${table}_by_expiry" ON "${table}" (expires_at) WHERE expires_at IS NOT NULL;`,
  ).join("\n"),
];

/** The schema version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * The schema version of a file, without changing it; undefined when there is no such file.
 *
 * @throws ARTIFACT_CORRUPT when it is no database; STORE_UNAVAILABLE when it cannot be read
 */
export function schemaVersionOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    return db.prepare("PRAGMA user_version").get()!["user_version"] as number;
  } catch (error) {
    throw sqliteError(error);
  } finally {
    db?.close();
  }
}

/**
 * Opens the file, brings its schema up to date and removes what has expired.
 *
 * @throws STORE_READ_ONLY | STORE_FULL | STORE_UNAVAILABLE when the file cannot be opened
 * @throws CONFIG_INVALID when a newer program wrote it; ARTIFACT_CORRUPT when it is no database
 */
export function openDatabase({ path, clock, synchronous = "normal", busyTimeoutMs = 2000 }: SqliteDatabaseOptions): DatabaseSync {
  if (!(busyTimeoutMs >= 0 && busyTimeoutMs <= 2000))
    throw new SigmaError("CONFIG_INVALID", `busyTimeoutMs must be 0 to 2000; found "${busyTimeoutMs}".`);
  let db: DatabaseSync | undefined;
  try {
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    db = new DatabaseSync(path, { timeout: busyTimeoutMs });
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON;`);
    migrate(db);
    for (const table of TABLES) db.prepare(`DELETE FROM "${table}" WHERE expires_at < ?`).run(expirySecond(clock.now()));
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw sqliteError(error);
  }
}

function migrate(db: DatabaseSync): void {
  const schemaVersion = (): number => db.prepare("PRAGMA user_version").get()!["user_version"] as number;
  if (schemaVersion() === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    // Read again under the lock: another process may have migrated meanwhile.
    const version = schemaVersion();
    if (version > MIGRATIONS.length)
      throw new SigmaError(
        "CONFIG_INVALID",
        `The metadata store has schema version "${version}", this program knows up to "${MIGRATIONS.length}". Use the newer program, or another SIGMA_HOME.`,
      );
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
