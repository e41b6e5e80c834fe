import { describe, expect, it } from "vitest";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";

/** Equity 100, 110, 105, 120, 90, 95, 130, 117: statistics reference, section 7. */
const returns = Float64Array.of(0.1, -5 / 110, 15 / 105, -0.25, 5 / 90, 35 / 95, -0.1);

describe("sharpeRatio", () => {
  it("divides by the standard deviation with ddof 1 and annualises with the square root of 252", () => {
    expect(sharpeRatio(returns, 252)).toBeCloseTo(3.1211987489, 9);
  });

  it("is undefined for a constant series, never 0 or Infinity", () => {
    expect(sharpeRatio(new Float64Array(50), 252)).toBeNaN();
    expect(sharpeRatio(new Float64Array(50).fill(0.01), 252)).toBeNaN();
    expect(sharpeRatio(Float64Array.of(0.01), 252)).toBeNaN();
    expect(sharpeRatio(new Float64Array(0), 252)).toBeNaN();
  });

  it("is undefined when a return is unknown", () => {
    expect(sharpeRatio(Float64Array.of(0.01, Number.NaN, 0.02), 252)).toBeNaN();
  });
});
