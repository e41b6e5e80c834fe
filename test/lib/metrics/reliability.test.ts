import { describe, expect, it } from "vitest";
import { calibrationError, reliabilityTable } from "#lib/metrics/reliability.ts";

const forecasts = Float64Array.of(0.05, 0.15, 0.15, 0.35, 0.35, 0.35, 0.55, 0.65, 0.65, 0.85, 0.95, 0.95);
const outcomes = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1];

describe("reliabilityTable", () => {
  it("sets mean forecasts against frequencies", () => {
    const table = reliabilityTable(forecasts, outcomes);
    expect(table.map(({ count }) => count)).toEqual([1, 2, 0, 3, 0, 1, 2, 0, 1, 2]);
    expect(table[3]!.meanForecast).toBeCloseTo(0.35, 12);
    expect(table[3]!.frequency).toBeCloseTo(1 / 3, 12);
    expect(table[2]!.frequency).toBeNaN();
  });

  it("closes bins on the right, and puts 0 into the first", () => {
    const edges = Float64Array.of(0, 0.1, 0.2, 0.3, 0.7, 1, Number.NaN);
    expect(reliabilityTable(edges, new Float64Array(7)).map(({ count }) => count)).toEqual([2, 1, 1, 0, 0, 0, 1, 0, 0, 1]);
  });
});

describe("calibrationError", () => {
  it("matches the reference", () => {
    const { ece, mce } = calibrationError(reliabilityTable(forecasts, outcomes));
    expect(ece).toBeCloseTo(0.15, 12);
    expect(mce).toBeCloseTo(0.45, 12);
  });

  it("is unknown without rows", () => {
    expect(calibrationError(reliabilityTable(new Float64Array(0), []))).toEqual({ ece: Number.NaN, mce: Number.NaN });
  });
});
