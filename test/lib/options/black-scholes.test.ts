import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OptionRight } from "#lib/core/option-data.ts";
import {
  blackScholes,
  blackScholesPrice,
  type OptionSpec,
  rhoPerRatePoint,
  thetaPerDay,
  vegaPerVolPoint,
} from "#lib/options/black-scholes.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

const option = (
  [underlying, strike, years, rate, volatility, dividendYield]: readonly [number, number, number, number, number, number],
  right: OptionRight,
): OptionSpec => ({ underlying, strike, years, rate, volatility, dividendYield, right });

/** Rounded to as many decimals as the check values are printed with. */
const decimals = (digits: number) => 0.5000001 * 10 ** -digits;
const near = (found: number, expected: number, within: number) =>
  expect(Math.abs(found - expected), `${found} against ${expected}`).toBeLessThanOrEqual(within);

const TRADING_HOURS = 252 * 6.5;

/** S, K, T, r, sigma, q; then call, put, delta of the call, gamma, vega, theta and rho of call and put. Rows of statistics.md, 12. */
const TABLE = [
  [
    [42, 40, 0.5, 0.1, 0.2, 0],
    [4.7594223929, 0.8085993729, 0.7791312909, 0.0499626704, 8.8134150596, -4.5590921946, -0.7541744966, 13.9820459134, -5.0425425767],
  ],
  [
    [100, 100, 1, 0.05, 0.2, 0],
    [10.4505835722, 5.5735260223, 0.6368306512, 0.0187620173, 37.5240346917, -6.4140275464, -1.6578804239, 53.2324815454, -41.8904609047],
  ],
  [
    [49, 50, 0.3846, 0.05, 0.2, 0],
    [2.400461087, 2.448146934, 0.521601634, 0.0655453773, 12.1052427542, -4.3053899645, -1.8530056722, 8.9065740988, -9.9571658779],
  ],
  [
    [100, 90, 0.5, 0.01, 0.2, 0],
    [12.111581435, 1.6627045623, 0.8026368118, 0.019638496, 19.6384959545, -4.6092201883, -3.7137089571, 34.0760498712, -10.6995116924],
  ],
  [
    [100, 100, 0.5, 0.01, 0.2, 0],
    [5.8760242338, 5.3772721531, 0.5422350133, 0.0280512463, 28.0512463042, -6.0937240318, -5.0987115526, 24.1737385487, -25.576885411],
  ],
  [
    [100, 95, 0.25, 0.03, 0.25, 0.015],
    [7.9599969798, 2.6244599407, 0.6898719735, 0.0280197851, 17.5123657171, -9.5521909094, -8.2178714869, 15.2568000921, -8.3157412099],
  ],
  [
    [5000, 5005, 2 / TRADING_HOURS, 0.05, 0.15, 0],
    [8.2800098861, 12.9744636575, 0.4299803515, 0.0149875946, 68.6245175204, -4322.342, -4072.107, 2.6149227688, -3.49581527],
  ],
  [
    [5000, 5005, 2 / 8760, 0.05, 0.15, 0],
    [2.4749498907, 7.4178155136, 0.331846506, 0.0320280243, 27.4212537113, -9090.72, -8840.473, 0.3782551552, -0.7644258643],
  ],
] as const;

