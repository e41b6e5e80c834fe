import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Vite writes of each source that became a file of its own. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: true;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
export type Manifest = Readonly<Record<string, Chunk>>;

/** Stands in the page before the entry, so that the first paint has the chosen theme. */
const THEME = "theme.js";
const START_PAGE = "src/pages/dashboard/dashboard-page.tsx";
/** Only where people sign in. */
const SIGN_IN = "src/session/sign-in.ts";

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, ".vite", "manifest.json"), "utf8")) as Manifest;

/** Scripts that a browser with an empty cache fetches until the start page is filled: the entry, the page, and all that they import. */
export const startScripts = (manifest: Manifest): string[] => [THEME, ...withImports(manifest, [entryOf(manifest), START_PAGE])];

/** The same in the cloud, where the way through the sign-in comes first. */
export const signedInStartScripts = (manifest: Manifest): string[] => [
  THEME,
  ...withImports(manifest, [entryOf(manifest), SIGN_IN, START_PAGE]),
];

function entryOf(manifest: Manifest): string {
  const entry = Object.keys(manifest).find((name) => manifest[name]!.isEntry);
  if (entry === undefined) throw new Error("The manifest has no entry.");
  return entry;
}

function withImports(manifest: Manifest, sources: readonly string[]): string[] {
  const found = [...sources];
  for (const name of found) {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The manifest has no "${name}"; its source was moved or became part of another file.`);
    for (const other of chunk.imports ?? []) if (!found.includes(other)) found.push(other);
  }
  return found.map((name) => manifest[name]!.file);
}
