import { describe, expect, it } from "vitest";
import { fitSeconds, foldSeconds } from "#lib/sweeps/fit-work.ts";

const shape = {
  rows: 3000,
  columns: 26,
  classes: 2,
  algo: "gbm",
  params: { trees: 150, max_depth: 3, subsample: 1, colsample: 1, max_bins: 255 },
};

describe("fitSeconds", () => {
  it.each([
    // rows, columns, trees, depth, CPU seconds measured on the reference machine.
    [300, 26, 150, 3, 0.0702],
    [3000, 26, 150, 3, 0.1724],
    [4000, 20, 60, 3, 0.079],
    [4000, 60, 20, 3, 0.102],
    [4000, 20, 20, 5, 0.0575],
    [16_000, 20, 20, 4, 0.1484],
  ])("is within 30 %% of what %i rows, %i columns, %i trees of depth %i took", (rows, columns, trees, depth, measured) => {
    const params = { ...shape.params, trees, max_depth: depth };
    const ratio = fitSeconds({ ...shape, rows, columns, params }) / measured;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });

  it("grows with the classes, shrinks with the shares that are drawn, and is nothing for the prior", () => {
    expect(fitSeconds({ ...shape, classes: 3 })).toBeGreaterThan(2.5 * fitSeconds(shape));
    expect(fitSeconds({ ...shape, params: { ...shape.params, subsample: 0.5, colsample: 0.5 } })).toBeLessThan(0.5 * fitSeconds(shape));
    expect(fitSeconds({ ...shape, algo: "prior", params: {} })).toBe(0);
    expect(fitSeconds({ ...shape, algo: "logit", params: {} })).toBeGreaterThan(0);
  });
});

describe("foldSeconds", () => {
  it("is the model and one on the rows outside each inner fold", () => {
    expect(foldSeconds(shape, 3)).toBeCloseTo(fitSeconds(shape) + 3 * fitSeconds({ ...shape, rows: 2000 }), 12);
  });
});
