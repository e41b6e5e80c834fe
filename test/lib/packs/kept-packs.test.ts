import { describe, expect, it } from "vitest";
import { createKeptPacks, documentsSha } from "#lib/packs/kept-packs.ts";
import { documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import { builtin } from "./support.ts";

/** A pack whose documents have 100 characters together with their path. */
const ofHundred: ResolvedPack = { ...resolvePack(builtin, "swingsigma"), documents: documentsOf({ "a/b.yaml": "x".repeat(92) }) };

describe("createKeptPacks", () => {
  it("forgets the pack that was not asked for longest when there are more characters than it may keep", () => {
    const kept = createKeptPacks(300);
    for (const key of ["a", "b", "c"]) kept.add(key, ofHundred);
    expect(kept.get("a")).toBe(ofHundred);
    kept.add("d", ofHundred);
    expect(["a", "b", "c", "d"].filter((key) => kept.get(key) !== undefined)).toEqual(["a", "c", "d"]);
  });

  it("counts a pack that is added again once, and keeps none that is too large alone", () => {
    const kept = createKeptPacks(200);
    for (let i = 0; i < 5; i += 1) kept.add("a", ofHundred);
    kept.add("b", ofHundred);
    expect(kept.get("a")).toBe(ofHundred);
    const large = { ...ofHundred, documents: documentsOf({ "a/b.yaml": "x".repeat(200) }) };
    expect(kept.add("c", large)).toBe(large);
    expect(["a", "b", "c"].map((key) => kept.get(key))).toEqual([undefined, undefined, undefined]);
    kept.add("a", ofHundred);
    expect(kept.get("a")).toBe(ofHundred);
  });
});

describe("documentsSha", () => {
  it("differs when a text, a path or their sum does", () => {
    const shas = [{ "a/b.yaml": "x" }, { "a/b.yaml": "y" }, { "a/c.yaml": "x" }, { "a/b.yaml": "x", "a/c.yaml": "" }, {}].map((texts) =>
      documentsSha(documentsOf(texts)),
    );
    expect(new Set(shas).size).toBe(5);
    expect(documentsSha(documentsOf({ "a/b.yaml": "x" }))).toBe(shas[0]);
  });
});
