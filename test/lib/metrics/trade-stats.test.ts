import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tradeStats } from "#lib/metrics/trade-stats.ts";

describe("tradeStats", () => {
  it("describes four trades, one of which breaks even", () => {
    expect(tradeStats(Float64Array.of(0.5, -0.25, 0, 0.25))).toEqual({
      trades: 4,
      wins: 2,
      losses: 1,
      winRate: 0.5,
      profitFactor: 3,
      averageWin: 0.375,
      averageLoss: -0.25,
      expectancy: 0.125,
    });
  });

  it("leaves the profit factor undefined without a loss", () => {
    const stats = tradeStats(Float64Array.of(0.01, 0.02));
    expect(stats.profitFactor).toBeNaN();
    expect(stats.averageLoss).toBeNaN();
  });

  it("leaves every ratio undefined without trades", () => {
    const { winRate, profitFactor, averageWin, averageLoss, expectancy } = tradeStats(new Float64Array(0));
    for (const value of [winRate, profitFactor, averageWin, averageLoss, expectancy]) expect(value).toBeNaN();
  });

  it("never looks better after a fee on every trade", () => {
    const trades = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(trades, fc.double({ min: 0, max: 0.02, noNaN: true }), (gross, fee) => {
        const before = tradeStats(Float64Array.from(gross));
        const after = tradeStats(Float64Array.from(gross, (value) => value - fee));
        expect(after.winRate).toBeLessThanOrEqual(before.winRate);
        expect(after.expectancy).toBeLessThanOrEqual(before.expectancy + 1e-15);
        expect(after.profitFactor > before.profitFactor + 1e-12).toBe(false);
      }),
    );
  });
});
