import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { listFiles } from "#functions/publish-web/list-files.ts";
import { INDEX_FILE } from "#functions/publish-web/web-file.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { WebBuild } from "./web-app.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What can decide a byte of the app: its own sources, all that they may import, and what is installed. */
const SOURCES = ["web", "client", "lib", "infra/timers.ts", "infra/timer-ticks.ts", "package.json", "package-lock.json", "tsconfig.json"];

/** Builds beside the current one that are kept, as another server may be about to read them. */
const KEPT = 2;
const ABANDONED_MS = 3_600_000;
const LONGEST_MS = 180_000;

export interface WebBuildOptions {
  /** The checkout; this one when absent. */
  readonly root?: string;
  /** Hears in one line that a build was made, or why not. */
  readonly say?: (line: string) => void;
}

/**
 * The built app of these sources, made when there is none yet. Each build is a folder named by the digest of its sources, moved
 * into place when it is whole: servers that start at once, and a kill at any moment, leave whole builds only.
 *
 * @returns never throws: what went wrong is the problem, with what to do
 */
export async function buildWebApp({ root = ROOT, say = () => {} }: WebBuildOptions = {}): Promise<WebBuild> {
  const startedAt = performance.now();
  try {
    const dist = join(root, "web", "dist");
    const folder = join(dist, sourceDigest(root).slice(0, 16));
    if (existsSync(join(folder, INDEX_FILE))) return { folder };
    mkdirSync(dist, { recursive: true });
    const draft = join(dist, `.draft-${randomUUID()}`);
    try {
      await runVite(root, draft);
      moveIntoPlace(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    removeOld(dist, folder);
    say(`Built the web app in ${((performance.now() - startedAt) / 1000).toFixed(1)} s: there was none of these sources.`);
    return { folder };
  } catch (error) {
    const problem = `${(error as Error).message} See what "npm run build:web" says, mend it, and start again.`;
    say(`The web app is not served, the API is. ${problem}`);
    return { problem };
  }
}

/** Digest of what a build serves, by name and content. */
export const folderDigest = (folder: string): string => digestOf(listFiles(folder).map((name) => ({ name, path: join(folder, name) })));

/** Digest of every file that a build may read. */
function sourceDigest(root: string): string {
  const files = SOURCES.flatMap((name) => filesOf(join(root, name))).map((path) => ({
    path,
    name: relative(root, path).split(sep).join("/"),
  }));
  return digestOf(files);
}

function digestOf(files: readonly { readonly name: string; readonly path: string }[]): string {
  const lines = files.map(({ name, path }) => `${name} ${sha256(readFileSync(path))}`);
  return sha256(lines.sort().join("\n"));
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "dist" || entry.name.startsWith(".")) return [];
    const below = join(path, entry.name);
    return entry.isDirectory() ? filesOf(below) : entry.isFile() ? [below] : [];
  });
}

/** @throws Error with the last that the build said */
async function runVite(root: string, outDir: string): Promise<void> {
  const vite = viteOf(root);
  // Neither a variable of the shell nor a test's environment may change what is built.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITE") && name !== "NODE_OPTIONS"));
  const args = [vite, "build", "web", "--outDir", outDir, "--configLoader", "native", "--logLevel", "warn"];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-4000)));
  const code = await new Promise<number | string | null>((settle, fail) => {
    child.on("error", fail);
    child.on("close", (status, signal) => settle(status ?? signal));
  });
  if (code !== 0 || !existsSync(join(outDir, INDEX_FILE))) throw new Error(`Building the web app failed (${code}): ${firstLines(said)}`);
}

function viteOf(root: string): string {
  try {
    return join(dirname(createRequire(join(root, "package.json")).resolve("vite/package.json")), "bin", "vite.js");
  } catch (cause) {
    throw new Error('The web app cannot be built: its tools are not installed. Run "npm ci".', { cause });
  }
}

/** The part of a tool's output that says what is wrong, without colours and stack. */
const firstLines = (text: string): string =>
  stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("at "))
    .slice(0, 6)
    .join(" ")
    .slice(0, 600);

/** Whoever comes second finds the same build and leaves it. */
function moveIntoPlace(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(join(folder, INDEX_FILE))) throw error;
  }
}

function removeOld(dist: string, current: string): void {
  const entries = readdirSync(dist).map((name) => ({
    path: join(dist, name),
    draft: name.startsWith(".draft-"),
    at: statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs,
  }));
  const builds = entries.filter(({ path, draft, at }) => !draft && at !== undefined && path !== current).sort((a, b) => b.at! - a.at!);
  const abandoned = entries.filter(({ draft, at }) => draft && at !== undefined && Date.now() - at > ABANDONED_MS);
  for (const { path } of [...builds.slice(KEPT), ...abandoned]) rmSync(path, { recursive: true, force: true });
}
