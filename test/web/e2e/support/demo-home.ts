import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { localCodeVersion } from "#infra/local/code-version.ts";
import { sha256 } from "#lib/core/digest.ts";

export const PROJECT = resolve(import.meta.dirname, "..", "..", "..", "..");

const KEPT = "sigma web demo";

/** The demo may run first, on a machine that does other work too. */
export const DEMO_MS = 400_000;

export interface ScratchHome {
  readonly path: string;
  remove(): void;
}

/** An empty home, as a newcomer has it. */
export function emptyHome(): ScratchHome {
  const path = mkdtempSync(join(tmpdir(), "sigma web home "));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * A home after `sigma demo`: in both workspaces a model with its matrix, a backtest, a sweep, trained and published models and a
 * signal, from the real sample data. The demo runs once for each version of the code; every caller gets a copy.
 */
export async function demoHome(): Promise<ScratchHome> {
  const kept = join(tmpdir(), `${KEPT} ${demoVersion()}`);
  if (!existsSync(kept)) {
    const draft = `${kept} ${randomUUID()}`;
    const env = { ...process.env, SIGMA_HOME: draft };
    await promisify(execFile)(process.execPath, [join(PROJECT, "cli", "sigma.mjs"), "demo", "--no-serve"], {
      env,
      cwd: tmpdir(),
      maxBuffer: 2 ** 24,
    });
    try {
      renameSync(draft, kept);
    } catch {
      // Another test was quicker.
      rmSync(draft, { recursive: true, force: true });
    }
    removeOld();
  }
  const home = emptyHome();
  cpSync(kept, home.path, { recursive: true });
  return home;
}

/** Of versions that nobody has tested for a day nothing is kept. */
function removeOld(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(`${KEPT} `))) {
    const path = join(tmpdir(), name);
    const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (at !== undefined && Date.now() - at > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
}

function demoVersion(): string {
  const folder = join(PROJECT, "cli", "demo");
  const story = readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return sha256([localCodeVersion(), ...story].join("\n")).slice(0, 16);
}
