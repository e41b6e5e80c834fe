import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { sessionBars, type VendorBar, vendorCadence } from "#lib/market-data/session-bars.ts";

const at = (day: number, hour: number, minute: number, month = 7): number => newYorkWallToUtc(2024, month, day, hour, minute);
const row = (startMs: number, price = 100, volume = 10): VendorBar => ({
  startMs,
  open: price,
  high: price + 1,
  low: price - 1,
  close: price + 0.5,
  volume,
});
const later = at(31, 0, 0);
const options = { symbol: "SPY", source: "vendor", knownTo: later } as const;

describe("sessionBars", () => {
  it("keeps the rows of regular hours and ends each bar where the session does", () => {
    const rows = [
      row(at(2, 8, 0)),
      row(at(2, 9, 30)),
      row(at(2, 9, 35)),
      row(at(2, 16, 0)),
      row(at(3, 12, 55)),
      row(at(3, 13, 0)),
      row(at(4, 10, 0)),
    ];
    const bars = sessionBars(rows, { ...options, cadence: "5m" });
    // 2024-07-03 ends at 13:00; the 4th is a holiday.
    expect(Array.from(bars.start)).toEqual([at(2, 9, 30), at(2, 9, 35), at(3, 12, 55)]);
    expect(Array.from(bars.end)).toEqual([at(2, 9, 35), at(2, 9, 40), at(3, 13, 0)]);
    expect(Array.from(bars.factor)).toEqual([1, 1, 1]);
  });

  it("dates a daily row by New York, whatever instant of the day marks it", () => {
    const rows = [row(at(2, 0, 0)), row(Date.UTC(2024, 6, 3, 4)), row(at(4, 0, 0)), row(at(6, 0, 0))];
    const bars = sessionBars(rows, { ...options, cadence: "daily" });
    expect(Array.from(bars.start)).toEqual([NYSE.openOf(20240702), NYSE.openOf(20240703)]);
    expect(Array.from(bars.end)).toEqual([NYSE.closeOf(20240702), NYSE.closeOf(20240703)]);
  });

  it("builds hours that begin with the session from quarters: the first one is half an hour of trading, without what came before", () => {
    expect(vendorCadence("hourly")).toBe("15m");
    const rows = [
      row(at(2, 9, 15), 50, 999),
      row(at(2, 9, 30), 100, 1),
      row(at(2, 9, 45), 102, 2),
      row(at(2, 10, 0), 101, 4),
      row(at(2, 15, 45), 99, 8),
    ];
    const bars = sessionBars(rows, { ...options, cadence: "hourly" });
    expect(Array.from(bars.start)).toEqual([at(2, 9, 30), at(2, 10, 0), at(2, 15, 0)]);
    expect(bars).toMatchObject({ cadence: "hourly", length: 3 });
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([100, 103, 99, 102.5, 3]);
    expect(bars.end[2]).toBe(at(2, 16, 0));
  });

  it("leaves out a bar that was not over when the vendor answered", () => {
    const rows = [row(at(2, 10, 0)), row(at(2, 10, 15)), row(at(2, 10, 30))];
    const known = (knownTo: number, cadence: "15m" | "hourly" | "daily") => sessionBars(rows, { ...options, cadence, knownTo }).length;
    expect(known(at(2, 10, 44), "15m")).toBe(2);
    expect(known(at(2, 10, 45), "15m")).toBe(3);
    expect(known(at(2, 10, 59), "hourly")).toBe(0);
    expect(sessionBars([row(at(2, 0, 0))], { ...options, cadence: "daily", knownTo: at(2, 15, 59) }).length).toBe(0);
    expect(sessionBars([row(at(2, 0, 0))], { ...options, cadence: "daily", knownTo: at(2, 16, 0) }).length).toBe(1);
  });

  it("says when the daily level of an index was published, and leaves out one that was not yet", () => {
    const quarter = 15 * 60_000;
    const daily = { ...options, cadence: "daily", publishedAfterMs: quarter } as const;
    const bars = sessionBars([row(at(2, 0, 0), 12, Number.NaN)], daily);
    expect(Array.from(bars.availableAt!)).toEqual([at(2, 16, 15)]);
    expect(Number.isNaN(bars.volume[0])).toBe(true);
    expect(sessionBars([row(at(2, 0, 0))], { ...daily, knownTo: at(2, 16, 14) }).length).toBe(0);
    expect(sessionBars([row(at(2, 9, 30))], { ...daily, cadence: "5m" }).availableAt).toBeUndefined();
  });

  it.each([
    ["twice", [row(at(2, 9, 30)), row(at(2, 9, 30))], "duplicated bar"],
    ["not in order", [row(at(2, 9, 35)), row(at(2, 9, 30))], "out of order"],
    ["not aligned", [row(at(2, 9, 32))], "expected a 5m bar to start at"],
    ["without a price", [row(at(2, 9, 30), Number.NaN)], "expected a finite price above 0"],
  ])("refuses rows that come %s, naming symbol, vendor and time", (_, rows, issue) => {
    expect(() => sessionBars(rows, { ...options, cadence: "5m" })).toThrowError(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: expect.stringMatching(new RegExp(`SPY of "vendor": 2024-07-02T13:3.*${issue}`)),
      }),
    );
  });

  it("takes no row for an answer", () => {
    expect(sessionBars([], { ...options, cadence: "hourly" })).toMatchObject({ symbol: "SPY", cadence: "hourly", length: 0 });
  });
});
