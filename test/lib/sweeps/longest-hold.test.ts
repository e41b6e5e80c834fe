import { describe, expect, it } from "vitest";
import { planVariants } from "#lib/sweeps/grid.ts";
import { longestHold } from "#lib/sweeps/longest-hold.ts";
import { daily, requestWith } from "./sweep.fixture.ts";

describe("longestHold", () => {
  it("is the longest of the variants', and never less than the label's", () => {
    expect(longestHold(planVariants(requestWith(), daily), 5)).toBe(10);
    expect(longestHold(planVariants(requestWith({ mode: "custom", axes: { hold_bars: [2] } }), daily), 5)).toBe(5);
    expect(longestHold([], 5)).toBe(5);
  });
});
