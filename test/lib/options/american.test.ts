import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptionRight } from "#lib/core/option-data.ts";
import { type AmericanSpec, americanPrice, binomialPrice, earlyExercisePremium } from "#lib/options/american.ts";
import { blackScholesPrice } from "#lib/options/black-scholes.ts";

const put = (underlying: number, volatility: number, years: number): AmericanSpec => ({
  underlying,
  strike: 40,
  years,
  rate: 0.06,
  volatility,
  dividendYield: 0,
  right: -1,
});

/** Cox, Ross and Rubinstein's tree, the mean of two neighbours in steps: slow, and nothing in common with the product's tree. */
function crrPrice(spec: AmericanSpec, steps: number): number {
  const one = (n: number): number => {
    const { underlying, strike, years, rate, volatility, dividendYield, right } = spec;
    const dt = years / n;
    const u = Math.exp(volatility * Math.sqrt(dt));
    const p = (Math.exp((rate - dividendYield) * dt) - 1 / u) / (u - 1 / u);
    const discount = Math.exp(-rate * dt);
    const gain = (i: number, j: number) => right * (underlying * u ** (2 * j - i) - strike);
    let values = Array.from({ length: n + 1 }, (_, j) => Math.max(gain(n, j), 0));
    for (let i = n - 1; i >= 0; i--) {
      values = Array.from({ length: i + 1 }, (_, j) => Math.max(discount * (p * values[j + 1]! + (1 - p) * values[j]!), gain(i, j)));
    }
    return values[0]!;
  };
  return 0.5 * (one(steps) + one(steps + 1));
}

