import { describe, expect, it } from "vitest";
import { benchmarkMetrics } from "#lib/metrics/benchmark.ts";

describe("benchmarkMetrics", () => {
  it("holds the instrument over all sessions", () => {
    // Two years: up 1 % on every even, down 0.5 % on every odd session.
    const returns = Float64Array.from({ length: 504 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.005));
    const growth = (1.01 * 0.995) ** 252;
    const found = benchmarkMetrics(returns, 252);
    expect(found.total_return).toBeCloseTo(growth - 1, 9);
    expect(found.annual_return).toBeCloseTo(Math.sqrt(growth) - 1, 9);
    expect(found.max_drawdown_pct).toBeCloseTo(0.5, 9);
    expect(found.calmar).toBeCloseTo((Math.sqrt(growth) - 1) / 0.005, 6);
    // Mean .0025, deviation .0075 sqrt(504 / 503).
    expect(found.sharpe).toBeCloseTo((0.0025 / (0.0075 * Math.sqrt(504 / 503))) * Math.sqrt(252), 9);
  });

  it("is null, not 0, without sessions", () => {
    expect(new Set(Object.values(benchmarkMetrics(new Float64Array(0), 252)))).toEqual(new Set([null]));
  });
});
