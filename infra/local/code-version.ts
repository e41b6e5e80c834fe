import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "#lib/core/digest.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Folders whose files decide what a run computes. */
const COMPUTING = ["lib", "functions", "packs", "state-machines"];

let known: string | undefined;

/** Package version and a digest of the code that computes, read once: `0.1.0+1a2b3c4d5e6f`. */
export function localCodeVersion(): string {
  known ??= codeVersionOf(root);
  return known;
}

export function codeVersionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const files = COMPUTING.flatMap((name) => readdirSync(join(folder, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|json|yaml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path).split(sep).join("/"), path }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const listing = files.map(({ name, path }) => `${name} ${sha256(readFileSync(path))}`).join("\n");
  return `${version}+${sha256(listing).slice(0, 12)}`;
}
