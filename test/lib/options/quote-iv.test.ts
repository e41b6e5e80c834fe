import { describe, expect, it } from "vitest";
import { quoteFault } from "#lib/options/quote-fault.ts";
import { quoteIv } from "#lib/options/quote-iv.ts";

describe("quoteFault", () => {
  it.each([
    [1.1, 1.14, 0, null],
    [0, 0.01, 5000, null],
    [Number.NaN, 1, 0, "missing"],
    [1, Number.NaN, 0, "missing"],
    [0, 0, 0, "missing"],
    [-0.01, 1, 0, "missing"],
    [1.15, 1.14, 0, "crossed"],
    [1.1, 1.14, 5001, "stale"],
    [1.1, 1.14, -1, "stale"],
    [1.1, 1.14, Number.NaN, "stale"],
    [1.14, 1.14, 0, "locked"],
    // 1.3 - 1 is 0.30000000000000004: thirty cents on paper.
    [1, 1.3, 0, null],
    [1, 1.31, 0, "wide_spread"],
    // A quarter of the middle: 7 / 28 is allowed, 8 / 28 not.
    [24.5, 31.5, 0, null],
    [24, 32, 0, "wide_spread"],
  ] as const)("of %d to %d, %d ms old, is %s", (bid, ask, ageMs, fault) => {
    expect(quoteFault(bid, ask, ageMs)).toBe(fault);
  });
});

describe("quoteIv", () => {
  const hull = { underlying: 42, strike: 40, years: 0.5, rate: 0.1, dividendYield: 0, right: 1, ageMs: 0 } as const;

  it("reads the volatility of the middle", () => {
    const { mid, volatility, reason } = quoteIv({ ...hull, bid: 4.6594223929, ask: 4.8594223929 });
    expect(mid).toBeCloseTo(4.7594223929, 10);
    expect(volatility).toBeCloseTo(0.2, 9);
    expect(reason).toBeNull();
    expect(quoteIv({ ...hull, bid: 4.76, ask: 4.76 }).volatility).toBeGreaterThan(0.2);
  });

  it.each([
    [{ bid: 0, ask: 0.05 }, "no_quote"],
    [{ bid: Number.NaN, ask: 4.8 }, "no_quote"],
    [{ bid: 4.9, ask: 4.8 }, "crossed"],
    [{ bid: 4.7, ask: 4.8, ageMs: 60_000 }, "stale"],
    [{ bid: 4, ask: 6 }, "wide_spread"],
    [{ bid: 3.9, ask: 3.94 }, "below_intrinsic"],
    [{ bid: 42, ask: 42.1 }, "above_bound"],
    [{ bid: 4.7, ask: 4.8, years: 0 }, "expired"],
  ] as const)("says what is wrong with %j", (change, reason) => {
    expect(quoteIv({ ...hull, ...change })).toMatchObject({ volatility: Number.NaN, reason });
  });

  it("takes other limits", () => {
    expect(quoteIv({ ...hull, bid: 4, ask: 6, ageMs: 9000 }, { maxAgeMs: 10_000, maxSpreadUsd: 2, maxSpreadShare: 0 }).reason).toBeNull();
  });
});
