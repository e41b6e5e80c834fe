import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { readSampleData } from "#infra/local/sample-data.ts";
import { storeSchema } from "#infra/local/store-schema.ts";
import { bytes, duration } from "./format.ts";
import { REQUIRED_MAJOR } from "./runtime.mjs";

export interface Check {
  readonly check: string;
  readonly status: "ok" | "WARN" | "FAIL";
  readonly detail: string;
}

const GIGABYTE = 1024 ** 3;
const DAY_MS = 86_400_000;

const ok = (check: string, detail: string): Check => ({ check, status: "ok", detail });
const warn = (check: string, detail: string): Check => ({ check, status: "WARN", detail });
const fail = (check: string, detail: string): Check => ({ check, status: "FAIL", detail });

export function checkNode(version = process.versions.node): Check {
  const major = Number(version.split(".")[0]);
  return major >= REQUIRED_MAJOR
    ? ok("node", `Node ${version}`)
    : fail(
        "node",
        `Node ${version} runs this, and ${REQUIRED_MAJOR} or later is needed. Start the product with its launcher, cli/sigma.mjs.`,
      );
}

/** Whether the home can be made and written, and how much room it has. */
export async function checkHome(home: string): Promise<Check> {
  const probe = join(home, `.doctor-${process.pid}`);
  try {
    await mkdir(home, { recursive: true });
    await writeFile(probe, "written by sigma doctor");
    await rm(probe);
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const detail = `"${home}" is writable, ${bytes(free)} free`;
    if (free < 0.1 * GIGABYTE) return fail("home", `${detail}. Free some space, or set SIGMA_HOME to another disk.`);
    return free < GIGABYTE ? warn("home", `${detail}: a large sweep may need more.`) : ok("home", detail);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail("home", `"${home}" cannot be written (${code ?? "unknown"}). Make it writable, or set SIGMA_HOME to another folder.`);
  }
}

/** Reads the whole database and its indexes. */
export function checkDatabase(home: string): Check {
  const path = join(home, "metadata.sqlite");
  if (!existsSync(path)) return ok("database", "none yet: the first command makes it");
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    const rows = database.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[];
    const problems = rows.map(({ integrity_check }) => integrity_check).filter((line) => line !== "ok");
    if (problems.length === 0) return ok("database", `"${path}" is intact`);
    return fail(
      "database",
      `"${path}" is damaged: ${problems.slice(0, 3).join("; ")}. Put a backup in its place, or move it away to start anew.`,
    );
  } catch (error) {
    return fail(
      "database",
      `"${path}" cannot be read: ${(error as Error).message}. Put a backup in its place, or move it away to start anew.`,
    );
  } finally {
    database?.close();
  }
}

/** Whether somebody else on this machine could change what is in the home. */
export async function checkPermissions(home: string): Promise<Check> {
  const facts = await stat(home).catch(() => undefined);
  if (facts === undefined) return ok("permissions", "none yet: there is no home");
  if (process.platform === "win32") return ok("permissions", "as the folder above it says");
  const mode = (facts.mode & 0o777).toString(8);
  return (facts.mode & 0o022) === 0
    ? ok("permissions", `${mode}: only its owner can change the home`)
    : warn("permissions", `${mode}: others on this machine can change the home. Take that away with: chmod go-w "${home}"`);
}

/** Whether this program and the store of records agree on the schema. */
export function checkSchema(home: string): Check {
  try {
    const { found, known } = storeSchema(home);
    if (found === undefined) return ok("schema", `none yet: version ${known} is made with the first command`);
    if (found > known)
      return fail(
        "schema",
        `the store has version ${found}, this program knows up to ${known}. Use the newer program, or another SIGMA_HOME.`,
      );
    return ok("schema", found === known ? `version ${known}` : `version ${found}; the next command brings it to ${known}`);
  } catch (error) {
    return fail("schema", (error as Error).message);
  }
}

/** Locks that are held right now. The system frees those of a process that died, so a held one has a living holder. */
export function checkLocks(home: string): Check {
  const held = [join(home, "metadata.sqlite"), join(home, "artifacts", ".lock")].filter((path) => existsSync(path) && isLocked(path));
  return held.length === 0
    ? ok("locks", "none is held")
    : warn(
        "locks",
        `${held.map((path) => `"${path}"`).join(", ")} held by another process: a command or server is writing. Wait for it, or end it.`,
      );
}

function isLocked(path: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("BEGIN IMMEDIATE");
    database.exec("ROLLBACK");
    return false;
  } catch (error) {
    // SQLITE_BUSY, whatever its extended code; what else may be wrong other checks say.
    return ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
  } finally {
    database?.close();
  }
}

export async function checkSampleData(read: () => Promise<Uint8Array> = readSampleData): Promise<Check> {
  try {
    const found = await read();
    return ok("sample data", `S&P 500 bars, ${bytes(found.byteLength)}, SHA-256 as pinned`);
  } catch (error) {
    return fail("sample data", (error as Error).message);
  }
}

/** Whether the server could listen. */
export async function checkPort(port: number): Promise<Check> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<Check>();
  server.once("error", (error: NodeJS.ErrnoException) =>
    resolve(warn("port", `${port} on 127.0.0.1 is taken (${error.code}): "sigma serve --port ..." uses another one.`)),
  );
  server.listen(port, "127.0.0.1", () => server.close(() => resolve(ok("port", `${port} on 127.0.0.1 is free`))));
  return promise;
}

/**
 * Drafts that writes left behind when their process was killed. A draft of today may belong to a write in progress.
 *
 * @param options.fix - remove those older than a day
 */
export async function checkDrafts(home: string, options: { readonly now: number; readonly fix: boolean }): Promise<Check> {
  const stale: string[] = [];
  let size = 0;
  for await (const path of drafts(join(home, "artifacts"))) {
    const facts = await stat(path).catch(() => undefined);
    if (!facts || options.now - facts.mtimeMs < DAY_MS) continue;
    stale.push(path);
    size += facts.size;
    if (options.fix) await rm(path, { force: true });
  }
  if (stale.length === 0) return ok("drafts", `none older than ${duration(DAY_MS)}`);
  const found = `${stale.length} unfinished writes older than a day, ${bytes(size)}`;
  return options.fix ? ok("drafts", `${found}: removed`) : warn("drafts", `${found}. "sigma doctor --fix" removes them.`);
}

async function* drafts(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* drafts(path);
    else if (entry.isFile() && entry.name.startsWith(".draft-")) yield path;
  }
}
