import { describe, expect, it } from "vitest";
import { estimateSweep, PRICES } from "#lib/sweeps/estimate.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { daily, requestWith } from "./sweep.fixture.ts";

const input = {
  variants: planVariants(requestWith(), daily),
  folds: 5,
  fits: true,
  sessions: 2520,
  sessionsPerYear: 252,
  trialsBefore: 0,
  place: "cloud" as const,
  speed: { secondsPerFoldFit: 4, secondsPerVariant: 0.5, secondsPerCall: 1, parallelCalls: 10, lambdaGigabytes: 2 },
};

describe("estimateSweep", () => {
  it("adds up calls, seconds and dollars", () => {
    const found = estimateSweep(input);
    // Plan and collect 2 s, 5 fits at once 5 s, 27 batches in 3 waves of 1.5 s.
    expect(found).toMatchObject({ variants: 27, batches: 27 });
    expect(found.seconds).toBeCloseTo(2 + 5 + 3 * 1.5, 9);
    const busy = 2 + 5 * 5 + 27 * 1.5;
    const expected = busy * 2 * 0.0000133334 + 34 * (0.2e-6 + 5e-6 + 0.8e-6) + (12 + 3 * 32) * 0.000025 + (27 + 34) * 0.625e-6;
    expect(found.usd).toBeCloseTo(expected, 12);
    expect(found.usd).toBeLessThan(0.01);
  });

  it("costs nothing locally, and no fit when the predictions are stored", () => {
    expect(estimateSweep({ ...input, place: "local" }).usd).toBe(0);
    expect(estimateSweep({ ...input, fits: false }).seconds).toBeCloseTo(2 + 4.5, 9);
    expect(estimateSweep({ ...input, fits: false }).usd).toBeLessThan(estimateSweep(input).usd);
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
