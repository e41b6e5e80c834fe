import { describe, expect, it } from "vitest";
import { sortinoRatio } from "#lib/metrics/sortino.ts";

describe("sortinoRatio", () => {
  it("matches the Red Rock example: all periods divide the downside", () => {
    const returns = Float64Array.of(0.17, 0.15, 0.23, -0.05, 0.12, 0.09, 0.13, -0.04);
    expect(sortinoRatio(returns, 1)).toBeCloseTo(4.417261043, 9);
    expect(sortinoRatio(returns, 252)).toBeCloseTo(4.417261043 * Math.sqrt(252), 7);
  });

  it("is undefined without a losing period, and when a return is unknown", () => {
    expect(sortinoRatio(Float64Array.of(0.1, 0, 0.2), 252)).toBeNaN();
    expect(sortinoRatio(Float64Array.of(0.1, Number.NaN, -0.2), 252)).toBeNaN();
  });
});
