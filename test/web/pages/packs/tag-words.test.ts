import { describe, expect, it } from "vitest";
import { packHasTags, readTagSearch, tagOf, withTag } from "../../../../web/src/pages/packs/tag-words.ts";

describe("readTagSearch", () => {
  it("reads hyphens, spaces, commas and capitals alike", () => {
    for (const text of ["conservative long-only swing", "Conservative, long only, SWING", "conservative long_only  swing"])
      expect(readTagSearch(text), text).toEqual({ tags: ["conservative", "long_only", "swing"], words: [] });
  });

  it("takes two words for one tag only where they are one", () => {
    expect(readTagSearch("mean reversion high probability")).toEqual({ tags: ["mean_reversion", "high_probability"], words: [] });
    expect(readTagSearch("mean swing")).toEqual({ tags: ["swing"], words: ["mean"] });
  });

  it("keeps a category that pins a tag down, and leaves wrong ones to the words", () => {
    expect(readTagSearch("risk:balanced win-rate:balanced risk:swing")).toEqual({
      tags: ["risk:balanced", "win_rate:balanced"],
      words: ["risk:swing"],
    });
  });

  it("names a tag once, and nothing in an empty text", () => {
    expect(readTagSearch("swing, swing")).toEqual({ tags: ["swing"], words: [] });
    expect(readTagSearch("  ,; ")).toEqual({ tags: [], words: [] });
  });
});

describe("tagOf", () => {
  it("finds what a search asks of a category", () => {
    const search = readTagSearch("long-only risk:balanced breakout");
    expect(tagOf(search, "direction")).toBe("long_only");
    expect(tagOf(search, "risk")).toBe("balanced");
    expect(tagOf(search, "win_rate")).toBeUndefined();
    expect(tagOf(search, "approach")).toBe("breakout");
  });
});

describe("withTag", () => {
  it("replaces the category's tag and keeps the others and the words", () => {
    expect(withTag("sigma long-only swing", "direction", "long_short")).toBe("sigma swing long-short");
    expect(withTag("sigma long-only swing", "direction", undefined)).toBe("sigma swing");
  });

  it("writes the category where the word stands in two", () => {
    expect(withTag("", "risk", "balanced")).toBe("risk:balanced");
    expect(withTag("risk:balanced", "risk", "conservative")).toBe("conservative");
  });
});

describe("packHasTags", () => {
  it("does not take the risk of a pack for the win rate of a strategy", () => {
    expect(packHasTags(["balanced", "swing"], ["risk:balanced", "swing"])).toBe(true);
    expect(packHasTags(["balanced", "swing"], ["win_rate:balanced"])).toBe(false);
    expect(packHasTags(["balanced", "swing"], ["long_only"])).toBe(false);
  });
});
