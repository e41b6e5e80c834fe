import { describe, expect, it } from "vitest";
import { roundHalfEven } from "#lib/core/round-half-even.ts";

describe("roundHalfEven", () => {
  it.each([
    [544.22, 544],
    [545.34, 545],
    [544.5, 544],
    [545.5, 546],
    [-0.5, 0],
    [-1.5, -2],
    [2.500001, 3],
    [0.49999999999999994, 0],
    [9007199254740991, 9007199254740991],
  ])("rounds %d to %d", (value, rounded) => {
    expect(roundHalfEven(value)).toBe(rounded);
  });

  it("keeps what is not known", () => {
    expect(roundHalfEven(Number.NaN)).toBeNaN();
  });
});
