import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFault } from "./export-files.ts";

/**
 * Writes a file whole or not at all: beside its place first, then moved there. Folders are made when missing.
 *
 * @throws STORE_READ_ONLY, STORE_FULL
 */
export async function writeWhole(path: string, data: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, data);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeFault(path, cause);
  }
}
