import { describe, expect, it } from "vitest";
import { deviationOfKnown, foldSharpes } from "#lib/metrics/fold-sharpe.ts";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";

describe("foldSharpes", () => {
  it("cuts the returns at the folds' starts", () => {
    const returns = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i) + (i < 20 ? 1 : 0));
    const found = foldSharpes(returns, Int32Array.of(0, 20), 252);
    expect(found[0]).toBe(sharpeRatio(returns.slice(0, 20), 252));
    expect(found[1]).toBe(sharpeRatio(returns.slice(20), 252));
  });

  it("leaves a short or constant fold undefined", () => {
    const returns = Float64Array.from({ length: 40 }, (_, i) => (i < 13 ? i : 0));
    expect([...foldSharpes(returns, Int32Array.of(0, 13), 252)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("deviationOfKnown", () => {
  it("divides by n - 1 and leaves unknown values out", () => {
    expect(deviationOfKnown(Float64Array.of(1, Number.NaN, 3))).toBeCloseTo(Math.SQRT2, 12);
    expect(deviationOfKnown(Float64Array.of(1, Number.NaN))).toBeNaN();
  });
});
