import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Table } from "#lib/core/parquet-table.ts";
import { writeTable } from "#lib/core/write-parquet-table.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { writeFault } from "../export-files.ts";
import type { FileFormat } from "./order.ts";
import { tableCsv } from "./table-text.ts";

/** Tells a folder of simulated data from any other: only such a one is ever replaced. */
export const FOLDER_MARK = "simulation.json";
export const FOLDER_FORM = "sigma-simulation/1";

export interface WrittenFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** A folder that is written beside its place and moved there whole when it is complete. */
export interface NewFolder {
  readonly files: readonly WrittenFile[];
  /** @param path - inside the folder, without its ending */
  writeTable(path: string, table: Table): Promise<void>;
  writeText(path: string, text: string): Promise<void>;
  /** Moves the folder to its place. */
  finish(): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/**
 * Begins a folder.
 *
 * @param force - whether a folder of simulated data that stands there is replaced; no other one ever is
 * @throws CONFLICT when something stands there that may not be replaced; STORE_READ_ONLY | STORE_FULL
 */
export async function beginFolder(target: string, format: FileFormat, force: boolean): Promise<NewFolder> {
  await refuseToOverwrite(target, force);
  const place = `${target}.partial`;
  await rm(place, { recursive: true, force: true });
  const files: WrittenFile[] = [];
  const write = async (path: string, rows: number, chunks: Iterable<string | Uint8Array>): Promise<void> => {
    const full = join(place, path);
    try {
      await mkdir(dirname(full), { recursive: true });
      const file = await open(full, "w");
      try {
        files.push({ path, rows, bytes: await writeChunks(file, chunks) });
      } finally {
        await file.close();
      }
    } catch (cause) {
      throw writeFault(full, cause);
    }
  };
  return {
    files,
    writeTable: (path, table) =>
      format === "csv" ? write(`${path}.csv`, table.rows, tableCsv(table)) : write(`${path}.parquet`, table.rows, [writeTable(table)]),
    writeText: (path, text) => write(path, 0, [text]),
    async finish() {
      const old = `${target}.old`;
      try {
        await rm(old, { recursive: true, force: true });
        const replaced = await stat(target).then(
          () => true,
          () => false,
        );
        if (replaced) await rename(target, old);
        await rename(place, target);
        await rm(old, { recursive: true, force: true });
      } catch (cause) {
        throw writeFault(target, cause);
      }
    },
    abandon: () => rm(place, { recursive: true, force: true }),
  };
}

async function writeChunks(file: FileHandle, chunks: Iterable<string | Uint8Array>): Promise<number> {
  let bytes = 0;
  for (const chunk of chunks) {
    const data = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    await file.write(data);
    bytes += data.byteLength;
  }
  return bytes;
}

async function refuseToOverwrite(target: string, force: boolean): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return;
  if (!(await isSimulated(target)))
    throw new SigmaError(
      "CONFLICT",
      `"${target}" is there and holds no simulated data; it is left alone. Choose another folder with --out.`,
      {
        path: target,
      },
    );
  if (!force)
    throw new SigmaError(
      "CONFLICT",
      `"${target}" holds simulated data already. Replace the whole folder with --force, or choose another one.`,
      {
        path: target,
      },
    );
}

async function isSimulated(target: string): Promise<boolean> {
  try {
    return (JSON.parse(await readFile(join(target, FOLDER_MARK), "utf8")) as { form?: unknown }).form === FOLDER_FORM;
  } catch {
    return false;
  }
}