describe("binomialPrice", () => {
  it("converges to the European price with the square of the steps", () => {
    const spec = { ...put(36, 0.2, 1), dividendYield: 0.02 };
    const exact = blackScholesPrice(spec);
    const error = (steps: number) => Math.abs(binomialPrice(spec, "european", steps) - exact);
    expect(error(51)).toBeLessThan(1e-3);
    expect(error(201)).toBeLessThan(5e-5);
    // Four times the steps, about a sixteenth of the error.
    for (const [few, many] of [
      [51, 205],
      [101, 405],
    ] as const) {
      expect(error(few) / error(many)).toBeGreaterThan(12);
      expect(error(few) / error(many)).toBeLessThan(20);
    }
  });

  it("refuses what is no odd number of steps", () => {
    for (const steps of [200, 1, 3.5, Number.NaN, 30_001]) {
      expect(() => binomialPrice(put(36, 0.2, 1), "american", steps)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    }
  });

  it("is unknown for unknown or impossible arguments", () => {
    expect(binomialPrice({ ...put(36, 0.2, 1), rate: Number.NaN }, "american")).toBeNaN();
    expect(binomialPrice({ ...put(36, 0.2, 1), dividends: [{ years: 0.5, amount: 40 }] }, "american")).toBeNaN();
    expect(binomialPrice({ ...put(36, 0.2, 1), dividends: [{ years: Number.NaN, amount: 1 }] }, "american")).toBeNaN();
    expect(americanPrice({ ...put(36, 0.2, 1), volatility: -1 })).toBeNaN();
  });
});

describe("americanPrice", () => {
  // Longstaff and Schwartz, "Valuing American Options by Simulation" (2001), table 1, finite differences. Their put may be
  // exercised fifty times a year, so it is worth a little less than one that may be exercised at any time.
  it.each([
    [36, 0.2, 1, 4.478],
    [36, 0.2, 2, 4.84],
    [36, 0.4, 1, 7.101],
    [36, 0.4, 2, 8.508],
    [40, 0.2, 1, 2.314],
    [40, 0.2, 2, 2.885],
    [40, 0.4, 1, 5.312],
    [40, 0.4, 2, 6.92],
    [44, 0.2, 1, 1.11],
    [44, 0.2, 2, 1.69],
    [44, 0.4, 1, 3.948],
    [44, 0.4, 2, 5.647],
  ])("gives the published put: underlying %d, volatility %d, %d years", (underlying, volatility, years, price) => {
    const excess = americanPrice(put(underlying, volatility, years), 801) - price;
    expect(excess).toBeGreaterThan(-0.001);
    expect(excess).toBeLessThan(0.011);
  });

  it.each([
    ["put of a year", put(36, 0.2, 1)],
    ["put in the money with a yield", { ...put(30, 0.3, 0.5), dividendYield: 0.03 }],
    ["put of two weeks", put(38, 0.25, 14 / 365)],
    ["call with a high yield", { ...put(44, 0.2, 1), right: 1, rate: 0.03, dividendYield: 0.08 }],
    ["call in the money with a yield", { ...put(50, 0.35, 0.25), right: 1, rate: 0.01, dividendYield: 0.12 }],
  ] as [string, AmericanSpec][])("agrees with a fine tree of another kind: %s", (_, spec) => {
    const fine = crrPrice(spec, 2000);
    expect(Math.abs(americanPrice(spec) - fine)).toBeLessThan(3e-3);
    expect(Math.abs(americanPrice(spec, 1001) - fine)).toBeLessThan(6e-4);
  });

  it("prices a cash dividend as the integral over the ex-date does", () => {
    // Hull's example of a call with two dividends; here with one, where the holder's choice at the ex-date is one integral.
    const spec: AmericanSpec = {
      underlying: 40,
      strike: 40,
      years: 0.5,
      rate: 0.09,
      volatility: 0.3,
      dividendYield: 0,
      right: 1,
      dividends: [{ years: 5 / 12, amount: 0.9 }],
    };
    const { years: exDate, amount } = spec.dividends![0]!;
    const rest = spec.underlying - amount * Math.exp(-spec.rate * exDate);
    let total = 0;
    const [from, to, parts] = [-8, 8, 4000];
    for (let i = 0; i <= parts; i++) {
      const z = from + ((to - from) * i) / parts;
      const then = rest * Math.exp((spec.rate - 0.5 * spec.volatility ** 2) * exDate + spec.volatility * Math.sqrt(exDate) * z);
      const held = blackScholesPrice({ ...spec, underlying: then, years: spec.years - exDate });
      const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
      total += (weight * Math.max(then + amount - spec.strike, held) * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
    }
    const exact = (Math.exp(-spec.rate * exDate) * total * (to - from)) / parts / 3;
    expect(Math.abs(americanPrice(spec) - exact)).toBeLessThan(5e-3);
    expect(Math.abs(americanPrice(spec, 1801) - exact)).toBeLessThan(8e-4);
    expect(earlyExercisePremium(spec)).toBeGreaterThan(0.05);
  });

  it("gives Hull's call with two dividends", () => {
    // Options, Futures and Other Derivatives, ch. 15: European 3.67; the American value is 3.72 (Roll, Geske, Whaley).
    const dividends = [
      { years: 2 / 12, amount: 0.5 },
      { years: 5 / 12, amount: 0.5 },
    ];
    const spec: AmericanSpec = {
      underlying: 40,
      strike: 40,
      years: 0.5,
      rate: 0.09,
      volatility: 0.3,
      dividendYield: 0,
      right: 1,
      dividends,
    };
    expect(binomialPrice(spec, "european")).toBeCloseTo(3.67, 2);
    expect(americanPrice(spec)).toBeCloseTo(3.72, 2);
  });

  it("is what exercise gives now where that is best", () => {
    expect(americanPrice(put(20, 0.2, 1))).toBe(20);
    // Minutes to expiry and far away from the strike: there is no tree, and nothing to wait for.
    expect(americanPrice(put(20, 0.1, 10 / 525_600))).toBe(20);
    expect(americanPrice({ ...put(60, 0.1, 10 / 525_600), right: 1 })).toBeCloseTo(20 + 40 * 0.06 * (10 / 525_600), 8);
    expect(americanPrice(put(60, 0.1, 10 / 525_600))).toBe(0);
  });

  it("finds the best moment on a path without doubt: before the ex-date", () => {
    const spec: AmericanSpec = {
      underlying: 60,
      strike: 40,
      years: 0.5,
      rate: 0.04,
      volatility: 0,
      dividendYield: 0,
      right: 1,
      dividends: [{ years: 0.25, amount: 2 }],
    };
    expect(americanPrice(spec)).toBeCloseTo(60 - 40 * Math.exp(-0.01), 12);
    expect(americanPrice({ ...spec, dividends: [] })).toBeCloseTo(60 - 40 * Math.exp(-0.02), 12);
    // Yield against interest: worth holding until they balance.
    const yielding = { ...spec, dividends: [], rate: 0.1, dividendYield: 0.02, right: -1, underlying: 30, years: 30 } as const;
    const balance = Math.log((0.02 * 30) / (0.1 * 40)) / (0.02 - 0.1);
    const worth = (moment: number) => 40 * Math.exp(-0.1 * moment) - 30 * Math.exp(-0.02 * moment);
    expect(americanPrice(yielding)).toBeCloseTo(Math.max(worth(0), worth(balance), worth(30), 0), 12);
  });
});

describe("earlyExercisePremium", () => {
  const specs = fc.record({
    underlying: fc.double({ min: 50, max: 200, noNaN: true }),
    strike: fc.constant(100),
    years: fc.double({ min: 1 / 525_600, max: 2, noNaN: true }),
    rate: fc.double({ min: 0, max: 0.1, noNaN: true }),
    volatility: fc.double({ min: 0.05, max: 1, noNaN: true }),
    dividendYield: fc.double({ min: 0, max: 0.1, noNaN: true }),
    right: fc.constantFrom<OptionRight>(1, -1),
  });

  it("is nothing for a call without dividends, and for a put on its last day at most the interest on the strike", () => {
    expect(Math.abs(earlyExercisePremium({ ...put(60, 0.3, 1), right: 1 }))).toBeLessThan(1e-10);
    const lastHours: AmericanSpec = { ...put(500, 0.15, 3 / 8760), strike: 503, dividendYield: 0 };
    expect(earlyExercisePremium(lastHours)).toBeGreaterThan(0);
    expect(earlyExercisePremium(lastHours)).toBeLessThan(503 * 0.06 * (3 / 8760));
  });

  it("is never negative, and the price never below exercise or the European price", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        expect(earlyExercisePremium(spec, 51)).toBeGreaterThanOrEqual(-1e-10);
        const price = americanPrice(spec, 51);
        expect(price).toBeGreaterThanOrEqual(Math.max(spec.right * (spec.underlying - spec.strike), 0));
        expect(price).toBeGreaterThanOrEqual(blackScholesPrice(spec) - 1e-10 * spec.underlying);
      }),
      { numRuns: 300 },
    );
  });

  it("always mirrors: a call is a put with underlying and strike, rate and yield exchanged", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const mirror: AmericanSpec = {
          ...spec,
          underlying: spec.strike,
          strike: spec.underlying,
          rate: spec.dividendYield,
          dividendYield: spec.rate,
          right: spec.right === 1 ? -1 : 1,
        };
        expect(Math.abs(americanPrice(spec, 101) - americanPrice(mirror, 101))).toBeLessThan(1e-9 * spec.underlying);
      }),
      { numRuns: 200 },
    );
  });
});
