import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { impliedVolatility, type SmileShape, totalVariance } from "#lib/market-data/simulate/options/surface.ts";

const shapes = fc
  .record({ skew: fc.double({ min: -0.95, max: 0.95, noNaN: true }), share: fc.double({ min: 0.01, max: 1, noNaN: true }) })
  .map(({ skew, share }): SmileShape => ({ skew, curvature: (share * 2) / (1 + Math.abs(skew)) }));
/** Of ten minutes of a calm afternoon to two wild years. */
const thetas = fc.double({ min: Math.log(1e-7), max: Math.log(1), noNaN: true }).map(Math.exp);

describe("totalVariance", () => {
  it("is theta at the money, and more for puts than for calls where the skew is negative", () => {
    const shape = { skew: -0.6, curvature: 0.7 };
    expect(totalVariance(0, 0.01, shape)).toBeCloseTo(0.01, 15);
    // By hand: phi = 0.7 / sqrt(0.01 x 1.01) = 6.96526; at k = -0.1 the root is sqrt(1.296526^2 + 0.64) = 1.523476.
    expect(totalVariance(-0.1, 0.01, shape)).toBeCloseTo(0.005 * (1 + 0.6 * 0.696526 + 1.523476), 7);
    expect(totalVariance(0.1, 0.01, shape)).toBeLessThan(totalVariance(-0.1, 0.01, shape));
  });

  it("has no butterfly of negative price: Durrleman's function is positive at every strike", () => {
    fc.assert(
      fc.property(shapes, thetas, fc.double({ min: -12, max: 12, noNaN: true }), (shape, theta, deviations) => {
        const k = deviations * Math.sqrt(theta);
        const h = 1e-3 * Math.sqrt(theta);
        const [below, at, above] = [k - h, k, k + h].map((x) => totalVariance(x, theta, shape)) as [number, number, number];
        const slope = (above - below) / (2 * h);
        const bend = (above - 2 * at + below) / (h * h);
        const g = (1 - (k * slope) / (2 * at)) ** 2 - (slope ** 2 / 4) * (1 / at + 0.25) + bend / 2;
        // Finite differences are good to about 1e-6 here.
        expect(g).toBeGreaterThan(-1e-5);
      }),
      { numRuns: 2000 },
    );
  });

  it("has no calendar spread of negative price: at every strike it rises with theta", () => {
    fc.assert(
      fc.property(
        shapes,
        thetas,
        fc.double({ min: 1.0001, max: 4, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        (shape, theta, times, k) => {
          expect(totalVariance(k, theta * times, shape)).toBeGreaterThan(totalVariance(k, theta, shape) * (1 - 1e-12));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("would break if the curvature were larger than the schema allows", () => {
    const shape = { skew: -0.9, curvature: 3 };
    const theta = 0.04;
    const g = (k: number): number => {
      const h = 1e-4;
      const [below, at, above] = [k - h, k, k + h].map((x) => totalVariance(x, theta, shape)) as [number, number, number];
      const slope = (above - below) / (2 * h);
      return (1 - (k * slope) / (2 * at)) ** 2 - (slope ** 2 / 4) * (1 / at + 0.25) + (above - 2 * at + below) / (h * h) / 2;
    };
    expect(Math.min(...Array.from({ length: 200 }, (_, i) => g((i - 150) / 50)))).toBeLessThan(-0.01);
  });
});

describe("impliedVolatility", () => {
  it("measures the strike from the forward and time by the calendar", () => {
    const quoting = { skew: -0.6, curvature: 0.7, rate: 0.05, dividendYield: 0.01 };
    // Forward 100 exp(0.04 x 0.25) = 101.005: there the total variance is theta.
    expect(impliedVolatility(100, 100 * Math.exp(0.01), 0.25, 0.01, quoting)).toBeCloseTo(0.2, 12);
  });
});
