import { describe, expect, it } from "vitest";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { findStrategies } from "#lib/packs/tag-search.ts";
import { effectiveTags, readTagFilter, tagList } from "#lib/packs/tags.ts";
import { builtin } from "./support.ts";

const swing = resolvePack(builtin, "swingsigma");
const found = (filter: string) => findStrategies([swing], readTagFilter(filter)).map(({ strategy }) => strategy);

describe("effectiveTags", () => {
  it("lets a strategy replace the pack's tag in a category and keep the others", () => {
    const tags = effectiveTags(swing.pack.tags, swing.strategies.get("mean_reversion_swing")!.tags, ["mine"]);
    expect(tagList(tags)).toEqual([
      "conservative",
      "long_only",
      "swing",
      "ranging",
      "multi_asset",
      "technical",
      "beginner",
      "mean_reversion",
      "high_probability",
      "moderate",
      "small_account",
      "mine",
    ]);
  });
});

describe("findStrategies", () => {
  it("finds exactly mean_reversion_swing for conservative, long_only, swing, beginner", () => {
    expect(found("conservative, long_only, swing, beginner")).toEqual(["mean_reversion_swing"]);
  });

  it("finds by inherited tags and by the strategy's own", () => {
    expect(found("swing")).toEqual(["breakout_swing", "mean_reversion_swing", "momentum_swing"]);
    expect(found("breakout")).toEqual(["breakout_swing"]);
    expect(found("long_short, conservative")).toEqual([]);
  });

  it("pins an ambiguous word to a category", () => {
    expect(found("risk:balanced")).toEqual(["momentum_swing"]);
    expect(found("win_rate:balanced")).toEqual([]);
  });
});

describe("readTagFilter", () => {
  it("refuses a word that is no tag and suggests the nearest", () => {
    expect(() => readTagFilter("conservatve")).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining('"conservative"') }),
    );
  });

  it("takes a user's own tags when they are known", () => {
    expect(readTagFilter("Swing, my_idea", ["my_idea"])).toEqual(["swing", "my_idea"]);
  });
});
