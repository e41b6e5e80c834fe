import { describe, expect, it } from "vitest";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { documentsOf, packIds } from "#lib/packs/pack-source.ts";
import { changesOf, copyDocuments, nextMinor, versionIn, withVersion } from "../../../../web/src/pages/packs/document-texts.ts";

describe("changesOf", () => {
  it("names what was done to each document", () => {
    expect(changesOf({ a: "1", b: "2", c: "3" }, { a: "1", b: "x", d: "4" })).toEqual([
      { path: "a", change: "same" },
      { path: "b", change: "changed" },
      { path: "c", change: "removed" },
      { path: "d", change: "added" },
    ]);
  });
});

describe("withVersion", () => {
  it("replaces the version of the pack and no other number", () => {
    const text = 'id: x\nversion: "0.1.9" # first\nlabel: { version: 3 }\n';
    expect(versionIn(text)).toBe("0.1.9");
    expect(nextMinor("0.1.9")).toBe("0.2.0");
    expect(withVersion(text, "0.2.0")).toBe("id: x\nversion: 0.2.0\nlabel: { version: 3 }\n");
    expect(versionIn("id: x\n")).toBeUndefined();
  });
});

describe("copyDocuments", () => {
  const builtIn = readBuiltinPacks();

  it.each(packIds(builtIn))("makes of %s a pack of another id that the checks approve", (packId) => {
    const texts = Object.fromEntries(
      builtIn
        .list()
        .filter((path) => path.startsWith(`${packId}/`))
        .map((path) => [path, builtIn.read(path)!]),
    );
    const copy = copyDocuments(texts, packId, { id: "my_copy", name: "My Copy" });
    expect(Object.keys(copy).filter((path) => !path.startsWith("my_copy/") || path.includes("model_configs"))).toEqual([]);
    expect(versionIn(copy["my_copy/pack.yaml"]!)).toBe("0.1.0");
    const report = validatePack(documentsOf(copy), "my_copy");
    expect(report.checks.filter(({ status }) => status === "FAIL")).toEqual([]);
  });
});
