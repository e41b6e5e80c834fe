import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollingMaxDrawdown } from "#lib/indicators/kernels/rolling-drawdown.ts";

describe("rollingMaxDrawdown", () => {
  it("finds the largest fall inside the window", () => {
    const x = Float64Array.of(100, 80, 90, 60, 120, 108);
    // 80 to 60; 90 to 60; then 60 is no longer after a peak but for 60 itself, and 120 falls to 108.
    expect(Array.from(rollingMaxDrawdown(x, 3))).toEqual([Number.NaN, Number.NaN, 1 - 80 / 100, 1 - 60 / 90, 1 - 60 / 90, 1 - 108 / 120]);
    expect(Array.from(rollingMaxDrawdown(x, 6)).at(-1)).toBe(1 - 60 / 100);
  });

  it("is zero while nothing falls", () => {
    expect(Array.from(rollingMaxDrawdown(Float64Array.of(1, 2, 2, 5), 2))).toEqual([Number.NaN, 0, 0, 0]);
  });

  it("is the largest of all pairs, whatever the window, and unknown while the window holds an unknown value", () => {
    const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 1000 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, window) => {
        const found = rollingMaxDrawdown(Float64Array.from(values), window);
        const expected = values.map((_, t) => {
          const part = values.slice(Math.max(0, t - window + 1), t + 1);
          if (part.length < window || part.some(Number.isNaN)) return Number.NaN;
          return Math.max(...part.flatMap((peak, i) => part.slice(i).map((later) => 1 - later / peak)));
        });
        expect(Array.from(found)).toEqual(expected);
      }),
    );
  });
});
