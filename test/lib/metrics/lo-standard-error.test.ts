import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { autocorrelations, loAnnualFactor, loStandardError } from "#lib/metrics/lo-standard-error.ts";

describe("loStandardError", () => {
  // Lo (2002), table 1: rounded to 3 digits.
  it.each([
    [12, [0.306, 0.354, 0.421, 0.5, 0.677]],
    [24, [0.217, 0.25, 0.298, 0.354, 0.479]],
    [36, [0.177, 0.204, 0.243, 0.289, 0.391]],
    [60, [0.137, 0.158, 0.188, 0.224, 0.303]],
    [125, [0.095, 0.11, 0.13, 0.155, 0.21]],
    [250, [0.067, 0.077, 0.092, 0.11, 0.148]],
    [500, [0.047, 0.055, 0.065, 0.077, 0.105]],
  ])("matches the table at T = %i", (periods, expected) => {
    const found = [0.5, 1, 1.5, 2, 3].map((sharpe) => Math.abs(loStandardError(sharpe, periods)));
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(0.0005 + 1e-9);
    });
  });
});

describe("loAnnualFactor", () => {
  // Rows: q; columns: AR(1) with rho .9, .5, .2, 0, -.2, -.5.
  it.each([
    [2, [1.026, 1.1547, 1.291, Math.SQRT2, 1.5811, 2]],
    [12, [1.207, 2.1213, 2.8788, 3.4641, 4.1708, 5.6922]],
    [60, [1.9362, 4.5227, 6.3466, 7.746, 9.4541, 13.2698]],
    [250, [3.6981, 9.1532, 12.9207, 15.8114, 19.3488, 27.3134]],
  ])("matches the AR(1) table at q = %i", (q, expected) => {
    const found = [0.9, 0.5, 0.2, 0, -0.2, -0.5].map((rho) =>
      loAnnualFactor(
        q,
        Array.from({ length: q - 1 }, (_, k) => rho ** (k + 1)),
      ),
    );
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(0.00005 + 1e-9);
    });
  });

  it("is the square root of q without autocorrelation", () => {
    expect(loAnnualFactor(252, [])).toBeCloseTo(Math.sqrt(252), 12);
  });
});

describe("autocorrelations", () => {
  it("divides every lag by the whole variance", () => {
    // 1, 2, 3, 4: deviations -1.5 -.5 .5 1.5, variance sum 5, lag 1 sum 1.25, lag 2 sum -1.5.
    const [one, two] = autocorrelations(Float64Array.of(1, 2, 3, 4), 2);
    expect(one).toBeCloseTo(0.25, 12);
    expect(two).toBeCloseTo(-0.3, 12);
  });

  it("finds the coefficient of an AR(1) series", () => {
    const rng = createRng("ar1");
    let previous = 0;
    const series = Float64Array.from({ length: 20_000 }, () => {
      previous = 0.5 * previous + rng.normal();
      return previous;
    });
    expect(autocorrelations(series, 1)[0]).toBeCloseTo(0.5, 1);
  });

  it("is unknown for a constant series", () => {
    expect(autocorrelations(new Float64Array(5), 1)[0]).toBeNaN();
  });
});
