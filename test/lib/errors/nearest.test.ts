import { describe, expect, it } from "vitest";
import { nearestName } from "#lib/errors/nearest.ts";

describe("nearestName", () => {
  const names = ["horizon", "entry", "learner", "label", "policy"];

  it.each([
    ["horizn", "horizon"],
    ["horzion", "horizon"],
    ["Policy", "policy"],
    ["lable", "label"],
    ["learnr", "learner"],
    ["entrys", "entry"],
  ])('finds the name meant by "%s"', (typed, meant) => {
    expect(nearestName(typed, names)).toBe(meant);
  });

  it("finds nothing when every name is further than a third of the length, at least two edits", () => {
    expect(nearestName("volatility", names)).toBeUndefined();
    expect(nearestName("xyz", names)).toBeUndefined();
    expect(nearestName("anything", [])).toBeUndefined();
  });

  it("counts a swap of neighbours as one edit, so it beats a name two edits away", () => {
    expect(nearestName("adx", ["xxd", "dax"])).toBe("dax");
  });

  it("takes the first of equally near names", () => {
    expect(nearestName("ema1", ["ema2", "ema3"])).toBe("ema2");
  });
});
