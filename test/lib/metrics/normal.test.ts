import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "#lib/metrics/normal.ts";

describe("normalCdf", () => {
  it("has the textbook values to full precision", () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-8)).toBeCloseTo(6.220960574271785e-16, 28);
  });
});

describe("normalQuantile", () => {
  it("inverts it", () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 13);
    for (const z of [-6, -1, 0.3, 4]) expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 8);
    expect(normalQuantile(2)).toBeNaN();
  });
});
