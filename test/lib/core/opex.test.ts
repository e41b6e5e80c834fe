import { describe, expect, it } from "vitest";
import { monthlyOpexOf, nextMonthlyOpex } from "#lib/core/opex.ts";
import { dayOfWeekOf } from "#lib/core/time.ts";

describe("monthlyOpexOf", () => {
  it("is the third Friday", () => {
    expect(monthlyOpexOf(2026, 1)).toBe(20260116);
    expect(monthlyOpexOf(2026, 5)).toBe(20260515);
    expect(monthlyOpexOf(2024, 3)).toBe(20240315);
  });

  // statistics.md, section 14: Good Fridays and observed Juneteenths, computed for 2014 to 2033.
  it("is the session before where a holiday closes the exchange", () => {
    const moved: number[] = [];
    for (let year = 2014; year <= 2033; year++)
      for (let month = 1; month <= 12; month++) {
        const date = monthlyOpexOf(year, month);
        if (dayOfWeekOf(date) !== 4) moved.push(date);
      }
    expect(moved).toEqual([20140417, 20190418, 20220414, 20250417, 20260618, 20270617, 20300418, 20320617, 20330414]);
  });
});

describe("nextMonthlyOpex", () => {
  it("is the day itself on that day, and the next month's after it", () => {
    expect([20260601, 20260618, 20260619, 20260622].map(nextMonthlyOpex)).toEqual([20260618, 20260618, 20260717, 20260717]);
    expect(nextMonthlyOpex(20261221)).toBe(20270115);
  });
});
