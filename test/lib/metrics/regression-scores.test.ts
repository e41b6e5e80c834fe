import { describe, expect, it } from "vitest";
import { regressionScores } from "#lib/metrics/regression-scores.ts";

describe("regressionScores", () => {
  it("is worked by hand", () => {
    // Errors .01, -.02, .01: squares 6e-4, of the mean .01: .01, -.03, .02: 14e-4.
    const scores = regressionScores(Float64Array.of(0.01, 0.02, 0), Float64Array.of(0, 0.04, -0.01), Float64Array.of(0.01, 0.01, 0.01));
    expect(scores).toEqual({
      rows: 3,
      r2: expect.closeTo(1 - 6 / 14, 12),
      mae: expect.closeTo(0.04 / 3, 12),
      maeOfMean: expect.closeTo(0.06 / 3, 12),
    });
  });

  it("is below 0 for predictions worse than the mean", () => {
    expect(regressionScores(Float64Array.of(1, -1), Float64Array.of(-1, 1), Float64Array.of(0, 0)).r2).toBe(-3);
  });

  it("leaves out unknown rows, and has nothing to say without any", () => {
    const nan = Number.NaN;
    expect(regressionScores(Float64Array.of(1, nan, 2), Float64Array.of(nan, 1, 2.5), Float64Array.of(0, 0, 2)).rows).toBe(1);
    expect(regressionScores(Float64Array.of(nan), Float64Array.of(1), Float64Array.of(0))).toEqual({
      rows: 0,
      r2: nan,
      mae: nan,
      maeOfMean: nan,
    });
    expect(regressionScores(Float64Array.of(1), Float64Array.of(1), Float64Array.of(1)).r2).toBeNaN();
  });
});
