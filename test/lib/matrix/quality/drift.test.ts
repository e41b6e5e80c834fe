import { describe, expect, it } from "vitest";
import { populationStability } from "#lib/matrix/quality/drift.ts";
import { verdictOf } from "./support.ts";

describe("driftCheck", () => {
  it("warns of features whose distribution shifts", () => {
    const found = verdictOf("drift", {
      matrix: (matrix) => ({
        ...matrix,
        features: matrix.features.map((column, i) => (i === 1 ? column.map((value, row) => value + row / 10) : column)),
      }),
    });
    expect(found).toMatchObject({ status: "warn", items: ["rsi_5"] });
  });
});

describe("populationStability", () => {
  it("is the sum of (q - p) ln(q / p) over the base's bins", () => {
    const base = Float64Array.from({ length: 200 }, (_, i) => i % 2);
    const other = Float64Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    // p = (.5, .5), q = (.75, .25): .25 ln 1.5 + -.25 ln .5 = 0.27465307216702745
    expect(populationStability(base, other)).toBeCloseTo(0.27465307216702745, 12);
    expect(populationStability(base, base)).toBe(0);
  });
  it("is unknown under 100 values", () => {
    expect(populationStability(new Float64Array(99), new Float64Array(500))).toBeNaN();
  });
});
