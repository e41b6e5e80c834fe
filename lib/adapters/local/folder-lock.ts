import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SigmaError } from "../../errors/sigma-error.ts";
import { sqliteError } from "./sqlite-error.ts";

export interface FolderLock {
  /** Runs work that no other holder of the same lock, in this process or another, runs at the same time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

/** How long a holder waits for another process before it gives up. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 5;

/**
 * A lock between the processes of one machine. It is an empty SQLite file: `BEGIN IMMEDIATE` takes the system's file
 * lock, which ends with its process, so a kill leaves no stale lock behind. Nothing is ever written to the file.
 */
export function createFolderLock(path: string): FolderLock {
  let queue: Promise<unknown> = Promise.resolve();
  return {
    hold(work) {
      const turn = queue.then(async () => {
        const held = await acquire(path);
        try {
          return await work();
        } finally {
          held.close();
        }
      });
      queue = turn.catch(() => {});
      return turn;
    },
  };
}

/** The lock is the open transaction: closing the file ends it. The file is opened anew each time, for its folder may have been replaced. */
async function acquire(path: string): Promise<DatabaseSync> {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new DatabaseSync(path, { timeout: 0 });
    for (let waited = 0; ; waited += RETRY_MS) {
      try {
        db.exec("BEGIN IMMEDIATE");
        return db;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (waited >= PATIENCE_MS)
          throw new SigmaError(
            "STORE_UNAVAILABLE",
            "Another process kept the artifacts locked for too long. Try again, or end the other process.",
            {},
            { cause: error },
          );
        await new Promise((done) => setTimeout(done, RETRY_MS));
      }
    }
  } catch (error) {
    if (db?.isOpen) db.close();
    throw sqliteError(error);
  }
}

/** SQLITE_BUSY, whatever its extended code. */
const isBusy = (error: unknown): boolean => ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
