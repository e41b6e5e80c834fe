import { describe, expect, it } from "vitest";
import { changesOf, nextMinor, versionIn, withVersion } from "../../../../web/src/pages/packs/document-texts.ts";

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
