import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bars } from "#lib/core/bars.ts";
import { checkBars, rowOrigin } from "#lib/market-data/bar-checks.ts";
import { anyBars, publishedLate, someBars } from "./some-bars.ts";

const refusal = (issue: string) => expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) });
const withChange = (change: (bars: Bars) => void, bars = someBars(4)): Bars => {
  change(bars);
  return bars;
};

describe("checkBars", () => {
  it("accepts sound bars of every cadence, an unknown volume included", () => {
    fc.assert(fc.property(anyBars, (bars) => checkBars(bars)));
  });

  it("lets open, high and low of an external series be unknown, and judges what is known", () => {
    const levels = publishedLate(someBars(4));
    levels.open.fill(Number.NaN);
    levels.high[1] = Number.NaN;
    levels.low[2] = Number.NaN;
    checkBars(levels);
    levels.high[2] = 101.5;
    expect(() => checkBars(levels)).toThrow(refusal('row 3, column "high": expected the high to be at least "103", found "101.5"'));
    levels.high[2] = Number.NaN;
    levels.close[3] = Number.NaN;
    expect(() => checkBars(levels)).toThrow(refusal('row 4, column "close": expected a finite price above 0, found "NaN"'));
  });

  it.each([
    ["before its bar's end", Date.parse("2024-07-02T19:59:59.999Z"), "2024-07-02T19:59:59.999Z"],
    ["never", Number.NaN, "NaN"],
  ])("refuses a row of an external series that is available %s", (_, availableAt, found) => {
    const levels = publishedLate(someBars(4));
    levels.availableAt![1] = availableAt;
    const issue = `row 2, column "ts": expected the row to be available from "2024-07-02T20:00:00.000Z" on, its bar's end; found "${found}"`;
    expect(() => checkBars(levels)).toThrow(refusal(issue));
  });

  it.each<[string, (bars: Bars) => void, string]>([
    [
      "a NaN price",
      (bars) => {
        bars.close[1] = Number.NaN;
      },
      'row 2, column "close": expected a finite price above 0, found "NaN"',
    ],
    [
      "a negative price",
      (bars) => {
        bars.low[2] = -3;
      },
      'row 3, column "low": expected a finite price above 0, found "-3"',
    ],
    [
      "a zero price",
      (bars) => {
        bars.open[0] = 0;
      },
      'row 1, column "open": expected a finite price above 0, found "0"',
    ],
    [
      "an infinite price",
      (bars) => {
        bars.high[0] = Number.POSITIVE_INFINITY;
      },
      'row 1, column "high": expected a finite price above 0, found "Infinity"',
    ],
    [
      "a high below the close",
      (bars) => {
        bars.high[1] = 101.75;
      },
      'row 2, column "high": expected the high to be at least "102", found "101.75"',
    ],
    [
      "a low above the open",
      (bars) => {
        bars.low[1] = 101.5;
      },
      'row 2, column "low": expected the low to be at most "101", found "101.5"',
    ],
    [
      "a negative volume",
      (bars) => {
        bars.volume[3] = -1;
      },
      'row 4, column "volume": expected a volume of 0 or more, or an empty cell for unknown; found "-1"',
    ],
    [
      "a factor of zero",
      (bars) => {
        bars.factor[3] = 0;
      },
      'row 4, column "factor": expected a finite adjustment factor above 0, found "0"',
    ],
    [
      "a NaN factor",
      (bars) => {
        bars.factor[3] = Number.NaN;
      },
      'row 4, column "factor": expected a finite adjustment factor above 0, found "NaN"',
    ],
    [
      "a NaN time",
      (bars) => {
        bars.start[1] = Number.NaN;
      },
      'row 2, column "ts": expected a time, found "NaN"',
    ],
    [
      "a duplicated bar",
      (bars) => {
        bars.start[2] = bars.start[1]!;
        bars.end[2] = bars.end[1]!;
      },
      'row 3, column "ts": duplicated bar: "2024-07-02T13:30:00.000Z" is also at row 2',
    ],
    [
      "bars out of order",
      (bars) => {
        bars.start[2] = bars.start[0]!;
        bars.end[2] = bars.end[0]!;
      },
      'row 3, column "ts": out of order: "2024-07-01T13:30:00.000Z" comes after "2024-07-02T13:30:00.000Z"',
    ],
    [
      "a bar on a holiday",
      (bars) => {
        bars.start[3] = Date.parse("2024-07-04T13:30:00Z");
      },
      'row 4, column "ts": "2024-07-04T13:30:00.000Z" lies outside a session (Independence Day)',
    ],
    [
      "a daily bar that does not start at the open",
      (bars) => {
        bars.start[3] = bars.start[3]! + 60_000;
      },
      'expected a daily bar to start at "2024-07-05T13:30:00.000Z", found "2024-07-05T13:31:00.000Z"',
    ],
    [
      "a daily bar that ends after the early close",
      (bars) => {
        bars.end[2] = Date.parse("2024-07-03T20:00:00Z");
      },
      'row 3, column "ts": expected the bar to end at "2024-07-03T17:00:00.000Z", found "2024-07-03T20:00:00.000Z"',
    ],
    [
      "a bar before the calendar",
      (bars) => {
        bars.start[0] = Date.parse("1985-01-02T14:30:00Z");
      },
      'row 1, column "ts": "1985-01-02T14:30:00.000Z" lies outside the trading calendar',
    ],
  ])("refuses %s, naming row, column and value", (_what, change, issue) => {
    expect(() => checkBars(withChange(change))).toThrowError(refusal(issue));
  });

  it("refuses a series without bars", () => {
    expect(() => checkBars(someBars(0))).toThrowError(refusal("TEST: expected at least one bar, found none"));
  });

  it("names places and columns as the source does", () => {
    const bars = withChange((changed) => {
      changed.close[0] = Number.NaN;
    });
    const origin = { name: "prices.csv", placeOf: (row: number) => `line ${row + 2}`, columnOf: () => "Adj Close" };
    expect(() => checkBars(bars, origin)).toThrowError(refusal('prices.csv: line 2, column "Adj Close": expected a finite price'));
    expect(rowOrigin("X").placeOf(0)).toBe("row 1");
  });

  it("lists twenty faults and counts all", () => {
    const bars = withChange((changed) => {
      changed.close.fill(-1);
    }, someBars(50));
    expect(() => checkBars(bars)).toThrowError(
      expect.objectContaining({
        message: expect.stringContaining("(and 47 more)"),
        facts: { source: "TEST", faults: 50 },
        fieldErrors: expect.objectContaining({
          length: 20,
          0: { path: "row 1.close", issue: 'expected a finite price above 0, found "-1"' },
        }),
      }),
    );
  });
});
