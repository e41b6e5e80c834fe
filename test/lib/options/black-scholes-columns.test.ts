import { describe, expect, it } from "vitest";
import type { OptionRight } from "#lib/core/option-data.ts";
import { blackScholes } from "#lib/options/black-scholes.ts";
import { blackScholesColumns, blackScholesPrices } from "#lib/options/black-scholes-columns.ts";

describe("blackScholesColumns, blackScholesPrices", () => {
  it("give every row what it gives alone, the unknown one included", () => {
    const length = 4;
    const options = {
      length,
      underlying: Float64Array.of(42, 5000, 100, Number.NaN),
      strike: Float64Array.of(40, 5005, 95, 40),
      years: Float64Array.of(0.5, 2 / 8760, 0, 0.5),
      rate: Float64Array.of(0.1, 0.05, 0.03, 0.1),
      volatility: Float64Array.of(0.2, 0.15, 0.25, 0.2),
      dividendYield: Float64Array.of(0, 0, 0.015, 0),
      right: Int8Array.of(1, -1, 1, -1),
    };
    const column = () => new Float64Array(length);
    const out = {
      price: column(),
      delta: column(),
      gamma: column(),
      vega: column(),
      theta: column(),
      rho: column(),
      vanna: column(),
      charm: column(),
    };
    blackScholesColumns(options, out);
    const prices = column();
    blackScholesPrices(options, prices);
    expect(out.price[0]).toBeCloseTo(4.7594223929, 10);
    expect(prices).toEqual(out.price);
    for (let i = 0; i < length; i++) {
      const { underlying, strike, years, rate, volatility, dividendYield, right } = options;
      const one = blackScholes({
        underlying: underlying[i]!,
        strike: strike[i]!,
        years: years[i]!,
        rate: rate[i]!,
        volatility: volatility[i]!,
        dividendYield: dividendYield[i]!,
        right: right[i] as OptionRight,
      });
      expect(Object.fromEntries(Object.entries(out).map(([name, values]) => [name, values[i]]))).toEqual(one);
    }
  });
});
