import { describe, expect, it } from "vitest";
import { fitPlatt, plattAt } from "#lib/learners/calibration/platt.ts";

const scores = Float64Array.of(-2, -1.5, -1, -0.5, -0.2, 0.1, 0.4, 0.9, 1.3, 2);
const positive = Uint8Array.of(0, 0, 0, 1, 0, 0, 1, 1, 1, 1);
const ones = new Float64Array(10).fill(1);

describe("fitPlatt", () => {
  // Check value of the method of Lin, Lin & Weng, from an independent optimiser.
  it("finds the minimum of the worked example", () => {
    const fit = fitPlatt(scores, positive, ones);
    expect(fit.a).toBeCloseTo(-1.1132243125, 9);
    expect(fit.b).toBeCloseTo(-0.0590830022, 9);
    const expected = [0.10272, 0.166484, 0.258431, 0.378122, 0.4592, 0.542499, 0.623486, 0.742879, 0.818508, 0.907672];
    expect(Array.from(scores, (score) => plattAt(fit, score))).toEqual(expected.map((p) => expect.closeTo(p, 6)));
  });

  it("treats a weight of 2 as the row twice", () => {
    const twice = (values: ArrayLike<number>) => Array.from(values).flatMap((v) => [v, v]);
    const weighted = fitPlatt(
      scores,
      positive,
      ones.map(() => 2),
    );
    const repeated = fitPlatt(Float64Array.from(twice(scores)), Uint8Array.from(twice(positive)), new Float64Array(20).fill(1));
    for (const key of ["a", "b", "z"] as const) expect(weighted[key]).toBeCloseTo(repeated[key], 9);
    expect(weighted.z).toBeGreaterThan(fitPlatt(scores, positive, ones).z);
  });

  it("has z with the sign of skill, and 0 for scores that say nothing", () => {
    const fit = fitPlatt(scores, positive, ones);
    const reversed = fitPlatt(
      scores.map((score) => -score),
      positive,
      ones,
    );
    expect(fit.z).toBeGreaterThan(0);
    expect(reversed.z).toBeCloseTo(-fit.z, 8);
    expect(Math.abs(fitPlatt(new Float64Array(10), positive, ones).z)).toBeLessThan(1e-3);
  });

  it("stays finite when the scores separate the classes and when they are huge", () => {
    const separate = fitPlatt(
      scores,
      Uint8Array.from(scores, (score) => (score > 0 ? 1 : 0)),
      ones,
    );
    const huge = fitPlatt(
      scores.map((score) => score * 1e6),
      positive,
      ones,
    );
    for (const fit of [separate, huge]) expect([fit.a, fit.b, fit.z].every(Number.isFinite)).toBe(true);
    expect(huge.a).toBeCloseTo(-1.1132243125e-6, 12);
  });
});
