import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { stationaryBootstrapPValue } from "#lib/metrics/stationary-bootstrap.ts";

const noise = (length: number, mean: number, seed: string) => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => mean + 0.01 * rng.normal());
};

describe("stationaryBootstrapPValue", () => {
  it("is small for a strong mean and large for a negative one", () => {
    expect(stationaryBootstrapPValue(noise(1000, 0.002, "up"), { rng: createRng(1), draws: 500 })).toBeLessThan(0.01);
    expect(stationaryBootstrapPValue(noise(1000, -0.002, "down"), { rng: createRng(1), draws: 500 })).toBeGreaterThan(0.99);
  });

  it("is about uniform on noise", () => {
    const found = Array.from({ length: 60 }, (_, i) =>
      stationaryBootstrapPValue(noise(200, 0, `noise ${i}`), { rng: createRng(i), draws: 200 }),
    );
    const low = found.filter((p) => p < 0.5).length;
    expect(low).toBeGreaterThan(18);
    expect(low).toBeLessThan(42);
    expect(found.filter((p) => p < 0.05).length).toBeLessThan(10);
  });

  it("gives the same p for the same seed and another for another", () => {
    const returns = noise(300, 0.0005, "same");
    const p = (seed: number) => stationaryBootstrapPValue(returns, { rng: createRng(seed), draws: 300 });
    expect(p(7)).toBe(p(7));
    expect(new Set([1, 2, 3, 4, 5].map(p)).size).toBeGreaterThan(1);
  });

  it("widens when blocks keep a series' clustering", () => {
    // Runs of 20 equal returns hold 50 independent values, not 1,000.
    const runs = noise(50, 0.002, "runs");
    const returns = Float64Array.from({ length: 1000 }, (_, i) => runs[Math.floor(i / 20)]!);
    const independent = stationaryBootstrapPValue(returns, { rng: createRng(3), draws: 1000, meanBlock: 1 });
    const blocks = stationaryBootstrapPValue(returns, { rng: createRng(3), draws: 1000, meanBlock: 40 });
    expect(blocks).toBeGreaterThan(independent);
  });

  it("is unknown without returns and when one is unknown", () => {
    expect(stationaryBootstrapPValue(new Float64Array(0), { rng: createRng(1) })).toBeNaN();
    expect(stationaryBootstrapPValue(Float64Array.of(1, Number.NaN), { rng: createRng(1) })).toBeNaN();
  });
});
