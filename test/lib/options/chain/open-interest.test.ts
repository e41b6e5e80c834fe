import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { maxPain, openInterestChange, openInterestHhi, openInterestPeak, payoutByStrike } from "#lib/options/chain/open-interest.ts";
import { putCallOpenInterest, putCallVolume, putsLessCalls, unusualVolumeShare } from "#lib/options/chain/option-flow.ts";
import { openInterestLadder } from "#lib/options/chain/strike-ladder.ts";
import { chainOf, pair, type TestContract } from "./build-chain.ts";

const open = (strike: number, call: number, put: number, expiry?: number): TestContract[] =>
  (
    [
      [1, call],
      [-1, put],
    ] as const
  ).map(([right, openInterest]) => ({ strike, right, openInterest, ...(expiry === undefined ? {} : { expiry }) }));

// Worked example: statistics.md 13 (shared reference).
const textbook = chainOf([...open(95, 9, 21), ...open(100, 45, 33), ...open(105, 25, 5)]);

describe("maxPain", () => {
  it("is the strike with the least paid out: 21,500, 7,000 and 31,500 dollars at 95, 100 and 105", () => {
    expect([...payoutByStrike(openInterestLadder(textbook, "front"))]).toEqual([21_500, 7_000, 31_500]);
    expect(maxPain(textbook, "front")).toBe(100);
  });

  it("equals the sum of all intrinsic values, tried at every strike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const rng = createRng(seed);
        const contracts = Array.from({ length: 12 }, (_, k) => open(80 + 3 * k, rng.int(500), rng.int(500))).flat();
        const cash = contracts.map(({ strike }) =>
          contracts.reduce((sum, one) => sum + 100 * one.openInterest! * Math.max(0, one.right * (strike - one.strike)), 0),
        );
        const least = contracts[cash.indexOf(Math.min(...cash))]!.strike;
        expect(maxPain(chainOf(contracts), "front")).toBe(least);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("is NaN when nothing is open or known, and when an open interest is negative", () => {
    expect(maxPain(chainOf([...open(95, 0, 0), { strike: 95, right: 1, expiry: 20240816, iv: 0.2 }]), "front")).toBeNaN();
    expect(maxPain(chainOf(pair(95, { iv: 0.2 })), "front")).toBeNaN();
    expect(maxPain(chainOf([...open(95, 9, 21), ...open(100, -45, 33)]), "front")).toBeNaN();
  });

  it("needs no price of the underlying: a morning's open interest alone is enough", () => {
    expect(maxPain({ ...textbook, underlyingPrice: Number.NaN }, "front")).toBe(100);
  });

  it("reads the nearest living expiry, or all of them", () => {
    const two = chainOf([...open(95, 9, 21), ...open(100, 45, 33), ...open(110, 0, 5000, 20240816), ...open(120, 10, 0, 20240816)]);
    expect(maxPain(two, "front")).toBe(100);
    expect(maxPain(two, "all")).toBe(110);
  });
});

describe("openInterestPeak and openInterestHhi", () => {
  it("find the strike with most contracts, and how concentrated they are", () => {
    expect(openInterestPeak(textbook, "front")).toBe(100);
    // 30, 78, 30 of 138; of the two largest 78 and 30 of 108.
    expect(openInterestHhi(textbook, "front", 21)).toBeCloseTo((30 ** 2 + 78 ** 2 + 30 ** 2) / 138 ** 2, 12);
    expect(openInterestHhi(textbook, "front", 2)).toBeCloseTo((78 ** 2 + 30 ** 2) / 108 ** 2, 12);
    expect(openInterestHhi(textbook, "front", 1)).toBe(1);
    expect(openInterestHhi(chainOf(open(95, 0, 0)), "front", 5)).toBeNaN();
  });

  it("take the lowest of equal strikes", () => {
    expect(openInterestPeak(chainOf([...open(95, 5, 5), ...open(90, 5, 5)]), "front")).toBe(90);
  });

  it("leave out contracts whose open interest is unknown", () => {
    expect(openInterestPeak(chainOf([...open(95, 5, Number.NaN), ...open(90, Number.NaN, 4)]), "front")).toBe(95);
  });
});

describe("openInterestChange", () => {
  it("compares what is open with what was, but for what expired in between", () => {
    const monday = chainOf([...open(100, 100, 100, 20240702), ...open(100, 300, 100, 20240719)]);
    const wednesday = chainOf([...open(100, 330, 110, 20240719)], { sessionDate: 20240703, knownAt: Date.parse("2024-07-03T13:30:00Z") });
    expect(openInterestChange(monday, wednesday)).toBeCloseTo(0.1, 12);
    expect(openInterestChange(chainOf(open(100, 0, 0, 20240719)), wednesday)).toBeNaN();
    expect(openInterestChange(chainOf(open(100, 5, -1, 20240719)), wednesday)).toBeNaN();
  });
});

describe("put-call ratios", () => {
  const traded = chainOf([
    { strike: 100, right: 1, volume: 400, openInterest: 100 },
    { strike: 100, right: -1, volume: 300, openInterest: 900 },
    { strike: 100, right: 1, volume: 100, openInterest: 100, expiry: 20240816 },
    { strike: 100, right: -1, volume: 450, openInterest: 300, expiry: 20240816 },
  ]);

  it("divide puts by calls, for the front expiry and for all", () => {
    expect(putCallVolume(traded, "front")).toBe(0.75);
    expect(putCallVolume(traded, "all")).toBe(1.5);
    expect(putCallOpenInterest(traded, "front")).toBe(9);
    expect(putCallOpenInterest(traded, "all")).toBe(6);
    expect(putsLessCalls(traded)).toBe(250);
  });

  it("are NaN without calls", () => {
    const puts = chainOf([{ strike: 100, right: -1, volume: 3, openInterest: 9 }]);
    expect([putCallVolume(puts, "all"), putCallOpenInterest(puts, "all")]).toEqual([Number.NaN, Number.NaN]);
    expect(putsLessCalls(chainOf(pair(100, { iv: 0.2 })))).toBeNaN();
    expect(putCallVolume(chainOf([{ strike: 100, right: 1, volume: -3 }]), "all")).toBeNaN();
  });

  it("count volume above a multiple of open interest as unusual", () => {
    // 400 > 100 and 450 > 300; 300 < 900; 100 is not more than 100.
    expect(unusualVolumeShare(traded, "all", 1)).toBe(850 / 1250);
    expect(unusualVolumeShare(traded, "all", 2)).toBe(400 / 1250);
    expect(unusualVolumeShare(traded, "front", 10)).toBe(0);
    expect(unusualVolumeShare(chainOf([{ strike: 100, right: 1, volume: 7 }]), "all", 1)).toBeNaN();
  });
});
