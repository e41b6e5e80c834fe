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
 * signal, from the real sample data.
 */
export function demoHome(): Promise<ScratchHome> {
  const folder = join(PROJECT, "cli", "demo");
  return keptHome(
    readdirSync(folder).map((name) => join(folder, name)),
    async (home) => {
      const env = { ...process.env, SIGMA_HOME: home };
      const demo = [join(PROJECT, "cli", "sigma.mjs"), "demo", "--no-serve"];
      await promisify(execFile)(process.execPath, demo, { env, cwd: tmpdir(), maxBuffer: 2 ** 24 });
    },
  );
}

/**
 * A home that is filled once for each version of the code and of what fills it; every caller gets a copy.
 *
 * @param story - files that say what it is filled with, beside the product's own code
 */
export async function keptHome(story: readonly string[], fill: (home: string) => Promise<void>): Promise<ScratchHome> {
  const texts = story.toSorted().map((path) => readFileSync(path, "utf8"));
  const kept = join(tmpdir(), `${KEPT} ${sha256([localCodeVersion(), ...texts].join("\n")).slice(0, 16)}`);
  if (!existsSync(kept)) {
    const draft = `${kept} ${randomUUID()}`;
    await fill(draft);
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
