import { describe, expect, it } from "vitest";
import { estimateSweep, PRICES } from "#lib/sweeps/estimate.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { daily, requestWith } from "./sweep.fixture.ts";

const input = {
  variants: planVariants(requestWith(), daily),
  fitSeconds: [4, 4, 4, 4, 4],
  buildSeconds: [],
  tradedRows: 1000,
  sessions: 2520,
  sessionsPerYear: 252,
  trialsBefore: 0,
  place: "cloud" as const,
  speed: {
    factor: 1,
    secondsToStart: 2,
    secondsPerCall: 1,
    secondsPerVariant: 0.1,
    secondsPerVariantRow: 0.0004,
    secondsPerRowWritten: 0.01,
    parallelCalls: 9,
    lambdaGigabytes: 2,
  },
};

describe("estimateSweep", () => {
  it("adds up calls, seconds and dollars", () => {
    const found = estimateSweep(input);
    // Start 2 s; 5 fits of 4 + 1 s at once; 27 variants of 0.5 s and as many calls on 9 at once: 4.5 s; 27 rows of 0.01 s.
    expect(found).toMatchObject({ variants: 27, batches: 27 });
    expect(found.seconds).toBeCloseTo(2 + 5 + 4.5 + 0.27, 9);
    const busy = 2 + 5 * 5 + 27 * 1.5 + 0.27;
    const expected = busy * 2 * 0.0000133334 + 34 * (0.2e-6 + 5e-6 + 0.8e-6) + (12 + 3 * 32) * 0.000025 + (27 + 34) * 0.625e-6;
    expect(found.usd).toBeCloseTo(expected, 12);
    expect(found.usd).toBeLessThan(0.01);
  });

  it("takes as many times longer as the machine is slower", () => {
    expect(estimateSweep({ ...input, speed: { ...input.speed, factor: 3 } }).seconds).toBeCloseTo(3 * estimateSweep(input).seconds, 9);
  });

  it("counts matrices that must be built first, and more fits than run at once", () => {
    const before = estimateSweep(input).seconds;
    expect(estimateSweep({ ...input, buildSeconds: [6, 6] }).seconds - before).toBeCloseTo(7, 9);
    // 90 fits of 5 s on 9 at once.
    expect(estimateSweep({ ...input, fitSeconds: Array(90).fill(4) }).seconds - before).toBeCloseTo(50 - 5, 9);
  });

  it("costs nothing locally, and no fit when the predictions are stored", () => {
    expect(estimateSweep({ ...input, place: "local" }).usd).toBe(0);
    expect(estimateSweep({ ...input, fitSeconds: [] }).seconds).toBeCloseTo(2 + 4.5 + 0.27, 9);
    expect(estimateSweep({ ...input, fitSeconds: [] }).usd).toBeLessThan(estimateSweep(input).usd);
  });

  it("tells the Sharpe ratio that luck would show, earlier trials included", () => {
    // E[max of 45] over the root of 10 years.
    expect(estimateSweep({ ...input, trialsBefore: 18 }).luck_sharpe).toBeCloseTo(2.2356401778 / Math.sqrt(10), 9);
    expect(estimateSweep({ ...input, sessions: 0 }).luck_sharpe).toBeNull();
  });

  it("keeps the list prices of 2026", () => {
    expect(PRICES).toMatchObject({ lambdaGigabyteSecond: 0.0000133334, stateTransition: 0.000025 });
  });
});
