import { describe, expect, it } from "vitest";
import { benjaminiHochberg } from "#lib/metrics/benjamini-hochberg.ts";

describe("benjaminiHochberg", () => {
  const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];

  it("matches the reference", () => {
    const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216];
    benjaminiHochberg(p).forEach((q, i) => {
      expect(Math.abs(q - expected[i]!)).toBeLessThan(5e-5 + 1e-12);
    });
    expect(benjaminiHochberg(p).filter((q) => q <= 0.05)).toHaveLength(2);
  });

  it("keeps the order of the input and passes what was not tested", () => {
    const q = benjaminiHochberg([0.04, Number.NaN, 0.01]);
    expect(q[0]).toBeCloseTo(0.04, 12);
    expect(q[1]).toBeNaN();
    expect(q[2]).toBeCloseTo(0.02, 12);
  });
});
