import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moments } from "#lib/metrics/moments.ts";

describe("moments", () => {
  it("gives ddof 1 deviation and biased raw kurtosis", () => {
    // 1, 2, 3, 4, 10: mean 4, deviations -3 -2 -1 0 6, m2 = 50/5, m3 = 180/5, m4 = 1394/5.
    const { n, mean, sd, skew, kurtosis } = moments(Float64Array.of(1, 2, 3, 4, 10));
    expect([n, mean]).toEqual([5, 4]);
    expect(sd).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(skew).toBeCloseTo(36 / 10 ** 1.5, 12);
    expect(kurtosis).toBeCloseTo(2.788, 12);
  });

  it("reads a half-open range", () => {
    expect(moments(Float64Array.of(9, 1, 3, 9), 1, 3).mean).toBe(2);
  });

  it("keeps skew and kurtosis when a series is scaled and shifted", () => {
    const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 40 }).filter((xs) => new Set(xs).size > 1);
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 50 }), fc.integer({ min: -100, max: 100 }), (xs, scale, shift) => {
        const one = moments(Float64Array.from(xs));
        const two = moments(Float64Array.from(xs, (x) => x * scale + shift));
        expect(two.skew).toBeCloseTo(one.skew, 8);
        expect(two.kurtosis).toBeCloseTo(one.kurtosis, 8);
        expect(two.sd).toBeCloseTo(one.sd * scale, 6);
      }),
    );
  });
});
