import { describe, expect, it } from "vitest";
import { monthReturns } from "#lib/backtest/tear-sheet/month-returns.ts";

describe("monthReturns", () => {
  it("compounds months and years from the equity before them", () => {
    const dates = ["2023-11-29", "2023-11-30", "2023-12-29", "2024-01-02", "2024-03-01"];
    const [first, second] = monthReturns(dates, [1.02, 1.1, 0.99, 1.089, 1.1979]);
    expect(first!.year).toBe("2023");
    expect(first!.months.slice(0, 10)).toEqual(new Array(10).fill(null));
    expect(first!.months[10]).toBeCloseTo(0.1, 12);
    expect(first!.months[11]).toBeCloseTo(-0.1, 12);
    expect(first!.total).toBeCloseTo(-0.01, 12);
    expect(second!.months[0]).toBeCloseTo(0.1, 12);
    expect(second!.months[1]).toBeNull();
    expect(second!.months[2]).toBeCloseTo(0.1, 12);
    expect(second!.total).toBeCloseTo(0.21, 12);
  });

  it("leaves an account that is gone where it is, and says nothing without sessions", () => {
    expect(monthReturns(["2024-01-02", "2024-02-01"], [0, 0])[0]!.months.slice(0, 2)).toEqual([-1, 0]);
    expect(monthReturns([], [])).toEqual([]);
  });
});
