import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runCli } from "../../cli/run-cli.ts";
import type { Terminal } from "../../cli/session.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A home whose path has a space, gone when the test is over. */
export function temporaryHome(): { readonly home: string; readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "sigma cli "));
  return { home: join(folder, "home of sigma"), folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the launcher as a user does. */
export function startLauncher(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [resolve(root, "cli", "sigma.mjs"), ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  const heard = Promise.withResolvers<void>();
  let pattern: RegExp | undefined;
  const collect = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
    written[stream] += chunk.toString();
    if (pattern?.test(written.stderr)) heard.resolve();
  };
  child.stdout.on("data", collect("stdout"));
  child.stderr.on("data", collect("stderr"));
  const ended = new Promise<number | null>((settle) => child.on("close", settle));
  return {
    child,
    written,
    ended,
    /** The first text on stderr that matches. */
    async said(wanted: RegExp): Promise<string> {
      pattern = wanted;
      if (wanted.test(written.stderr)) heard.resolve();
      await Promise.race([heard.promise, ended]);
      const found = wanted.exec(written.stderr);
      if (!found) throw new Error(`Never said ${wanted}:\n${written.stderr}`);
      return found[0];
    },
  };
}

/** Runs the launcher as a user does, to its end. */
export async function runLauncher(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const { written, ended } = startLauncher(args, env);
  const code = await ended;
  return { code, ...written };
}

/** Runs a command line in this process: the same code without a second start. */
export async function runHere(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const terminal = recordingTerminal(env);
  const code = await runCli(args, terminal);
  return { code, stdout: terminal.out(), stderr: terminal.err() };
}

/** Text on one line, as a search does not care where a paragraph was broken. */
export const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

/** A terminal that remembers what was written. */
function recordingTerminal(env: NodeJS.ProcessEnv = {}): Terminal & { readonly out: () => string; readonly err: () => string } {
  let out = "";
  let err = "";
  return {
    env,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    now: () => performance.now(),
    out: () => out,
    err: () => err,
  };
}
