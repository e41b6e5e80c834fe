import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildWebApp } from "#infra/local/web-build.ts";
import { type Manifest, readManifest, signedInStartScripts } from "./first-load.ts";

/** Bytes of script that a first load may take, gzipped. */
const MOST_GZIP_BYTES = 200_000;

let folder: string;
let manifest: Manifest;
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

beforeAll(async () => {
  const built = await buildWebApp();
  if ("problem" in built) throw new Error(built.problem);
  folder = built.folder;
  manifest = readManifest(folder);
});

describe("the built app", () => {
  it("loads at most 200 kB of script until the start page is filled, the way through the sign-in counted", () => {
    const files = signedInStartScripts(manifest);
    const sizes = files.map((file) => ({ file, bytes: gzipSync(read(file), { level: 6 }).length }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(MOST_GZIP_BYTES);
    // React, the router and the queries alone take half of it: less would be a count that misses them.
    expect(total).toBeGreaterThan(100_000);
  });

  it("loads the calendar of date fields with no page, only when one is opened", () => {
    const calendar = "src/ui/form/month-calendar.tsx";
    expect(manifest[calendar]?.file).toMatch(/[.]js$/);
    for (const [name, { imports = [] }] of Object.entries(manifest)) expect([name, imports.includes(calendar)]).toEqual([name, false]);
    expect(gzipSync(read(manifest[calendar]!.file), { level: 6 }).length).toBeLessThan(25_000);
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
