import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { residualReturns } from "#lib/metrics/residual-returns.ts";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";

describe("residualReturns", () => {
  it("keeps alpha: r - beta x of an exact line is its intercept", () => {
    const instrument = Float64Array.of(0.01, -0.02, 0.03, 0);
    const fit = residualReturns(
      instrument.map((x) => 0.002 + 0.5 * x),
      instrument,
      true,
    );
    expect(fit.beta).toBeCloseTo(0.5, 12);
    expect(fit.alpha).toBeCloseTo(0.002, 12);
    expect(fit.rSquared).toBeCloseTo(1, 9);
    for (const value of fit.residual) expect(value).toBeCloseTo(0.002, 12);
  });

  it("fits 1, 2, 4 on 0, 1, 2 as 5/6 + 1.5 x", () => {
    const fit = residualReturns(Float64Array.of(1, 2, 4), Float64Array.of(0, 1, 2), true);
    expect(fit.beta).toBeCloseTo(1.5, 12);
    expect(fit.alpha).toBeCloseTo(5 / 6, 12);
    // SS_res = 1/6, SS_tot = 14/3.
    expect(fit.rSquared).toBeCloseTo(1 - 1 / 6 / (14 / 3), 12);
  });

  it("leaves a market-neutral strategy alone", () => {
    const fit = residualReturns(Float64Array.of(1, 2, 4), Float64Array.of(0, 1, 2), false);
    expect(fit.beta).toBe(0);
    expect([...fit.residual]).toEqual([1, 2, 4]);
  });

  it("has beta 0 on a constant instrument", () => {
    expect(residualReturns(Float64Array.of(1, 2, 4), new Float64Array(3), true)).toMatchObject({ beta: 0, rSquared: 0 });
  });

  it("takes the drift out of a strategy that is long on coin flips", () => {
    const rng = createRng("drift");
    const instrument = Float64Array.from({ length: 5000 }, () => 0.001 + 0.01 * rng.normal());
    const long = instrument.map((x) => (rng.uniform() < 0.7 ? x : 0));
    expect(sharpeRatio(long, 252)).toBeGreaterThan(1);
    expect(Math.abs(sharpeRatio(residualReturns(long, instrument, true).residual, 252))).toBeLessThan(0.5);
  });
});
