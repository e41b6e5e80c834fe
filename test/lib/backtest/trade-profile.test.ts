import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateVariant } from "#lib/backtest/evaluate-variant.ts";
import { TradeProfileSchema } from "#lib/backtest/trade-profile.schema.ts";
import { tradeProfile } from "#lib/backtest/trade-profile.ts";
import { type Bar, contextOf, matrixOf, predictionsOf, randomBars, variantOf } from "./support.ts";

describe("tradeProfile", () => {
  it("counts trades by weekday and month of entry for daily bars", () => {
    // 2024-01-01 is a Monday, so row 20 is Monday 29 January: bought at 100, sold at 110. Row 27 is Wednesday 7 February: lost 5 %.
    const bars: Bar[] = Array.from({ length: 40 }, (_, row) =>
      row === 20 ? [100, 110, 100, 110] : row === 27 ? [100, 100, 95, 95] : [100, 100, 100, 100],
    );
    const up = Array.from({ length: 40 }, (_, row) => (row === 19 || row === 26 ? 0.9 : 0.5));
    const context = contextOf(matrixOf(bars), predictionsOf(up, [[10, 40]]));
    const profile = tradeProfile(context, evaluateVariant(context, variantOf({ threshold: 0.6 })));
    expect(profile.columns).toBe("month");
    expect(profile.cells).toEqual([
      { weekday: 0, column: 1, trades: 1, win_rate: 1, mean_return: expect.closeTo(0.1, 12) },
      { weekday: 2, column: 2, trades: 1, win_rate: 0, mean_return: expect.closeTo(-0.05, 12) },
    ]);
  });

  it("counts by hour of the entry bar where bars have hours", () => {
    const rows = 120;
    const up = Array.from({ length: rows }, (_, row) => (row % 6 === 2 ? 0.9 : 0.5));
    const context = contextOf(matrixOf(randomBars(rows, "hours"), { barsPerSession: 6 }), predictionsOf(up, [[30, rows]]));
    const profile = tradeProfile(context, evaluateVariant(context, variantOf({ threshold: 0.6 })));
    // Decisions at the close of the third bar enter the fourth, of 12 o'clock.
    expect(profile.columns).toBe("hour");
    expect(new Set(profile.cells.map(({ column }) => column))).toEqual(new Set([12]));
    expect(profile.cells.reduce((sum, { trades }) => sum + trades, 0)).toBe(15);
  });

  it("puts every trade into one bin, gains and losses apart, whatever happened", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), fc.integer({ min: 12, max: 400 }), (seed, rows) => {
        const matrix = matrixOf(randomBars(rows, seed));
        const context = contextOf(matrix, predictionsOf(new Array(rows).fill(0.9), [[10, rows]]));
        const evaluation = evaluateVariant(context, variantOf({ threshold: 0.6 }));
        const { returns } = TradeProfileSchema.parse(tradeProfile(context, evaluation));
        expect(returns.reduce((sum, { count }) => sum + count, 0)).toBe(evaluation.trades.count);
        for (const [i, { lower, upper }] of returns.entries()) {
          if (i > 0) expect(lower).toBe(returns[i - 1]!.upper);
          if (lower !== null && upper !== null) expect(lower < 0 && upper > 0).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is empty without trades", () => {
    const context = contextOf(matrixOf(randomBars(40, "none")), predictionsOf(new Array(40).fill(0.5), [[10, 40]]));
    expect(tradeProfile(context, evaluateVariant(context, variantOf({ threshold: 0.9 })))).toEqual({
      returns: [],
      columns: "month",
      cells: [],
    });
  });
});
