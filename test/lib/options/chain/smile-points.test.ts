import { describe, expect, it } from "vitest";
import { blackScholes } from "#lib/options/black-scholes.ts";
import { chainSmiles } from "#lib/options/chain/smile.ts";
import { atmVolatility, butterfly, riskReversal, volatilityAtDelta, wingVolatility } from "#lib/options/chain/smile-points.ts";
import { chainOf, pair, type TestContract } from "./build-chain.ts";

const smileOf = (contracts: readonly TestContract[], underlyingPrice = 100) =>
  chainSmiles(chainOf(contracts, { underlyingPrice }), "snapshot").smiles[0]!;

describe("riskReversal and butterfly", () => {
  // Worked values: statistics.md 13 (shared reference).
  const putDeltas = [0.4, 0.3, 0.22, 0.15];
  const putVols = [0.205, 0.214, 0.224, 0.235];
  const callDeltas = [0.4, 0.31, 0.22, 0.14];
  const callVols = [0.19, 0.183, 0.178, 0.176];

  it("are call less put, and the wings' mean over the middle, of volatilities that are linear in delta", () => {
    const put = volatilityAtDelta(putDeltas, putVols, 0.25);
    const call = volatilityAtDelta(callDeltas, callVols, 0.25);
    expect(put).toBeCloseTo(0.22025, 12);
    expect(call).toBeCloseTo(0.1796666667, 10);
    expect(riskReversal(call, put)).toBeCloseTo(-0.0405833333, 10);
  });

  it("have the signs of the currency market's quotes: calls 9.21, puts 9.51, at the money 9.20", () => {
    expect(riskReversal(9.21, 9.51)).toBeCloseTo(-0.3, 12);
    expect(butterfly(9.21, 9.51, 9.2)).toBeCloseTo(0.16, 12);
  });
});

describe("volatilityAtDelta", () => {
  it("takes a point that has the delta itself", () => {
    expect(volatilityAtDelta([0.5, 0.25, 0.1], [0.2, 0.22, 0.3], 0.25)).toBe(0.22);
  });

  it("never extrapolates", () => {
    expect(volatilityAtDelta([0.5, 0.26], [0.2, 0.22], 0.25)).toBeNaN();
    expect(volatilityAtDelta([0.24, 0.1], [0.2, 0.22], 0.25)).toBeNaN();
    expect(volatilityAtDelta([], [], 0.25)).toBeNaN();
  });

  it("takes the crossing nearest to the money when a bad volatility makes a second one", () => {
    expect(volatilityAtDelta([0.5, 0.2, 0.4, 0.1], [0.2, 0.22, 0.9, 0.25], 0.35)).toBeCloseTo(0.21, 12);
  });
});

describe("atmVolatility", () => {
  it("is linear between the put below and the call above the forward", () => {
    const smile = smileOf([
      { strike: 95, right: -1, iv: 0.25 },
      { strike: 98, right: -1, iv: 0.22 },
      { strike: 103, right: 1, iv: 0.17 },
      { strike: 106, right: 1, iv: 0.16 },
    ]);
    expect(atmVolatility(smile)).toBeCloseTo(0.2, 12);
  });

  it("reads the side out of the money only: what is in the money does not count", () => {
    const smile = smileOf([
      { strike: 98, right: -1, iv: 0.22 },
      { strike: 98, right: 1, iv: 3.9 },
      { strike: 103, right: 1, iv: 0.17 },
      { strike: 103, right: -1, iv: 2.5 },
    ]);
    expect(atmVolatility(smile)).toBeCloseTo(0.2, 12);
  });

  it("is the mean of call and put at a strike that is the forward", () => {
    expect(
      atmVolatility(
        smileOf([
          { strike: 100, right: 1, iv: 0.2 },
          { strike: 100, right: -1, iv: 0.24 },
        ]),
      ),
    ).toBeCloseTo(0.22, 12);
  });

  it("goes past strikes without a volatility, and is NaN without one on both sides", () => {
    const call = { strike: 104, right: 1, iv: 0.16 } as const;
    const put = { strike: 98, right: -1, iv: 0.22 } as const;
    expect(atmVolatility(smileOf([put, { strike: 102, right: 1, iv: 0 }, call]))).toBeCloseTo(0.2, 12);
    expect(atmVolatility(smileOf([put]))).toBeNaN();
    expect(atmVolatility(smileOf([call]))).toBeNaN();
  });
});

describe("wingVolatility", () => {
  it("gives back the volatility of a strike whose own delta is asked for", () => {
    const smile = smileOf(
      [80, 85, 90, 95, 100, 105, 110, 115, 120].flatMap((strike) => pair(strike, { iv: 0.2 + ((strike - 100) / 100) ** 2 })),
    );
    const { years } = smile.slice;
    for (const [strike, right] of [
      [105, 1],
      [110, 1],
      [95, -1],
      [90, -1],
    ] as const) {
      const volatility = 0.2 + ((strike - 100) / 100) ** 2;
      const { delta } = blackScholes({ underlying: 100, strike, years, rate: 0, volatility, dividendYield: 0, right });
      expect(wingVolatility(smile, right, Math.abs(delta))).toBeCloseTo(volatility, 9);
    }
  });

  it("uses the nearest strike in the money as the inner end, so a coarse chain still has its 25 delta", () => {
    const smile = smileOf([...pair(95, { iv: 0.3 }), ...pair(110, { iv: 0.2 })]);
    expect(wingVolatility(smile, 1, 0.25)).toBeGreaterThan(0.2);
    expect(wingVolatility(smile, 1, 0.25)).toBeLessThan(0.3);
  });

  it("is NaN where the strikes do not reach the delta", () => {
    const smile = smileOf([...pair(99, { iv: 0.2 }), ...pair(101, { iv: 0.2 })]);
    expect(wingVolatility(smile, 1, 0.25)).toBeNaN();
    expect(wingVolatility(smile, -1, 0.1)).toBeNaN();
  });
});
