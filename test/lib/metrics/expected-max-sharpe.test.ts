import { describe, expect, it } from "vitest";
import { effectiveTrials, expectedMaximum, luckSharpe, minBacktestYears } from "#lib/metrics/expected-max-sharpe.ts";

describe("expectedMaximum", () => {
  it.each([
    [2, 0.5197553443],
    [5, 1.192594001],
    [10, 1.5745983013],
    [40, 2.1894802275],
    [45, 2.2356401778],
    [46, 2.2441708308],
    [88, 2.4852947876],
    [100, 2.5306028932016846],
    [200, 2.7655239046],
    [1000, 3.2551215137],
  ])("is published or computed for N = %i", (trials, expected) => {
    expect(expectedMaximum(trials)).toBeCloseTo(expected, 9);
  });

  it("is 0 for a single trial, where nothing was chosen", () => {
    expect(expectedMaximum(1)).toBe(0);
    expect(expectedMaximum(0)).toBe(0);
    expect(expectedMaximum(1.01)).toBe(0);
    expect(expectedMaximum(Number.NaN)).toBeNaN();
  });
});

describe("effectiveTrials", () => {
  it("matches the published arithmetic", () => {
    expect(effectiveTrials(50, 0.2)).toBeCloseTo(40.2, 12);
    expect(effectiveTrials(45, 0.5)).toBe(23);
  });
});

describe("minBacktestYears", () => {
  it.each([
    [45, 4.9980870044],
    [7, 1.9231],
    [10, 2.4794],
    [100, 6.404],
    [1000, 10.5958],
  ])("needs this many years for %i trials at an annual Sharpe ratio of 1", (trials, expected) => {
    expect(Math.abs(minBacktestYears(trials, 1) - expected)).toBeLessThan(trials === 45 ? 1e-9 : 5e-5);
  });
});

describe("luckSharpe", () => {
  it("is the expected maximum over the root of the years", () => {
    // 4.998 years of 252 sessions is the length at which 45 trials reach 1 by luck.
    expect(luckSharpe(45, 4.9980870044 * 252, 252)).toBeCloseTo(1, 9);
    expect(luckSharpe(45, 0, 252)).toBeNaN();
  });
});
