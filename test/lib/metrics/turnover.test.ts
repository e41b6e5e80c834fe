import { describe, expect, it } from "vitest";
import { turnoverPerWeek } from "#lib/metrics/turnover.ts";

const flat = (sessions: number): Float64Array => new Float64Array(sessions);

describe("turnoverPerWeek", () => {
  it("counts half of what is bought and sold, per 5 sessions", () => {
    // Ten round trips of the whole capital (2 each) in 50 sessions: once a week.
    expect(turnoverPerWeek(new Float64Array(10).fill(2), flat(50))).toBe(1);
    expect(turnoverPerWeek(new Float64Array(10).fill(2), flat(50), 5)).toBe(0.5);
  });

  it("is over the average equity", () => {
    // Equity at the closes: 1, 1, 2, 2, 2; mean 1.6. A round trip of 2 bought and 2 sold: 0.5 x 4 / 1.6 in one week.
    expect(turnoverPerWeek(Float64Array.of(4), Float64Array.of(0, 0, 1, 0, 0))).toBeCloseTo(1.25, 15);
  });

  it("is 0 without trades and undefined without sessions or equity", () => {
    expect(turnoverPerWeek(new Float64Array(0), flat(50))).toBe(0);
    expect(turnoverPerWeek(new Float64Array(0), flat(0))).toBeNaN();
    expect(turnoverPerWeek(Float64Array.of(2), Float64Array.of(-1, 0))).toBeNaN();
  });
});
