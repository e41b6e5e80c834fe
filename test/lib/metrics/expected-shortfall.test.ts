import { describe, expect, it } from "vitest";
import { expectedShortfall95, expectedShortfallMultiple } from "#lib/metrics/expected-shortfall.ts";

describe("expectedShortfall95", () => {
  it("averages the worst 5 % of the trades", () => {
    // -60, ..., 39: the worst 5 of 100 are -60 to -56.
    const returns = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) - 60);
    expect(expectedShortfall95(returns)).toBe(-58);
  });

  it("rounds the number of trades up", () => {
    expect(expectedShortfall95(Float64Array.from({ length: 21 }, (_, i) => i - 10))).toBe(-9.5);
  });

  it("is undefined under 20 trades", () => {
    expect(expectedShortfall95(new Float64Array(19))).toBeNaN();
  });
});

describe("expectedShortfallMultiple", () => {
  it("is the ratio to the mean losing trade from 100 trades on", () => {
    expect(expectedShortfallMultiple(-0.06, -0.03, 100)).toBe(2);
    expect(expectedShortfallMultiple(-0.06, -0.03, 99)).toBeNaN();
    expect(expectedShortfallMultiple(0.01, Number.NaN, 200)).toBeNaN();
  });
});
