import { describe, expect, it } from "vitest";
import { upperBound } from "../../trust/clopper-pearson.ts";

describe("upperBound", () => {
  // Upper ends of one-sided 95 % intervals: the Beta(k + 1, n - k) quantile at .95, as scipy.stats.beta.ppf gives it.
  it.each([
    [0, 1, 0.95],
    [0, 50, 0.058155],
    [0, 100, 0.029513],
    [0, 400, 0.007461],
    [1, 100, 0.04656],
    [5, 100, 0.102253],
    [12, 400, 0.048154],
    [40, 50, 0.887278],
  ])("bounds %d of %d by %d", (successes, trials, bound) => {
    expect(upperBound(successes, trials, 0.95)).toBeCloseTo(bound, 5);
  });

  it("knows nothing without trials and excludes nothing when all succeed", () => {
    expect(upperBound(0, 0, 0.95)).toBeNaN();
    expect(upperBound(7, 7, 0.95)).toBe(1);
  });
});
