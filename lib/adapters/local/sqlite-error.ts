import type { ErrorCode } from "../../errors/catalog.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { storageFault } from "./storage-fault.ts";

/** SQLite's primary result codes that say what a person can do about them. */
const FAULTS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  5: ["STORE_UNAVAILABLE", "Another process kept the metadata store locked for too long. Try again, or end the other process."],
  6: ["STORE_UNAVAILABLE", "Another part of this process kept the metadata store locked. Try again."],
  8: [
    "STORE_READ_ONLY",
    "The metadata store cannot be written. Make the SIGMA_HOME folder and its files writable, or set SIGMA_HOME to another.",
  ],
  10: ["STORE_UNAVAILABLE", "The disk reported an error under the metadata store. Check the disk of the SIGMA_HOME folder."],
  11: ["ARTIFACT_CORRUPT", "The metadata store's file is damaged. Restore it from a backup, or set SIGMA_HOME to a new folder."],
  13: [
    "STORE_FULL",
    "The disk of the metadata store is full. Free some space in the SIGMA_HOME folder and try again; nothing was half-written.",
  ],
  14: [
    "STORE_UNAVAILABLE",
    "The metadata store's file cannot be opened. Check that SIGMA_HOME names a folder that this user may read and write.",
  ],
  26: ["ARTIFACT_CORRUPT", "The metadata store's file is not a database. Move it away, or set SIGMA_HOME to a new folder."],
};

/** Names what SQLite or the file system reports. Catalogue errors pass; what is neither is a bug and passes too. */
export function sqliteError(error: unknown): unknown {
  if (error instanceof SigmaError) return error;
  const errcode = (error as { errcode?: unknown }).errcode;
  if (typeof errcode === "number") {
    const known = FAULTS[errcode & 0xff];
    if (!known) return error;
    const [code, message] = known;
    return new SigmaError(code, message, { sqlite: errcode }, { cause: error });
  }
  return typeof (error as NodeJS.ErrnoException).errno === "number" ? storageFault(error, "the metadata store") : error;
}
