import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { columnsOf } from "./golden/golden.ts";

/** Four daily bars for the estimators that look at ranges; 252 of them make a year. */
const BARS = {
  open: [100, 102, 101, 105],
  high: [103, 104, 106, 107],
  low: [99, 100, 100, 102],
  close: [102, 101, 105, 103],
};
const lastOf = (entry: IndicatorEntry, column: string, bars: Parameters<typeof columnsOf>[1] = BARS): number =>
  columnsOf(entry, bars)[column]!.at(-1)!;

describe("the range estimators, worked by hand", () => {
  it("parkinson: ln(H/L)^2 is 0.00156888, 0.00153826, 0.00339527, 0.00229020", () => {
    // Mean 0.00219815, over 4 ln 2 = 2.77258872, times 252: 0.199789.
    expect(lastOf({ name: "parkinson", window: 4 }, "parkinson_4")).toBeCloseTo(0.446978, 5);
  });

  it("garman_klass: half of those minus 0.38629436 ln(C/O)^2, which is 0.00039214, 0.00009707, 0.00150853, 0.00036985", () => {
    // Mean 0.00109908 - 0.38629436 x 0.00059190 = 0.00087043, times 252: 0.219348.
    expect(lastOf({ name: "garman_klass", window: 4 }, "garman_klass_4")).toBeCloseTo(0.468346, 5);
  });

  it("rogers_satchell: terms 0.00058841, 0.00076542, 0.00094348, 0.00100169", () => {
    // Mean 0.00082475, times 252: 0.207837.
    expect(lastOf({ name: "rogers_satchell", window: 4 }, "rogers_satchell_4")).toBeCloseTo(0.455892, 5);
  });

  it("yang_zhang: no gap between these bars, so k = 0.34 / 3.34 of the open-to-close variance and the rest of Rogers-Satchell", () => {
    // Moves -0.00985230, 0.03883983, -0.01923136: variance 0.00097186; Rogers-Satchell of the last three 0.00090353.
    // 0.10179641 x 0.00097186 + 0.89820359 x 0.00090353 = 0.00091048, times 252: 0.229442.
    expect(lastOf({ name: "yang_zhang", window: 3 }, "yang_zhang_3")).toBeCloseTo(0.479001, 5);
  });

  it("agree on what a gap is: only yang_zhang and the close-to-close volatility see it", () => {
    const gapped = {
      ...BARS,
      ...Object.fromEntries(Object.entries(BARS).map(([name, [a, b, c, d]]) => [name, [a, b, c! * 1.2, d! * 1.2]])),
    };
    for (const name of ["parkinson", "garman_klass", "rogers_satchell"])
      expect(lastOf({ name, window: 3 }, `${name}_3`, gapped)).toBeCloseTo(lastOf({ name, window: 3 }, `${name}_3`), 12);
    expect(lastOf({ name: "yang_zhang", window: 3 }, "yang_zhang_3", gapped)).toBeGreaterThan(1.5);
  });
});

describe("on a simulated price of known volatility", () => {
  it("every estimator finds it, but for the few percent that discrete steps hide from the ranges", () => {
    const [bars, steps, sigma] = [1500, 1000, 0.3];
    const rng = createRng("brownian");
    const step = sigma / Math.sqrt(252 * steps);
    const path: Record<"open" | "high" | "low" | "close", number[]> = { open: [], high: [], low: [], close: [] };
    let log = 0;
    for (let bar = 0; bar < bars; bar++) {
      let [top, bottom] = [log, log];
      path.open.push(Math.exp(log));
      for (let k = 0; k < steps; k++) {
        log += step * rng.normal();
        top = Math.max(top, log);
        bottom = Math.min(bottom, log);
      }
      path.high.push(Math.exp(top));
      path.low.push(Math.exp(bottom));
      path.close.push(Math.exp(log));
    }
    for (const [name, column] of [
      ["parkinson", "parkinson_1400"],
      ["garman_klass", "garman_klass_1400"],
      ["rogers_satchell", "rogers_satchell_1400"],
      ["yang_zhang", "yang_zhang_1400"],
      ["volatility", "close_vol_1400"],
    ] as const) {
      const found = lastOf({ name, window: 1400 }, column, path);
      expect(found / sigma, name).toBeGreaterThan(0.95);
      expect(found / sigma, name).toBeLessThan(1.03);
    }
  });
});

describe("squeeze", () => {
  it("is on while the deviations are small beside the ranges", () => {
    const wide = { high: [101, 101, 101], low: [99, 99, 99], close: [100, 100.1, 100] };
    expect(lastOf({ name: "squeeze", window: 2 }, "squeeze_on_2_2_1p5", wide)).toBe(1);
    // Deviation 0.05 of the last two closes, twice; average range 2, one and a half times.
    expect(lastOf({ name: "squeeze", window: 2 }, "squeeze_ratio_2_2_1p5", wide)).toBeCloseTo(0.1 / 3, 10);
    // Closes ten apart: deviation of five of them 14.14, twice; average range 10, one and a half times.
    const close = [100, 110, 120, 130, 140, 150];
    const trending = { close, high: close, low: close.map((price) => price - 1) };
    expect(lastOf({ name: "squeeze", window: 5 }, "squeeze_on_5_2_1p5", trending)).toBe(0);
    expect(lastOf({ name: "squeeze", window: 5 }, "squeeze_ratio_5_2_1p5", trending)).toBeCloseTo((2 * Math.sqrt(200)) / 15, 10);
  });
});

describe("downside_dev", () => {
  it("squares the falls and divides by all returns", () => {
    // Returns 0.10, -0.10, 0.20, -0.05: (0.01 + 0.0025) / 4 = 0.003125, times 252 = 0.7875.
    const close = [100, 110, 99, 118.8, 112.86];
    expect(lastOf({ name: "downside_dev", window: 4 }, "downside_dev_4", { close })).toBeCloseTo(Math.sqrt(0.7875), 10);
  });
});

describe("ewma_vol", () => {
  it("weighs the last squared return by 1 - lambda", () => {
    // Seeded with the mean of two squared log returns of 0.1; the third return is 0.2: 0.5 x 0.01 + 0.5 x 0.04 = 0.025.
    const close = [100, 100 * Math.exp(0.1), 100, 100 * Math.exp(0.2)];
    expect(lastOf({ name: "ewma_vol", lambda: 0.5 }, "ewma_vol_0p5", { close })).toBeCloseTo(Math.sqrt(0.025 * 252), 10);
  });
});
