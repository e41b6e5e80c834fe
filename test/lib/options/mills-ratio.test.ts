import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millsRatio, normalDensity } from "#lib/options/mills-ratio.ts";

describe("millsRatio", () => {
  // 60-digit arithmetic (mpmath): sqrt(pi/2) exp(y^2/2) erfc(y/sqrt(2)).
  it.each([
    [0, 1.2533141373155003],
    [0.5, 0.8763644564536923],
    [1, 0.6556795424187984],
    [2, 0.4213692292880545],
    [4.99, 0.1931683511618671],
    [5.01, 0.1924491593449455],
    [12, 0.08276628650136918],
    [37, 0.027007327965128336],
    [1e8, 1e-8],
  ])("at %d it has float64's digits", (y, ratio) => {
    expect(Math.abs(millsRatio(y) / ratio - 1)).toBeLessThan(7e-16);
  });

  it("always lies between its classic bounds and falls", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (y) => {
        const ratio = millsRatio(y);
        // Birnbaum (1942) below, Sampford (1953) above.
        expect(ratio).toBeGreaterThanOrEqual((2 / (y + Math.sqrt(y * y + 4))) * (1 - 1e-15));
        expect(ratio).toBeLessThanOrEqual((4 / (3 * y + Math.sqrt(y * y + 8))) * (1 + 1e-15));
        expect(millsRatio(y * 1.001)).toBeLessThan(ratio);
      }),
    );
  });
});

describe("normalDensity", () => {
  it("is 1/sqrt(2 pi) in the middle", () => {
    expect(normalDensity(0)).toBe(0.3989422804014327);
    expect(normalDensity(-1)).toBeCloseTo(0.24197072451914337, 15);
  });
});
