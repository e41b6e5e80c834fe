import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brierParts, brierScore } from "#lib/metrics/brier.ts";

describe("brierScore", () => {
  it("is the mean squared distance", () => {
    expect(brierScore(Float64Array.of(0.1, 0.9, 0.8, 0.3), [0, 1, 1, 0])).toBeCloseTo(0.0375, 12);
  });

  it("leaves unknown forecasts out", () => {
    expect(brierScore(Float64Array.of(0.1, Number.NaN), [0, 1])).toBeCloseTo(0.01, 12);
    expect(brierScore(Float64Array.of(Number.NaN), [1])).toBeNaN();
  });
});

describe("brierParts", () => {
  it("matches the reference decomposition", () => {
    const forecasts = Float64Array.of(0.05, 0.15, 0.15, 0.35, 0.35, 0.35, 0.55, 0.65, 0.65, 0.85, 0.95, 0.95);
    const parts = brierParts(forecasts, [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1]);
    expect(parts.score).toBeCloseTo(0.1825, 12);
    expect(parts.reliability).toBeCloseTo(0.0436111111, 9);
    expect(parts.resolution).toBeCloseTo(0.1041666667, 9);
    expect(parts.uncertainty).toBeCloseTo(0.2430555556, 9);
    expect(parts.withinBins).toBeCloseTo(0, 12);
  });

  it("adds up, whatever the forecasts", () => {
    const rows = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, (list) => {
        const outcomes = list.map(([, outcome]) => outcome);
        const parts = brierParts(
          Float64Array.from(list, ([forecast]) => forecast),
          outcomes,
        );
        expect(parts.reliability - parts.resolution + parts.uncertainty + parts.withinBins).toBeCloseTo(parts.score, 9);
        expect(Math.abs(parts.withinBins)).toBeLessThanOrEqual(0.1);
        expect(parts.uncertainty).toBeLessThanOrEqual(0.25 + 1e-12);
      }),
    );
  });
});
