import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWebApp } from "#infra/local/web-build.ts";

/** What Vite writes of each source that became a file of its own. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: true;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Bytes of script that a first load may take, as they travel. */
const MOST_GZIP_BYTES = 200_000;

let folder: string;
let manifest: Manifest;
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

beforeAll(async () => {
  const built = await buildWebApp();
  if ("problem" in built) throw new Error(built.problem);
  folder = built.folder;
  manifest = JSON.parse(read(".vite/manifest.json")) as Manifest;
});

/** The entry and all that it imports by statements: what is loaded before anything is shown. */
function firstLoad(): string[] {
  const found = Object.keys(manifest).filter((name) => manifest[name]!.isEntry);
  for (const name of found) for (const other of manifest[name]!.imports ?? []) if (!found.includes(other)) found.push(other);
  return found.map((name) => manifest[name]!.file);
}

describe("the built app", () => {
  it("loads at most 200 kB of script before it shows something", () => {
    const files = [...firstLoad(), "theme.js"];
    const sizes = files.map((file) => ({ file, bytes: gzipSync(read(file), { level: 6 }).length }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(MOST_GZIP_BYTES);
    expect(total).toBeGreaterThan(50_000);
  });

  it("has no module of Node's and no source map", () => {
    const scripts = Object.values(manifest).flatMap(({ file }) => (file.endsWith(".js") ? [file] : []));
    expect(scripts.length).toBeGreaterThan(1);
    for (const file of scripts) {
      const text = read(file);
      expect(text, file).not.toMatch(/["'`]node:[a-z]|__vite-browser-external|sourceMappingURL/);
    }
  });

  it("keeps to its policy: no script, style or handler inside the page, nothing from elsewhere", () => {
    const page = read("index.html");
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(/^\/app\//);
    for (const { css = [] } of Object.values(manifest))
      for (const file of css) expect(read(file), file).not.toMatch(/url\(["']?(data:|https?:)|@import/);
  });
});
