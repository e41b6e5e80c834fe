import { describe, expect, it } from "vitest";
import { combinations } from "#lib/backtest/combinatorial-folds.ts";
import { pathCount, splitCount } from "#lib/backtest/split-count.ts";

describe("splitCount and pathCount", () => {
  // Values of the statistics reference, section 2.
  it.each([
    [6, 2, 15, 5],
    [5, 2, 10, 4],
    [3, 2, 3, 2],
    [10, 2, 45, 9],
    [10, 8, 45, 36],
    [8, 2, 28, 7],
    [16, 8, 12_870, 6435],
  ])("%i groups with %i tested: %i splits, %i paths", (groups, tested, splits, paths) => {
    expect([splitCount(groups, tested), pathCount(groups, tested)]).toEqual([splits, paths]);
  });

  it("counts what is enumerated", () => {
    for (let groups = 3; groups <= 9; groups++)
      for (let tested = 1; tested < groups; tested++) expect(combinations(groups, tested)).toHaveLength(splitCount(groups, tested));
  });
});
