import { describe, expect, it } from "vitest";
import { atmIv, impliedMove, termSlope } from "#lib/options/chain/iv-measures.ts";
import { varianceBetween } from "#lib/options/chain/term-structure.ts";
import { CLOSE, chainOf, daysBefore, pair } from "./build-chain.ts";

const DAY = 1 / 365;

describe("varianceBetween", () => {
  // Worked values: statistics.md 13 (shared reference); linear in volatility would give 0.19 for the first.
  it("interpolates total variance: 23 days 18 %, 37 days 20 % give 30 days", () => {
    expect(varianceBetween(23 * DAY, 0.18, 37 * DAY, 0.2, 30 * DAY)).toBeCloseTo(0.1925789881, 10);
    expect(varianceBetween(86 * DAY, 0.215, 121 * DAY, 0.22, 90 * DAY)).toBeCloseTo(0.2157757875, 10);
  });
});

/** Four expiries, 23, 37, 86 and 121 days after a moment, each with one volatility. */
const moment = daysBefore(20240724, 23);
const chain = chainOf(
  (
    [
      [20240724, 0.18],
      [20240807, 0.2],
      [20240925, 0.215],
      [20241030, 0.22],
    ] as const
  ).flatMap(([expiry, iv]) => [...pair(95, { expiry, iv }), ...pair(105, { expiry, iv })]),
  { knownAt: moment },
);

describe("atmIv", () => {
  it("is the nearest expiry's own for 0 days, and total variance between expiries for others", () => {
    expect(moment).toBe(CLOSE);
    expect(atmIv(chain, { days: 0, source: "auto" })).toBeCloseTo(0.18, 12);
    expect(atmIv(chain, { days: 23, source: "auto" })).toBeCloseTo(0.18, 12);
    expect(atmIv(chain, { days: 30, source: "auto" })).toBeCloseTo(0.1925789881, 10);
    expect(atmIv(chain, { days: 90, source: "auto" })).toBeCloseTo(0.2157757875, 10);
  });

  it("is NaN before the first and after the last expiry", () => {
    expect(atmIv(chain, { days: 22, source: "auto" })).toBeNaN();
    expect(atmIv(chain, { days: 122, source: "auto" })).toBeNaN();
  });

  it("goes past an expiry whose volatility is unknown", () => {
    const contracts = [
      ...pair(95, { expiry: 20240724, iv: 0.18 }),
      ...pair(105, { expiry: 20240724, iv: 0.18 }),
      ...pair(95, { expiry: 20240726, iv: 0.5 }),
      ...pair(95, { expiry: 20240807, iv: 0.2 }),
      ...pair(105, { expiry: 20240807, iv: 0.2 }),
    ];
    expect(atmIv(chainOf(contracts, { knownAt: moment }), { days: 30, source: "auto" })).toBeCloseTo(0.1925789881, 10);
  });
});

describe("termSlope", () => {
  it("is the far volatility less the near one", () => {
    expect(termSlope(chain, { days: 30, source: "auto" }, 90)).toBeCloseTo(0.0231967994, 10);
  });
});

describe("impliedMove", () => {
  it("is the price of the straddle at the forward over the forward", () => {
    // 20 % over a quarter of a year: a call at the money costs 3.9878 % of the forward (N(0.05) - N(-0.05)), the straddle twice that.
    const years = chainOf([...pair(95, { expiry: 20240930, iv: 0.2 }), ...pair(105, { expiry: 20240930, iv: 0.2 })], {
      knownAt: daysBefore(20240930, 91.25),
    });
    expect(impliedMove(years, { days: 0, source: "auto" })).toBeCloseTo(0.0797556, 6);
    expect(impliedMove(chain, { days: 22, source: "auto" })).toBeNaN();
  });
});