describe("blackScholes", () => {
  it.each(TABLE)("gives the check values of %j", (inputs, [call, put, delta, gamma, vega, thetaCall, thetaPut, rhoCall, rhoPut]) => {
    const c = blackScholes(option(inputs, 1));
    const p = blackScholes(option(inputs, -1));
    const thetaDigits = inputs[0] === 5000 ? 3 : 10;
    near(c.price, call, decimals(10));
    near(p.price, put, decimals(10));
    near(c.delta, delta, decimals(10));
    for (const value of [c, p]) {
      near(value.gamma, gamma, decimals(10));
      near(value.vega, vega, decimals(10));
    }
    near(c.theta, thetaCall, decimals(thetaDigits));
    near(p.theta, thetaPut, decimals(thetaDigits));
    near(c.rho, rhoCall, decimals(10));
    near(p.rho, rhoPut, decimals(10));
  });

  it("gives the check values of vanna and charm", () => {
    const [hull, , third] = TABLE;
    near(blackScholes(option(hull[0], 1)).vanna, -0.9316006786, decimals(10));
    near(blackScholes(option(hull[0], 1)).charm, -0.02352308, decimals(10));
    near(blackScholes(option(third[0], 1)).vanna, 0.1391432199, decimals(10));
    near(blackScholes(option(third[0], 1)).charm, -0.1967648586, decimals(10));
  });

  // Black-Scholes-Merton in 80-digit arithmetic (mpmath) at the same float64 inputs.
  it.each([
    [500, 496, 30, 0.05, 0.15, 0.013, -1, 5.158073121933717e-14],
    [500, 540, 390, 0.05, 0.18, 0.013, 1, 1.4131369275935357e-56],
    [5000, 5005, 1, 0.05, 0.15, 0, 1, 1.3557747846146488e-7],
    [100, 400, 1_576_800, 0.04, 0.1, 0.02, 1, 3.785965968921099e-14],
    [100, 5, 43_200, 0.04, 0.3, 0, -1, 5.951672457087877e-268],
    [100, 100, 1, 0, 0.01, 0, 1, 0.0005502783007834423],
    [100, 250, 1_051_200, 0.03, 5, 0.01, 1, 97.95846269233395],
    [500, 545, 60, 0.05, 0.6, 0, 1, 4.218616723297527e-42],
    [500, 560, 5, 0.05, 1, 0, 1, 3.272572380981851e-297],
  ] as const)("keeps the digits of wings and last minutes: %d, %d, %d minutes", (S, K, minutes, r, v, q, right, price) => {
    const found = blackScholesPrice(option([S, K, minutes / 525_600, r, v, q], right));
    expect(Math.abs(found / price - 1)).toBeLessThan(5e-13);
  });

  it("is what the forward is worth where there is no volatility or no time, and 0 beyond float64", () => {
    expect(blackScholes(option([100, 90, 0, 0.05, 0.2, 0], 1))).toEqual({
      price: 10,
      delta: 1,
      gamma: 0,
      vega: 0,
      theta: -4.5,
      rho: 0,
      vanna: 0,
      charm: 0,
    });
    expect(blackScholes(option([100, 110, 0.5, 0, 0, 0], 1))).toEqual({
      price: 0,
      delta: 0,
      gamma: 0,
      vega: 0,
      theta: 0,
      rho: 0,
      vanna: 0,
      charm: 0,
    });
    expect(blackScholesPrice(option([100, 110, 0.5, 0, 0, 0], -1))).toBe(10);
    expect(blackScholesPrice(option([500, 505, 1 / 525_600, 0.05, 0.12, 0.013], 1))).toBe(0);
    expect(blackScholes(option([100, 100, 0, 0, 0.2, 0], 1))).toMatchObject({ price: 0, delta: Number.NaN, gamma: Number.NaN });
  });

  it.each([
    ["an unknown underlying", [Number.NaN, 100, 1, 0, 0.2, 0]],
    ["an infinite rate", [100, 100, 1, Number.POSITIVE_INFINITY, 0.2, 0]],
    ["no strike", [100, 0, 1, 0, 0.2, 0]],
    ["time that has passed", [100, 100, -0.1, 0, 0.2, 0]],
    ["a negative volatility", [100, 100, 1, 0, -0.2, 0]],
  ] as const)("is unknown for %s", (_, inputs) => {
    for (const value of Object.values(blackScholes(option(inputs, 1)))) expect(value).toBeNaN();
    expect(blackScholesPrice(option(inputs, -1))).toBeNaN();
  });

  const specs = fc.record({
    underlying: fc.double({ min: 1, max: 6000, noNaN: true }),
    logStrike: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
    minutes: fc.integer({ min: 1, max: 3 * 525_600 }),
    rate: fc.double({ min: -0.02, max: 0.15, noNaN: true }),
    volatility: fc.double({ min: 0.01, max: 5, noNaN: true }),
    dividendYield: fc.double({ min: 0, max: 0.1, noNaN: true }),
  });

  it("always keeps put-call parity, of price and greeks", () => {
    fc.assert(
      fc.property(specs, ({ underlying, logStrike, minutes, rate, volatility, dividendYield }) => {
        const [strike, years] = [underlying * Math.exp(logStrike), minutes / 525_600];
        const inputs = [underlying, strike, years, rate, volatility, dividendYield] as const;
        const c = blackScholes(option(inputs, 1));
        const p = blackScholes(option(inputs, -1));
        const [spot, cash] = [underlying * Math.exp(-dividendYield * years), strike * Math.exp(-rate * years)];
        const scale = Math.max(spot, cash);
        near(c.price - p.price, spot - cash, 1e-12 * Math.max(1, scale / 1000));
        near(c.delta - p.delta, spot / underlying, 1e-14);
        near(c.theta - p.theta, dividendYield * spot - rate * cash, 1e-12 * Math.max(scale, Math.abs(c.theta)));
        near(c.rho - p.rho, years * cash, 1e-12 * scale);
        near(c.charm - p.charm, (dividendYield * spot) / underlying, 1e-12 * Math.max(1, Math.abs(c.charm)));
        expect(c.gamma).toBe(p.gamma);
        expect(c.vega).toBe(p.vega);
        expect(c.vanna).toBe(p.vanna);
      }),
      { numRuns: 2000 },
    );
  });

  it("always has greeks that are the slopes of its prices", () => {
    const shared = { minutes: fc.integer({ min: 2000, max: 525_600 }), volatility: fc.double({ min: 0.1, max: 1, noNaN: true }) };
    const deviations = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.record(shared), deviations, fc.constantFrom<OptionRight>(1, -1), ({ minutes, volatility }, deviation, right) => {
        const years = minutes / 525_600;
        const base = option([100, 100 * Math.exp(deviation * volatility * Math.sqrt(years)), years, 0.04, volatility, 0.015], right);
        const slope = (field: keyof OptionSpec, of: "price" | "delta", step: number) =>
          (blackScholes({ ...base, [field]: base[field] + step })[of] - blackScholes({ ...base, [field]: base[field] - step })[of]) /
          (2 * step);
        const value = blackScholes(base);
        const dollars = 100 * volatility * Math.sqrt(years) * 1e-3;
        near(value.delta, slope("underlying", "price", dollars), 1e-6);
        near(value.gamma, slope("underlying", "delta", dollars), 2e-6 / dollars);
        near(value.vega, slope("volatility", "price", volatility * 1e-4), 1e-5);
        near(value.rho, slope("rate", "price", 1e-5), 1e-5);
        near(value.theta, -slope("years", "price", years * 1e-4), 1e-5 * (1 + Math.abs(value.theta)));
        near(value.vanna, slope("volatility", "delta", volatility * 1e-4), 1e-5);
        near(value.charm, -slope("years", "delta", years * 1e-4), 1e-5 * (1 + Math.abs(value.charm)));
      }),
      { numRuns: 500 },
    );
  });
});

