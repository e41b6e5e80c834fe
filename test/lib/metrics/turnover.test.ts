import { describe, expect, it } from "vitest";
import { turnoverPerWeek } from "#lib/metrics/turnover.ts";

describe("turnoverPerWeek", () => {
  it("counts half of what is bought and sold, per 5 sessions", () => {
    // Ten round trips of the whole capital (2 each) in 50 sessions: once a week.
    expect(turnoverPerWeek(new Float64Array(10).fill(2), 50)).toBe(1);
    expect(turnoverPerWeek(new Float64Array(10).fill(2), 50, 5)).toBe(0.5);
  });

  it("is 0 without trades and undefined without sessions", () => {
    expect(turnoverPerWeek(new Float64Array(0), 50)).toBe(0);
    expect(turnoverPerWeek(new Float64Array(0), 0)).toBeNaN();
  });
});
