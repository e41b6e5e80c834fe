import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageUniqueness, effectiveRows } from "#lib/learners/uniqueness.ts";

const f64 = (...values: number[]) => Float64Array.from(values);

describe("averageUniqueness", () => {
  it("averages 1/c over the steps of each span", () => {
    // Steps 0-1, 1-2, 2-3, 4-5 with c = 1, 2, 1, 1: uniqueness 3/4, 3/4, 1 with mean 5/6.
    const weights = averageUniqueness(f64(0, 1, 4), f64(2, 3, 5));
    expect(Array.from(weights)).toEqual([0.9, 0.9, 1.2].map((w) => expect.closeTo(w, 14)));
  });

  it("counts steps, not hours: a weekend is one step", () => {
    expect(averageUniqueness(f64(0, 10, 400), f64(20, 30, 500))).toEqual(averageUniqueness(f64(0, 1, 4), f64(2, 3, 5)));
  });

  it("gives equal weights to labels laid end to end, in whatever order", () => {
    expect(Array.from(averageUniqueness(f64(2, 0, 1), f64(3, 1, 2)))).toEqual([1, 1, 1]);
  });

  it("keeps NaN for rows without a label and lets them count for nothing", () => {
    const weights = averageUniqueness(f64(0, Number.NaN, 1, 5, 4), f64(2, 9, 3, Number.NaN, 5));
    expect(Array.from(weights)).toEqual([
      expect.closeTo(0.9, 14),
      Number.NaN,
      expect.closeTo(0.9, 14),
      Number.NaN,
      expect.closeTo(1.2, 14),
    ]);
  });

  it("gives a span of no length the full weight", () => {
    expect(Array.from(averageUniqueness(f64(1, 1), f64(1, 2)))).toEqual([1, 1]);
  });

  it("has nothing to say about no rows", () => {
    expect(averageUniqueness(f64(), f64())).toEqual(f64());
    expect(averageUniqueness(f64(Number.NaN), f64(1))).toEqual(f64(Number.NaN));
  });

  it("has mean 1 and agrees with counting, step by step", () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 30 }), (list) => {
        const spans = list.map(([from, length]) => [from, from + length] as const);
        const times = [...new Set(spans.flat())].sort((a, b) => a - b);
        const steps = times.slice(1).map((_, i) => spans.filter(([from, to]) => from <= times[i]! && to > times[i]!).length);
        const unique = spans.map(([from, to]) => {
          const own = steps.filter((_, i) => times[i]! >= from && times[i]! < to);
          return own.reduce((sum, c) => sum + 1 / c, 0) / own.length;
        });
        const mean = unique.reduce((sum, u) => sum + u, 0) / unique.length;
        const weights = averageUniqueness(f64(...spans.map(([from]) => from)), f64(...spans.map(([, to]) => to)));
        weights.forEach((w, i) => {
          expect(w).toBeCloseTo(unique[i]! / mean, 10);
        });
      }),
    );
  });
});

describe("effectiveRows", () => {
  it("finds about 250 independent labels in 5,000 daily rows that look 20 sessions ahead", () => {
    const start = Float64Array.from({ length: 5000 }, (_, i) => i);
    const rows = effectiveRows(
      start,
      start.map((t) => t + 20),
    );
    expect(rows).toBeGreaterThan(250);
    expect(rows).toBeLessThan(254);
  });

  it("counts separate labels one by one", () => {
    expect(effectiveRows(f64(0, 1, Number.NaN), f64(1, 2, 3))).toBe(2);
  });
});
