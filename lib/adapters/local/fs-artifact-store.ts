import { randomUUID } from "node:crypto";
import type { Dirent } from "node:fs";
import * as nodeFs from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { sha256 } from "../../core/digest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { type ArtifactStore, isArtifactKey } from "../../ports/artifact-store.ts";
import {
  artifactConflict,
  artifactNotFound,
  checkArtifactKey,
  checkListing,
  checkPutCondition,
  listCursor,
  verifiedDigest,
} from "../artifact-keys.ts";
import { createFolderLock } from "./folder-lock.ts";
import { storageFault } from "./storage-fault.ts";

/** The file operations that the store uses, so that a test can make any of them fail. */
export type FileOperations = Pick<typeof nodeFs, "link" | "mkdir" | "open" | "readdir" | "readFile" | "rename" | "unlink">;

export interface FsArtifactStoreOptions {
  /** The folder that holds the artifacts; it is made with the first write. */
  readonly root: string;
  readonly files?: FileOperations;
}

/**
 * Keeps each artifact as one file under its key. The etag is the SHA-256 of the bytes.
 *
 * A write goes to a draft beside the target, is flushed to the disk and then takes the final name in one step, so a
 * reader, a crash or a kill sees the old object, the new one or none. A draft's name starts with a dot, which no key's
 * segment does: a draft that a crash left behind is never read or listed.
 *
 * `absent` is decided by a hard link to the final name, which one of any number of processes gets. Conditions on etags
 * and replacements are decided under a lock of the whole folder, which the system frees when a process dies. Both hold
 * for the processes of one machine on a local file system, not across a network share. A key cannot be a folder of
 * other keys, and on file systems that ignore case, keys must differ in more than case.
 */
export function createFsArtifactStore({ root, files = nodeFs }: FsArtifactStoreOptions): ArtifactStore {
  const base = resolve(root);
  const pathOf = (key: string): string => join(base, ...key.split("/"));
  const lock = createFolderLock(join(base, ".lock"));

  const readBytes = async (key: string): Promise<Uint8Array | undefined> => {
    try {
      const { buffer, byteOffset, byteLength } = await files.readFile(pathOf(key));
      return new Uint8Array(buffer, byteOffset, byteLength);
    } catch (error) {
      if (isAny(error, "ENOENT", "ENOTDIR", "EISDIR")) return undefined;
      throw storageFault(error, `"${key}"`);
    }
  };

  const etagOf = async (key: string): Promise<string | undefined> => {
    const bytes = await readBytes(key);
    return bytes && sha256(bytes);
  };

  const writeDraft = async (draft: string, bytes: Uint8Array): Promise<void> => {
    const created = await files.mkdir(dirname(draft), { recursive: true });
    if (created !== undefined) await flushFolder(files, dirname(created));
    const handle = await files.open(draft, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };

  /** Runs `publish` with a finished draft, which is gone afterwards whatever happens. */
  const withDraft = async <T>(key: string, bytes: Uint8Array, publish: (draft: string, target: string) => Promise<T>): Promise<T> => {
    const target = pathOf(key);
    const draft = join(dirname(target), `.draft-${randomUUID()}`);
    try {
      await writeDraft(draft, bytes);
      const result = await publish(draft, target);
      await flushFolder(files, dirname(target));
      return result;
    } catch (error) {
      if (error instanceof SigmaError) throw error;
      if (isAny(error, "EISDIR", "ENOTDIR", "EEXIST", "ENOTEMPTY") && (await isFolder(files, base))) throw keyIsFolder(key, error);
      throw storageFault(error, `"${key}"`);
    } finally {
      await files.unlink(draft).catch(() => {});
    }
  };

  return {
    async put(key, bytes, condition) {
      checkArtifactKey(key);
      checkPutCondition(condition);
      const etag = sha256(bytes);

      if (condition === "absent") {
        const taken = await etagOf(key);
        if (taken !== undefined) return { created: false, etag: taken };
        return await withDraft(key, bytes, async (draft, target) => {
          try {
            await files.link(draft, target);
            return { created: true, etag };
          } catch (error) {
            const winner = isAny(error, "EEXIST") ? await etagOf(key) : undefined;
            if (winner === undefined) throw error;
            return { created: false, etag: winner };
          }
        });
      }

      return await withDraft(key, bytes, (draft, target) =>
        lock.hold(async () => {
          if (condition !== "any" && (await etagOf(key)) !== condition.etag) throw artifactConflict(key, condition.etag);
          await files.rename(draft, target);
          return { created: true, etag };
        }),
      );
    },

    async get(key, expectedSha256) {
      const bytes = await readBytes(checkArtifactKey(key));
      if (!bytes) throw artifactNotFound(key);
      return { bytes, etag: verifiedDigest(key, bytes, expectedSha256) };
    },

    async head(key) {
      const bytes = await readBytes(checkArtifactKey(key));
      return bytes && { size: bytes.byteLength, etag: sha256(bytes) };
    },

    async list(prefix, options) {
      const { limit, after } = checkListing(prefix, options);
      const keys: string[] = [];
      for await (const key of walk(files, base, "", prefix, after)) {
        if (keys.length === limit) return { keys, nextCursor: listCursor(prefix, keys.at(-1)!) };
        keys.push(key);
      }
      return { keys, nextCursor: null };
    },

    async remove(key) {
      const path = pathOf(checkArtifactKey(key));
      try {
        await lock.hold(() => files.unlink(path));
        await flushFolder(files, dirname(path));
      } catch (error) {
        if (error instanceof SigmaError) throw error;
        // Linux says EISDIR for a folder.
        if (isAny(error, "ENOENT", "ENOTDIR", "EISDIR")) return;
        throw storageFault(error, `"${key}"`);
      }
    },
  };
}

/**
 * Keys below a prefix, after a key, in byte order. Folders sort as their name with a slash, which is how their keys
 * sort among the files beside them; folders outside the range are not opened.
 */
async function* walk(
  files: FileOperations,
  base: string,
  folder: string,
  prefix: string,
  after: string | undefined,
): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await files.readdir(join(base, folder), { withFileTypes: true });
  } catch (error) {
    if (isAny(error, "ENOENT", "ENOTDIR")) return;
    throw storageFault(error, folder === "" ? "the artifacts" : `"${folder}"`);
  }
  const names = entries
    .filter((entry) => isArtifactKey(entry.name) && (entry.isFile() || entry.isDirectory()))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`)
    .sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    const isFolder = name.endsWith("/");
    if (!(name.startsWith(prefix) || (isFolder && prefix.startsWith(name)))) continue;
    if (isFolder) {
      if (after === undefined || after < name || after.startsWith(name)) yield* walk(files, base, name, prefix, after);
    } else if (after === undefined || name > after) yield name;
  }
}

/** Makes a new name in a folder survive a power cut. Windows cannot open folders and needs no such call. */
async function flushFolder(files: FileOperations, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await files.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isFolder = (files: FileOperations, path: string): Promise<boolean> =>
  files.readdir(path).then(
    () => true,
    () => false,
  );

const isAny = (error: unknown, ...codes: string[]): boolean => codes.includes((error as NodeJS.ErrnoException).code ?? "");

const keyIsFolder = (key: string, cause: unknown): SigmaError =>
  new SigmaError(
    "INVALID_PARAM",
    `The key "${key}" clashes with another: in a folder store a key cannot be a folder of other keys.`,
    { key },
    { cause },
  );
