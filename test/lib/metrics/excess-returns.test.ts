import { describe, expect, it } from "vitest";
import { excessReturns } from "#lib/metrics/excess-returns.ts";

describe("excessReturns", () => {
  it("takes each period's own rate off, and gives the returns back where there is none", () => {
    const returns = Float64Array.of(0.01, -0.02, 0);
    expect([...excessReturns(returns, Float64Array.of(0.001, 0.002, 0.003))]).toEqual([0.009000000000000001, -0.022, -0.003]);
    expect(excessReturns(returns, null)).toBe(returns);
  });

  it("is unknown where the rate is, and refuses columns of two lengths", () => {
    expect(excessReturns(Float64Array.of(0.01), Float64Array.of(Number.NaN))[0]).toBeNaN();
    expect(() => excessReturns(new Float64Array(2), new Float64Array(3))).toThrow("differ in length: 2 and 3");
  });
});