describe("vegaPerVolPoint, thetaPerDay, rhoPerRatePoint", () => {
  it("turn our units into the usual ones of vendors", () => {
    expect(vegaPerVolPoint(27.42125)).toBeCloseTo(0.2742125, 12);
    expect(thetaPerDay(-9090.72)).toBeCloseTo(-24.9060822, 7);
    expect(rhoPerRatePoint(13.98)).toBeCloseTo(0.1398, 12);
  });
});

describeWithShared("blackScholes against py_vollib's table", ["reference/options/py_vollib_bs_greeks.csv"], () => {
  const [head, ...lines] = readFileSync(sharedPath("reference/options/py_vollib_bs_greeks.csv"), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((text, i) => [names[i]!, Number(text)])));

  it("agrees on all 101 rows, calls and puts", () => {
    expect(rows).toHaveLength(101);
    for (const row of rows) {
      const of = (name: string) => row[name]!;
      const inputs = [of("S"), of("K"), of("t"), of("R"), of("v"), 0] as const;
      const c = blackScholes(option(inputs, 1));
      const p = blackScholes(option(inputs, -1));
      const pairs: [number, number][] = [
        [c.price, of("bs_call")],
        [p.price, of("bs_put")],
        [c.price, of("call_vals")],
        [c.delta, of("CD")],
        [p.delta, of("PD")],
        [c.gamma, of("CG")],
        [p.gamma, of("PG")],
        [c.theta, of("CT")],
        [p.theta, of("PT")],
        [c.vega, of("CV")],
        [p.vega, of("PV")],
        [c.rho, of("CR")],
        [p.rho, of("PR")],
      ];
      for (const [found, expected] of pairs) {
        // Printed with up to ten decimals; what is smaller is either cut to 0 or has five or six digits.
        const tiny = expected !== 0 && Math.abs(expected) < 1e-10;
        near(found, expected, tiny ? 3e-5 * Math.abs(expected) : 1e-9 + 6e-9 * Math.abs(expected));
      }
    }
  });
});
