import { describe, expect, it } from "vitest";
import { PathSpreadSchema } from "#lib/metrics/path-spread.schema.ts";
import { medianPath, pathResults, pathSpread } from "#lib/metrics/path-spread.ts";
import type { RunMetrics } from "#lib/metrics/run-metrics.schema.ts";
import { computeRunMetrics } from "#lib/metrics/run-metrics.ts";
import { seededRun } from "./run-metrics.fixture.ts";

const base = computeRunMetrics(seededRun(300, "paths"));
const withSharpe = (residual: number | null, sharpe: number | null = residual, total = 0): RunMetrics => ({
  ...base,
  sharpe,
  total_return: total,
  residual: { ...base.residual, sharpe: residual },
});
const paths = (...ratios: (number | null)[]): RunMetrics[] => ratios.map((ratio) => withSharpe(ratio));

describe("medianPath", () => {
  it("is the path in the middle, of an even number the lower one", () => {
    expect(medianPath(paths(0.3, -0.2, 0.9, 0.1, 0.5))).toBe(0);
    expect(medianPath(paths(0.3, -0.2, 0.9, 0.1))).toBe(3);
    expect(medianPath(paths(0.4))).toBe(0);
  });

  it("counts a path without a ratio as the lowest", () => {
    expect(medianPath(paths(null, 0.4, 0.2))).toBe(2);
    expect(medianPath(paths(null, 0.4, null))).toBe(2);
    expect(medianPath(paths(null, null, null))).toBe(1);
  });

  it("breaks ties by the lower return, then by the order", () => {
    expect(medianPath([withSharpe(0.1, 0.1, 0.3), withSharpe(0.1, 0.1, 0.2), withSharpe(0.1, 0.1, 0.1)])).toBe(1);
    expect(medianPath(paths(0.1, 0.1, 0.1))).toBe(1);
  });
});

describe("pathSpread", () => {
  it("says minimum, median, maximum and the share below 0", () => {
    const spread = pathSpread(
      [withSharpe(0.3, 0.5), withSharpe(-0.2, -0.1), withSharpe(0.9, 1.1), withSharpe(0, 0), withSharpe(-0.4, 0.2)],
      3,
    );
    expect(spread).toEqual({
      paths: 5,
      shown: 3,
      sharpe: { min: -0.1, median: 0.2, max: 1.1, share_below_zero: 0.2, known: 5 },
      residual_sharpe: { min: -0.4, median: 0, max: 0.9, share_below_zero: 0.4, known: 5 },
    });
    expect(PathSpreadSchema.parse(spread)).toEqual(spread);
  });

  it("has the shown path's ratio as its median", () => {
    for (const ratios of [
      [0.3, -0.2, 0.9, 0.1],
      [null, 0.4, 0.2],
      [null, 0.4, null],
      [0.1, 0.2],
    ]) {
      const all = paths(...ratios);
      const shown = medianPath(all);
      expect(pathSpread(all, shown).residual_sharpe.median).toBe(all[shown]!.residual.sharpe);
    }
  });

  it("says nothing of paths without a ratio", () => {
    expect(pathSpread(paths(null, null), 0).sharpe).toEqual({ min: null, median: null, max: null, share_below_zero: null, known: 0 });
  });
});

describe("pathResults", () => {
  it("has a line for each path", () => {
    expect(pathResults(paths(0.1, null)).map(({ path, residual_sharpe, trades }) => [path, residual_sharpe, trades])).toEqual([
      [0, 0.1, base.trades],
      [1, null, base.trades],
    ]);
  });
});
