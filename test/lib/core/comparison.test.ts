import { describe, expect, it } from "vitest";
import { COMPARISONS, compares } from "#lib/core/comparison.ts";

describe("compares", () => {
  it.each([
    [1, [false, false, true, true, false, true]],
    [2, [false, true, false, true, true, false]],
    [3, [true, true, false, false, false, true]],
  ])("holds %s against 2 as arithmetic does, in the order of COMPARISONS", (a, expected) => {
    expect(COMPARISONS.map((op) => compares(a, op, 2))).toEqual(expected);
  });

  it("never holds for an unknown value", () => {
    for (const op of COMPARISONS)
      expect([compares(Number.NaN, op, 2), compares(2, op, Number.NaN), compares(Number.NaN, op, Number.NaN)]).toEqual([
        false,
        false,
        false,
      ]);
  });
});
