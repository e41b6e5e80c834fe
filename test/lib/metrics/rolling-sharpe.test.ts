import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { rollingSharpe } from "#lib/metrics/rolling-sharpe.ts";
import { sharpeRatio } from "#lib/metrics/sharpe.ts";

describe("rollingSharpe", () => {
  it("is the ratio of each window by hand", () => {
    // Windows of 3: mean .01, sd .01; mean .02, sd .01; mean .01, sd .0264575.
    const found = rollingSharpe(Float64Array.of(0, 0.01, 0.02, 0.03, -0.02), 3, 1);
    expect([...found.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
    expect(found[2]).toBeCloseTo(1, 12);
    expect(found[3]).toBeCloseTo(2, 12);
    expect(found[4]).toBeCloseTo(0.01 / Math.sqrt(0.0007), 12);
  });

  it("agrees with the ratio of each window computed by itself, far into a long series", () => {
    const rng = createRng("rolling");
    const returns = Float64Array.from({ length: 5000 }, () => 0.0005 + 0.01 * rng.normal());
    const found = rollingSharpe(returns, 252, 252);
    for (const i of [251, 252, 1000, 4999]) expect(found[i]).toBeCloseTo(sharpeRatio(returns.slice(i - 251, i + 1), 252), 9);
  });

  it("is unknown where a window is constant, also after it was not", () => {
    const returns = new Float64Array(60);
    for (let i = 0; i < 20; i++) returns[i] = i % 2 === 0 ? 0.013 : -0.017;
    const found = rollingSharpe(returns, 10, 252);
    expect(found[15]).not.toBeNaN();
    expect(found[45]).toBeNaN();
    expect(rollingSharpe(new Float64Array(5), 10, 252).every(Number.isNaN)).toBe(true);
  });
});
