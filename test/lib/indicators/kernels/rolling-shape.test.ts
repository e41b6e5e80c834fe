import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { rollingShape } from "#lib/indicators/kernels/rolling-shape.ts";

const known = (x: Float64Array): number[] => Array.from(x).filter((value) => !Number.isNaN(value));

/** Skewness and excess kurtosis of one window, in two passes. */
function shapeOf(x: readonly number[]): [number, number] {
  const n = x.length;
  const mean = x.reduce((total, value) => total + value, 0) / n;
  const [m2, m3, m4] = [2, 3, 4].map((power) => x.reduce((total, value) => total + (value - mean) ** power, 0) / n);
  const skewness = (Math.sqrt(n * (n - 1)) / (n - 2)) * (m3! / m2! ** 1.5);
  return [skewness, ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4! / m2! ** 2 - 3) + 6)];
}

describe("rollingShape", () => {
  it("gives what a spreadsheet's SKEW and KURT give", () => {
    // The example of Excel's SKEW and KURT pages: {3, 4, 5, 2, 3, 4, 5, 6, 4, 7}, 0.359543 and -0.151800.
    const { skewness, kurtosis } = rollingShape(Float64Array.of(3, 4, 5, 2, 3, 4, 5, 6, 4, 7), 10);
    expect(known(skewness)[0]).toBeCloseTo(0.359543, 6);
    expect(known(kurtosis)[0]).toBeCloseTo(-0.1518, 5);
  });

  it("is unknown where all values are equal and while the window holds an unknown one", () => {
    const { skewness, kurtosis } = rollingShape(Float64Array.of(2, 2, 2, 2, 3, Number.NaN, 1, 2, 5, 4, 4), 4);
    expect(Array.from(skewness, Number.isNaN)).toEqual([true, true, true, true, false, true, true, true, true, false, false]);
    expect(Array.from(kurtosis, Number.isNaN)).toEqual(Array.from(skewness, Number.isNaN));
  });

  it.each([20, 60, 5000])("loses less than 1e-9 over a million values, a crash at the head of a block among them (window %i)", (window) => {
    const rng = createRng("shape");
    const x = Float64Array.from({ length: 1_000_000 }, () => 0.01 * rng.normal());
    const crash = window * Math.floor(700_000 / window);
    x[crash] = -30;
    const { skewness, kurtosis } = rollingShape(x, window);
    for (const t of [window - 1, 499_999, crash, crash + 1, crash + window - 1, crash + window, 999_999]) {
      const [skew, kurt] = shapeOf(Array.from(x.subarray(t - window + 1, t + 1)));
      expect(Math.abs(skewness[t]! - skew), `skewness at ${t}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(skew)));
      expect(Math.abs(kurtosis[t]! - kurt), `kurtosis at ${t}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(kurt)));
    }
  });
});
