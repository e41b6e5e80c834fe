import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestRankQuantile, selectSmallest } from "#lib/metrics/order-statistic.ts";

describe("selectSmallest", () => {
  it("puts the k smallest in front, whatever the values", () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.nat(), (list, seed) => {
        const k = 1 + (seed % list.length);
        const column = Float64Array.from(list);
        selectSmallest(column, list.length, k);
        expect([...column.subarray(0, k)].sort((a, b) => a - b)).toEqual([...list].sort((a, b) => a - b).slice(0, k));
        expect(column[k - 1]).toBe([...list].sort((a, b) => a - b)[k - 1]);
      }),
    );
  });
});

describe("nearestRankQuantile", () => {
  it("takes the ceil(q n)-th smallest known value", () => {
    const values = Float64Array.from({ length: 20 }, (_, i) => 20 - i);
    expect(nearestRankQuantile(values, 0.95)).toBe(19);
    expect(nearestRankQuantile(values, 0.05)).toBe(1);
    expect(nearestRankQuantile(Float64Array.of(3, Number.NaN, 1), 1)).toBe(3);
    expect(values[0]).toBe(20);
  });

  it("is unknown when nothing is known", () => {
    expect(nearestRankQuantile(Float64Array.of(Number.NaN), 0.5)).toBeNaN();
  });
});
