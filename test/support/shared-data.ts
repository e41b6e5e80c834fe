import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = process.env["SIGMA_SHARED"] ?? resolve(root, "..", "shared");

/** Absolute path of a file in the folder of shared reference and market data. */
export const sharedPath = (...parts: string[]): string => join(folder, ...parts);

/** A suite that needs shared data; where the folder is absent one skipped test stands for it, and its title says so: the suite may read at once. */
export function describeWithShared(title: string, needed: readonly string[], suite: () => void): void {
  const missing = needed.filter((path) => !existsSync(sharedPath(path)));
  if (missing.length === 0) describe(title, suite);
  else describe.skip(`${title} (SKIPPED: shared data "${missing[0]}" is not here)`, () => it("needs shared data", () => undefined));
}
