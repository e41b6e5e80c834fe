import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blackScholesPrice } from "#lib/options/black-scholes.ts";
import { atmIv, ivSourceUsed } from "#lib/options/chain/iv-measures.ts";
import { chainSmiles } from "#lib/options/chain/smile.ts";
import { chainOf, EXPIRY, pair, type TestContract } from "./build-chain.ts";

/** Quotes of a chain priced on a forward with one volatility a strike, half a cent to both sides. */
function quoted(forward: number, strikes: readonly number[], volatilityOf: (strike: number) => number): TestContract[] {
  return strikes.flatMap((strike) =>
    ([1, -1] as const).map((right) => {
      const spec = { underlying: forward, strike, years: 30 / 365, rate: 0, dividendYield: 0, right };
      const price = blackScholesPrice({ ...spec, volatility: volatilityOf(strike) });
      return { strike, right, bid: price - 0.005, ask: price + 0.005 };
    }),
  );
}

const STRIKES = [90, 95, 98, 100, 102, 105, 110];

describe("chainSmiles", () => {
  it("solves volatilities from the middle of quotes, on the forward that put-call parity gives", () => {
    const volatilityOf = (strike: number) => 0.2 + (100 - strike) * 0.002;
    const chain = chainOf(quoted(100.7, STRIKES, volatilityOf), { underlyingPrice: 100 });
    const { used, smiles } = chainSmiles(chain, "auto");
    expect(used).toBe("quotes");
    expect(smiles[0]!.forward).toBeCloseTo(100.7, 10);
    for (const [k, strike] of STRIKES.entries()) expect(smiles[0]!.iv[k]).toBeCloseTo(volatilityOf(strike), 8);
    expect(ivSourceUsed(chain)).toBe("quotes");
  });

  it("prefers the source's own volatilities for the whole snapshot, and never mixes", () => {
    const contracts = quoted(100, STRIKES, () => 0.3).map((contract, i) => (i === 6 || i === 7 ? { ...contract, iv: 0.2 } : contract));
    const chain = chainOf(contracts);
    expect(ivSourceUsed(chain)).toBe("snapshot");
    expect([...chainSmiles(chain, "auto").smiles[0]!.iv].filter((value) => !Number.isNaN(value))).toEqual([0.2]);
    expect(chainSmiles(chain, "quotes").smiles[0]!.iv[3]).toBeCloseTo(0.3, 8);
  });

  it("says that there is none where neither source has one", () => {
    const chain = chainOf(STRIKES.flatMap((strike) => pair(strike, { openInterest: 5 })));
    expect(ivSourceUsed(chain)).toBe("none");
    expect(atmIv(chain, { days: 0, source: "auto" })).toBeNaN();
  });

  it("leaves out crossed quotes, quotes without a bid, and volatilities that were not computed", () => {
    const chain = chainOf([
      { strike: 98, right: -1, bid: 1.5, ask: 1.4, iv: 0 },
      { strike: 99, right: -1, bid: 0, ask: 0.1, iv: 11 },
      { strike: 102, right: 1, bid: 1, ask: 1.1, iv: -1 },
    ]);
    expect([...chainSmiles(chain, "snapshot").smiles[0]!.iv]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const [below, middle, above] = chainSmiles(chain, "quotes").smiles[0]!.iv;
    expect([below, middle]).toEqual([Number.NaN, Number.NaN]);
    expect(above).toBeGreaterThan(0.1);
  });

  it("has no smile without a price of the underlying, nor for a forward that quotes put 20 % away from it", () => {
    for (const underlyingPrice of [0, -5, Number.NaN])
      expect(
        chainSmiles(
          chainOf(
            quoted(100, STRIKES, () => 0.2),
            { underlyingPrice },
          ),
          "auto",
        ),
      ).toEqual({ used: "none", smiles: [] });
    expect(
      atmIv(
        chainOf(
          quoted(100, STRIKES, () => 0.2),
          { underlyingPrice: 79 },
        ),
        { days: 0, source: "auto" },
      ),
    ).toBeNaN();
  });

  it("leaves expired contracts out", () => {
    const chain = chainOf([...pair(100, { iv: 0.9, expiry: 20240701 }), ...pair(100, { iv: 0.2 })]);
    expect(chainSmiles(chain, "auto").smiles.map(({ slice }) => slice.expiry)).toEqual([EXPIRY]);
  });

  it("does not depend on the scale of prices", () => {
    fc.assert(
      fc.property(fc.constantFrom(0.25, 2, 64), fc.double({ min: 0.05, max: 2, noNaN: true }), (scale, volatility) => {
        const contracts = quoted(100.3, STRIKES, () => volatility);
        const scaled = contracts.map(({ strike, bid, ask, right }) => ({
          strike: strike * scale,
          right,
          bid: bid! * scale,
          ask: ask! * scale,
        }));
        const tenor = { days: 0, source: "quotes" } as const;
        expect(atmIv(chainOf(scaled, { underlyingPrice: 100 * scale }), tenor)).toBe(atmIv(chainOf(contracts), tenor));
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});
