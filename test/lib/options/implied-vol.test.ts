import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptionRight } from "#lib/core/option-data.ts";
import { blackScholes, blackScholesPrice } from "#lib/options/black-scholes.ts";
import { IMPLIED_VOL_REASONS, impliedVol, impliedVols, type PricedOption } from "#lib/options/implied-vol.ts";

const hull = { underlying: 42, strike: 40, years: 0.5, rate: 0.1, dividendYield: 0, right: 1 } as const;
const MINUTES_PER_YEAR = 525_600;

describe("impliedVol", () => {
  it("finds the volatility of published prices", () => {
    // Hull, and the doctests of py_vollib (statistics.md, 12).
    expect(impliedVol({ ...hull, price: 4.759422392871 })).toEqual({ volatility: expect.closeTo(0.2, 10), reason: null });
    const call = { underlying: 100, strike: 100, years: 0.5, rate: 0.01, dividendYield: 0, right: 1 } as const;
    expect(impliedVol({ ...call, price: 5.87602423383 }).volatility).toBeCloseTo(0.2, 10);
    expect(impliedVol({ ...call, strike: 90, price: 12.111581435 }).volatility).toBeCloseTo(0.2, 10);
    expect(impliedVol({ ...call, strike: 90, right: -1, price: 1.66270456231 }).volatility).toBeCloseTo(0.2, 10);
  });

  it("meets prices of 1e-250 as well as prices next to the upper bound", () => {
    const wing = { underlying: 100, strike: 130, years: 1 / MINUTES_PER_YEAR, rate: 0, dividendYield: 0, right: 1 } as const;
    const small = impliedVol({ ...wing, price: 1e-250 });
    expect(blackScholesPrice({ ...wing, volatility: small.volatility }) / 1e-250).toBeCloseTo(1, 10);
    const large = impliedVol({ ...wing, price: 100 - 1e-9 });
    expect(100 - blackScholesPrice({ ...wing, volatility: large.volatility })).toBeCloseTo(1e-9, 13);
  });

  it("says why there is none", () => {
    const reasonOf = (change: Partial<PricedOption>) => impliedVol({ ...hull, price: 4.76, ...change }).reason;
    expect(reasonOf({})).toBeNull();
    // The lower bound is 3.9508230200 (statistics.md, 12).
    expect(reasonOf({ price: 3.950823 })).toBe("below_intrinsic");
    expect(reasonOf({ price: 3.9508231 })).toBeNull();
    expect(reasonOf({ price: 42 - 40 * Math.exp(-0.05) })).toBe("no_time_value");
    expect(reasonOf({ price: 42 })).toBe("above_bound");
    expect(reasonOf({ price: 41.9999 })).toBeNull();
    expect(reasonOf({ right: -1, price: 38.1 })).toBe("above_bound");
    expect(reasonOf({ right: -1, price: 0 })).toBe("no_time_value");
    expect(reasonOf({ right: -1, price: -0.01 })).toBe("below_intrinsic");
    expect(reasonOf({ years: 0 })).toBe("expired");
    expect(reasonOf({ years: -0.1 })).toBe("invalid_input");
    expect(reasonOf({ price: Number.NaN })).toBe("invalid_input");
    expect(reasonOf({ underlying: 0 })).toBe("invalid_input");
    expect(impliedVol({ ...hull, price: 50 })).toEqual({ volatility: Number.NaN, reason: "above_bound" });
  });

  it("calls a deep price in the money that carries no trace of its volatility by its name", () => {
    // A put 40 % in the money, ten minutes to expiry: its price at any volatility up to 100 % is the forward's worth to the last digit.
    const put = { underlying: 500, strike: 700, years: 10 / MINUTES_PER_YEAR, rate: 0.05, dividendYield: 0.013, right: -1 } as const;
    for (const volatility of [0.05, 0.5, 1]) {
      expect(impliedVol({ ...put, price: blackScholesPrice({ ...put, volatility }) }).reason).toBe("no_time_value");
    }
    // Its mirror out of the money still has it.
    const call = { ...put, right: 1 } as const;
    expect(impliedVol({ ...call, price: blackScholesPrice({ ...call, volatility: 5 }) }).volatility).toBeCloseTo(5, 10);
  });

  const markets = fc.record({
    underlying: fc.double({ min: 1, max: 6000, noNaN: true }),
    minutes: fc.oneof(fc.integer({ min: 1, max: 390 }), fc.integer({ min: 1, max: 3 * MINUTES_PER_YEAR })),
    logVolatility: fc.double({ min: Math.log(0.01), max: Math.log(5), noNaN: true }),
    rate: fc.double({ min: -0.02, max: 0.15, noNaN: true }),
    dividendYield: fc.double({ min: 0, max: 0.1, noNaN: true }),
    right: fc.constantFrom<OptionRight>(1, -1),
  });
  /** Distance of the strike: in standard deviations up to the end of float64, or a plain part of the price. */
  const distances = fc.oneof(
    fc.record({ deviations: fc.double({ min: -37, max: 37, noNaN: true }) }),
    fc.record({ logStrike: fc.double({ min: -2, max: 2, noNaN: true }) }),
  );
  const optionOf = (
    market: typeof markets extends fc.Arbitrary<infer M> ? M : never,
    distance: { deviations?: number; logStrike?: number },
  ) => {
    const { underlying, minutes, logVolatility, rate, dividendYield, right } = market;
    const years = minutes / MINUTES_PER_YEAR;
    const volatility = Math.exp(logVolatility);
    const log = distance.logStrike ?? Math.max(-50, Math.min(50, distance.deviations! * volatility * Math.sqrt(years)));
    return { underlying, strike: underlying * Math.exp(log), years, rate, dividendYield, right, volatility };
  };

  it("always meets a price that has a volatility, to 1e-10, and never refuses one that is inside the bounds", () => {
    fc.assert(
      fc.property(markets, distances, (market, distance) => {
        const option = optionOf(market, distance);
        const price = blackScholesPrice(option);
        const { volatility, reason } = impliedVol({ ...option, price });
        const spot = option.underlying * Math.exp(-option.dividendYield * option.years);
        const cash = option.strike * Math.exp(-option.rate * option.years);
        const floor = Math.max(0, option.right * (spot - cash));
        const ceiling = option.right === 1 ? spot : cash;
        if (reason === null) {
          const again = blackScholesPrice({ ...option, volatility });
          expect(Math.abs(again - price)).toBeLessThanOrEqual(1e-10 * Math.max(1, (spot + cash) / 10_000));
        } else if (reason === "no_time_value") {
          expect(price - floor).toBeLessThanOrEqual(floor === 0 ? 1.001e-290 * Math.sqrt(spot * cash) : 2 * Number.EPSILON * (spot + cash));
        } else {
          expect(reason).toBe("above_bound");
          expect(ceiling - price).toBeLessThanOrEqual(Number.EPSILON * ceiling);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it("always recovers the volatility itself where the price carries it", () => {
    fc.assert(
      fc.property(markets, distances, (market, distance) => {
        const option = optionOf(market, distance);
        const { price, vega } = blackScholes(option);
        const spot = option.underlying * Math.exp(-option.dividendYield * option.years);
        const cash = option.strike * Math.exp(-option.rate * option.years);
        const inTheMoney = option.right * (spot - cash) > 0;
        const rounding = inTheMoney ? 4 * Number.EPSILON * (spot + cash) : 1e-12 * price;
        fc.pre(price > 1e-288 * Math.sqrt(spot * cash) && price < 0.5 * (option.right === 1 ? spot : cash));
        fc.pre(rounding / vega < 1e-4 * option.volatility);
        const { volatility } = impliedVol({ ...option, price });
        expect(Math.abs(volatility - option.volatility)).toBeLessThanOrEqual(2 * (rounding / vega) + 4e-15 * option.volatility);
      }),
      { numRuns: 5000 },
    );
  });

  it("always gives a higher volatility for a higher price", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.998, noNaN: true }), fc.integer({ min: 1, max: MINUTES_PER_YEAR }), (share, minutes) => {
        const option = {
          underlying: 100,
          strike: 103,
          years: minutes / MINUTES_PER_YEAR,
          rate: 0.03,
          dividendYield: 0.01,
          right: 1,
        } as const;
        const lower = impliedVol({ ...option, price: 99 * share }).volatility;
        expect(impliedVol({ ...option, price: 99 * share + 1e-3 }).volatility).toBeGreaterThan(lower);
      }),
    );
  });
});

describe("impliedVols", () => {
  it("fills a column with what the rows give one by one, and the reasons beside it", () => {
    const prices = [4.7594223929, 3.9, 42, Number.NaN, 0.8];
    const length = prices.length;
    const same = (value: number) => new Float64Array(length).fill(value);
    const columns = {
      length,
      price: Float64Array.from(prices),
      underlying: same(42),
      strike: same(40),
      years: same(0.5),
      rate: same(0.1),
      dividendYield: same(0),
      right: Int8Array.of(1, 1, 1, 1, -1),
    };
    const volatility = new Float64Array(length);
    const reason = new Uint8Array(length);
    impliedVols(columns, volatility, reason);
    prices.forEach((price, i) => {
      const one = impliedVol({ ...hull, right: columns.right[i] as OptionRight, price });
      expect(volatility[i]).toBe(one.volatility);
      expect(reason[i] === 0 ? null : IMPLIED_VOL_REASONS[reason[i]! - 1]).toBe(one.reason);
    });
    expect([...reason]).toEqual([0, 3, 5, 1, 0]);

    const alone = new Float64Array(length);
    impliedVols(columns, alone);
    expect(alone).toEqual(volatility);
  });
});
