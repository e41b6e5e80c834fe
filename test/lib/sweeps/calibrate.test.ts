import { describe, expect, it } from "vitest";
import { bestCandidate, hourMap, shrunkHour } from "#lib/sweeps/calibrate.ts";

const candidate = (threshold: number, trades: number, residual_sharpe: number | null) => ({ threshold, trades, residual_sharpe });

describe("bestCandidate", () => {
  it("is the highest residual Sharpe ratio with enough trades; of equal ones the first", () => {
    const list = [
      candidate(0.5, 90, 0.2),
      candidate(0.55, 40, 0.6),
      candidate(0.6, 30, 0.6),
      candidate(0.65, 9, 3),
      candidate(0.7, 50, null),
    ];
    expect(bestCandidate(list, 10)?.threshold).toBe(0.55);
    expect(bestCandidate(list, 5)?.threshold).toBe(0.65);
    expect(bestCandidate(list, 100)).toBeUndefined();
  });
});

describe("shrunkHour", () => {
  it("goes n / (n + k) of the way from the global threshold to the hour's own", () => {
    // 150 / (150 + 50) = 0.75: 0.55 + 0.75 x 0.1 = 0.625.
    expect(shrunkHour(10, candidate(0.65, 150, 1), 0.55, 50)).toEqual({ hour: 10, trades: 150, own: 0.65, weight: 0.75, threshold: 0.625 });
    expect(shrunkHour(10, candidate(0.65, 150, 1), 0.55, 0)).toMatchObject({ weight: 1, threshold: 0.65 });
  });

  it("keeps the global threshold where no candidate had enough trades", () => {
    expect(shrunkHour(11, undefined, 0.55, 50)).toEqual({ hour: 11, trades: 0, own: null, weight: 0, threshold: 0.55 });
  });
});

describe("hourMap", () => {
  it("has the hours that differ from the global threshold, and is null when none does", () => {
    const hours = [shrunkHour(9, undefined, 0.55, 50), shrunkHour(10, candidate(0.65, 150, 1), 0.55, 50)];
    expect(hourMap(hours, 0.55)).toEqual({ "10": 0.625 });
    expect(hourMap(hours.slice(0, 1), 0.55)).toBeNull();
  });
});
