import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
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

/** Runs the launcher as a user does. */
export function runLauncher(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [resolve(root, "cli", "sigma.mjs"), ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((settle) => child.on("close", (code) => settle({ code, stdout, stderr })));
}

/** A terminal that remembers what was written. */
export function recordingTerminal(env: NodeJS.ProcessEnv = {}): Terminal & { readonly out: () => string; readonly err: () => string } {
  let out = "";
  let err = "";
  return {
    env,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    now: () => 0,
    out: () => out,
    err: () => err,
  };
}
