import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equityPath, ulcerIndex } from "#lib/metrics/drawdown.ts";

const returns = Float64Array.of(0.1, -5 / 110, 15 / 105, -0.25, 5 / 90, 35 / 95, -0.1);

describe("equityPath", () => {
  it("measures the deepest drawdown of 100, 110, 105, 120, 90, 95, 130, 117", () => {
    const path = equityPath(returns);
    expect(path.totalReturn).toBeCloseTo(0.17, 12);
    expect(path.maxDrawdown).toBeCloseTo(0.25, 12);
    // Equity index 4 is the end of return 3; it is recovered by return 5, three returns after the peak at return 2.
    expect(path.troughIndex).toBe(3);
    expect(path.maxDrawdownLength).toBe(3);
  });

  it("counts the start as a peak", () => {
    const path = equityPath(Float64Array.of(-0.2, 0.1));
    expect(path.maxDrawdown).toBeCloseTo(0.2, 12);
    expect(path.maxDrawdownLength).toBe(2);
  });

  it("measures an unrecovered drawdown to the end", () => {
    expect(equityPath(Float64Array.of(0.1, -0.3, 0.01, 0.01)).maxDrawdownLength).toBe(3);
  });

  it("ends at -1 when the capital is gone and does not come back", () => {
    expect(equityPath(Float64Array.of(0.1, -1.5, -3))).toMatchObject({ totalReturn: -1, maxDrawdown: 1 });
  });

  it("is unknown when a return is unknown", () => {
    expect(equityPath(Float64Array.of(0.1, Number.NaN, 0.1)).totalReturn).toBeNaN();
    expect(equityPath(Float64Array.of(0.1, Number.NaN, 0.1)).maxDrawdown).toBeNaN();
  });

  it("has a drawdown between 0 and 1, whatever the returns", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 60 }), (values) => {
        const { maxDrawdown, totalReturn, maxDrawdownLength } = equityPath(Float64Array.from(values));
        expect(maxDrawdown).toBeGreaterThanOrEqual(0);
        expect(maxDrawdown).toBeLessThanOrEqual(1);
        expect(totalReturn).toBeGreaterThanOrEqual(-1);
        expect(maxDrawdownLength).toBeLessThanOrEqual(values.length);
      }),
    );
  });

  it("never ends higher when a cost is taken from any return", () => {
    const values = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.nat(), fc.double({ min: 0, max: 0.05, noNaN: true }), (before, at, cost) => {
        const after = before.map((value, i) => (i === at % before.length ? value - cost : value));
        const gross = equityPath(Float64Array.from(before)).totalReturn;
        expect(equityPath(Float64Array.from(after)).totalReturn).toBeLessThanOrEqual(gross + 1e-12);
      }),
    );
  });
});

describe("ulcerIndex", () => {
  it("matches the reference series", () => {
    expect(ulcerIndex(returns)).toBeCloseTo(12.143356902, 9);
  });
});
