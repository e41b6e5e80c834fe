import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateOrders, evaluateVariant, selectOrders } from "#lib/backtest/evaluate-variant.ts";
import { breakEvenCost } from "#lib/backtest/robustness/break-even.ts";
import { costsTimes, withCosts } from "#lib/backtest/robustness/changed-costs.ts";
import { createRng } from "#lib/core/rng.ts";
import { type Bar, contextOf, matrixOf, policyOf, predictionsOf, randomBars, variantOf } from "../support.ts";

const ROWS = 300;
const priced = (seed: string, policy = {}) => {
  const rng = createRng(seed);
  const up = Array.from({ length: ROWS }, () => 0.3 + 0.4 * rng.uniform());
  return contextOf(matrixOf(randomBars(ROWS, seed)), predictionsOf(up, [[100, ROWS]]), {
    policy: policyOf({ slippage_bps: 3, ...policy }),
  });
};

describe("costsTimes", () => {
  it("takes two of each cost of a trade", () => {
    // One long from the open of 100 to the close of 110, then nothing.
    const bars: Bar[] = Array.from({ length: 40 }, (_, row) => (row === 20 ? [100, 110, 100, 110] : [100, 100, 100, 100]));
    const up = Array.from({ length: 40 }, (_, row) => (row === 19 ? 0.9 : 0.5));
    const context = contextOf(matrixOf(bars), predictionsOf(up, [[10, 40]]), { policy: policyOf({ slippage_bps: 10, commission_bps: 5 }) });
    const params = variantOf({ threshold: 0.6 });
    // Bought at 100.10, sold at 109.89, 5 bp of 1 and of 109.89 / 100.10; then 20 and 10 bp.
    const once = 109.89 / 100.1 - 1 - 0.0005 - 0.0005 * (109.89 / 100.1);
    const twice = 109.78 / 100.2 - 1 - 0.001 - 0.001 * (109.78 / 100.2);
    expect(evaluateVariant(context, params).metrics.total_return).toBeCloseTo(once, 12);
    expect(evaluateVariant(costsTimes(context, 2), params).metrics.total_return).toBeCloseTo(twice, 12);
  });

  it("never raises equity when costs rise", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.double({ min: 1, max: 5, noNaN: true }), (seed, factor) => {
        const context = priced(seed, { commission_bps: 1, borrow_bps_per_year: 50 });
        const params = variantOf({ threshold: 0.55 });
        const own = evaluateVariant(context, params).metrics.total_return!;
        expect(evaluateVariant(costsTimes(context, factor), params).metrics.total_return!).toBeLessThanOrEqual(own + 1e-12);
      }),
      { numRuns: 25 },
    );
  });
});

describe("breakEvenCost", () => {
  it("finds the cost that eats one trade's gain", () => {
    // 100 to 110 with slippage s on both sides: 110 (1 - s) = 100 (1 + s), s = 10 / 210 = 476.19 bp.
    const bars: Bar[] = Array.from({ length: 40 }, (_, row) => (row === 20 ? [100, 110, 100, 110] : [100, 100, 100, 100]));
    const up = Array.from({ length: 40 }, (_, row) => (row === 19 ? 0.9 : 0.5));
    const context = contextOf(matrixOf(bars), predictionsOf(up, [[10, 40]]), { policy: policyOf({ slippage_bps: 2, commission_bps: 1 }) });
    const params = variantOf({ threshold: 0.6, slippage: "pessimistic" });
    const found = breakEvenCost(context, params, selectOrders(context, params), "total_return");
    expect(found).toEqual({ bps: expect.closeTo(100_000 / 210, 5) });
  });

  it("really leaves nothing at the cost that it names", () => {
    let tested = 0;
    for (let seed = 0; seed < 12; seed++) {
      const context = priced(`even ${seed}`);
      const params = variantOf({ threshold: 0.55 });
      const selected = selectOrders(context, params);
      for (const of of ["total_return", "alpha_annual"] as const) {
        const found = breakEvenCost(context, params, selected, of);
        const at = (bps: number) => {
          const { metrics } = evaluateOrders(withCosts(context, { slippage_bps: bps, commission_bps: 0 }), params, selected);
          return of === "total_return" ? metrics.total_return! : metrics.residual.alpha_annual!;
        };
        if ("reason" in found) {
          expect(found.reason).toBe("nothing_earned_without_costs");
          expect(at(0)).toBeLessThanOrEqual(0);
          continue;
        }
        tested++;
        expect(Math.abs(at(found.bps))).toBeLessThan(1e-6);
      }
    }
    expect(tested).toBeGreaterThan(5);
  });

  it("says why there is none", () => {
    const rising: Bar[] = Array.from({ length: 40 }, (_, row) => (row === 20 ? [100, 150, 100, 150] : [100, 100, 100, 100]));
    const up = Array.from({ length: 40 }, (_, row) => (row === 19 ? 0.9 : 0.5));
    const context = contextOf(matrixOf(rising), predictionsOf(up, [[10, 40]]));
    const reason = (threshold: number) => {
      const params = variantOf({ threshold });
      return breakEvenCost(context, params, selectOrders(context, params), "total_return");
    };
    expect(reason(0.6)).toEqual({ reason: "above_1000_bps" });
    expect(reason(0.95)).toEqual({ reason: "nothing_earned_without_costs" });
  });
});
