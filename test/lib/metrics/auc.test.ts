import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rocAuc } from "#lib/metrics/auc.ts";

describe("rocAuc", () => {
  it("counts pairs in the right order, ties half", () => {
    expect(rocAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1])).toBe(0.75);
    expect(rocAuc(Float64Array.of(0.5, 0.5, 0.5, 0.5), [0, 1, 0, 1])).toBe(0.5);
  });

  it("equals the pairwise definition", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(1)), { maxLength: 40 }), (rows) => {
        const events = rows.filter(([, y]) => y === 1);
        const others = rows.filter(([, y]) => y === 0);
        const wins = events.flatMap(([a]) => others.map(([b]): number => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = wins.reduce((sum, value) => sum + value, 0) / wins.length;
        const found = rocAuc(
          Float64Array.from(rows, ([score]) => score),
          rows.map(([, y]) => y),
        );
        if (wins.length === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(expected, 12);
      }),
    );
  });
});
