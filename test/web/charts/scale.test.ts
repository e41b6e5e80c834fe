import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extentOf, linearScale, linePath, padded, ticksOf } from "../../../web/src/charts/scale.ts";

describe("linearScale", () => {
  it("maps the ends of the domain to the ends of the range", () => {
    const y = linearScale([0, 10], [100, 0]);
    expect([y(0), y(5), y(10), y(-1)]).toEqual([100, 50, 0, 110]);
  });

  it("puts a domain without extent into the middle", () => {
    expect(linearScale([3, 3], [0, 80])(3)).toBe(40);
  });
});

describe("extentOf", () => {
  it("heeds only what is known", () => {
    expect(extentOf([3, null, Number.NaN, -2, undefined])).toEqual([-2, 3]);
    expect(extentOf([null, Number.NaN])).toBeUndefined();
  });
});

describe("padded", () => {
  it("gives air at both ends, also around a single value", () => {
    expect(padded([0, 10], 0.1)).toEqual([-1, 11]);
    const [low, high] = padded([5, 5], 0.1);
    expect([low, high]).toEqual([4.5, 5.5]);
  });
});

describe("ticksOf", () => {
  it("are round and inside", () => {
    expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf([-0.32, 0.4], 4)).toEqual([-0.2, 0, 0.2, 0.4]);
    expect(ticksOf([0, 1234], 4)).toEqual([0, 500, 1000]);
  });

  it("are never outside, never many, and rise", () => {
    const range = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.001, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 10 }), ([low, extent], about) => {
        const high = low + extent;
        const ticks = ticksOf([low, high], about);
        const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
        expect(ticks.length).toBeLessThanOrEqual(about + 2);
        ticks.forEach((tick, i) => {
          expect(tick).toBeGreaterThanOrEqual(low - slack);
          expect(tick).toBeLessThanOrEqual(high + slack);
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
        });
      }),
    );
  });
});

describe("linePath", () => {
  it("breaks where a value is not known", () => {
    expect(
      linePath(
        [1, 2, null, 3],
        (i) => i * 10,
        (v) => v,
      ),
    ).toBe("M0.0 1.0L10.0 2.0M30.0 3.0");
  });
});
