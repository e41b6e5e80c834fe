import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDate, sessionDateOf } from "#lib/core/time.ts";
import type { BarSourceOptions } from "#lib/market-data/bar-source.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";
import { anyBars, printCsv, someBars } from "./some-bars.ts";

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/market-data/${name}`, import.meta.url));
const read = (name: string, options: Partial<BarSourceOptions> = {}) =>
  parseCsvBars(fixture(name), { symbol: "TEST", cadence: "daily", name, ...options });
const stamps = (values: Float64Array): string[] => Array.from(values, (ms) => new Date(ms).toISOString().slice(0, 16));

describe("parseCsvBars", () => {
  it("reads daily bars: from the session's open to its actual close", () => {
    const csv = "date,open,high,low,close,volume\n2024-07-02,100,101,99,100.5,1000\n2024-07-03,100.5,102,100,101,1100\n";
    const { bars, notes, droppedRows, sourceRows } = parseCsvBars(csv, { symbol: "TEST", cadence: "daily" });
    expect(stamps(bars.start)).toEqual(["2024-07-02T13:30", "2024-07-03T13:30"]);
    expect(stamps(bars.end)).toEqual(["2024-07-02T20:00", "2024-07-03T17:00"]);
    expect([...bars.close]).toEqual([100.5, 101]);
    expect([...bars.volume]).toEqual([1000, 1100]);
    expect([...bars.factor]).toEqual([1, 1]);
    expect(bars).toMatchObject({ symbol: "TEST", cadence: "daily", length: 2 });
    expect({ droppedRows, sourceRows }).toEqual({ droppedRows: 0, sourceRows: 2 });
    expect(notes).toEqual(["The source has no adjustment factor: prices are taken as they are, and dividends are not in the returns."]);
  });

  it("reads a file as Windows writes it: byte order mark, CRLF, blank lines, quotes, an empty volume", () => {
    const { bars } = read("windows.csv");
    expect([...bars.open]).toEqual([100, 100.5]);
    expect([...bars.volume]).toEqual([1000, Number.NaN]);
  });

  it("reads other column names through a mapping, and semicolons", () => {
    const { bars, absent } = read("mapped-semicolon.csv", { map: { ts: "when", open: "o", high: "h", low: "l", close: "c" } });
    expect([...bars.close]).toEqual([100.5, 101]);
    expect(absent).toEqual(["volume", "factor"]);
  });

  it("reads gzip", () => {
    expect(parseCsvBars(gzipSync(fixture("windows.csv")), { symbol: "TEST", cadence: "daily" })).toEqual(
      read("windows.csv", { name: "TEST" }),
    );
  });

  it("clips the 09:00 hourly bar to 09:30, ends a half day at 13:00 and counts what lies outside", () => {
    const { bars, notes, droppedRows } = read("hourly-half-day.csv", { cadence: "hourly", map: { ts: "timestamp_et" } });
    expect(stamps(bars.start)).toEqual([
      "2024-07-03T13:30",
      "2024-07-03T14:00",
      "2024-07-03T15:00",
      "2024-07-03T16:00",
      "2024-07-05T13:30",
    ]);
    expect(stamps(bars.end)).toEqual(["2024-07-03T14:00", "2024-07-03T15:00", "2024-07-03T16:00", "2024-07-03T17:00", "2024-07-05T14:00"]);
    expect(droppedRows).toBe(2);
    expect(notes).toEqual([
      "2 rows outside regular trading hours were left out.",
      "The source holds pre-market hours, so its 09:00 bars may contain trades before 09:30.",
      "The source has no adjustment factor: prices are taken as they are, and dividends are not in the returns.",
    ]);
  });

  it("gives the same bars whether a stamp marks the start or the end", () => {
    const start = "ts,open,high,low,close\n2024-07-03T09:30,10,11,9,10\n2024-07-03T10:00,10,11,9,10\n2024-07-03T12:00,10,11,9,10\n";
    const end = "ts,open,high,low,close\n2024-07-03T10:00,10,11,9,10\n2024-07-03T11:00,10,11,9,10\n2024-07-03T13:00,10,11,9,10\n";
    const options = { symbol: "TEST", cadence: "hourly" } as const;
    expect(parseCsvBars(end, { ...options, barLabel: "end" })).toEqual(parseCsvBars(start, options));
  });

  it("reads stamps without a zone in the zone given", () => {
    const csv = "ts,open,high,low,close\n2024-07-01T13:30,10,11,9,10\n";
    const { bars } = parseCsvBars(csv, { symbol: "TEST", cadence: "15m", timezone: "UTC" });
    expect(stamps(bars.start)).toEqual(["2024-07-01T13:30"]);
  });

  it("reads epochs, and takes one at midnight UTC as a date", () => {
    const csv = "time,open,high,low,close\n1719792000,10,11,9,10\n1719878400000,10,11,9,10\n1719979200,10,11,9,10\n";
    const { bars } = parseCsvBars(csv, { symbol: "TEST", cadence: "daily" });
    // The last one is 2024-07-03T00:00 in New York.
    expect(Array.from(bars.start, (ms) => formatDate(sessionDateOf(ms)))).toEqual(["2024-07-01", "2024-07-02", "2024-07-03"]);
  });

  it("leaves out rows before the calendar begins and says so; notes missing sessions", () => {
    const csv = "date,open,high,low,close,volume,factor\n1989-12-29,10,11,9,10,1,1\n1990-01-02,10,11,9,10,1,1\n1990-01-08,10,11,9,10,1,1\n";
    const { bars, notes, droppedRows } = parseCsvBars(csv, { symbol: "TEST", cadence: "daily" });
    expect([bars.length, droppedRows]).toEqual([2, 1]);
    expect(notes).toEqual([
      "1 rows before 1990-01-01, where the trading calendar begins, were left out.",
      "3 sessions between the first and the last bar have no bar (1990-01-03, 1990-01-04, 1990-01-05).",
    ]);
  });

  it.each<[string, string]>([
    ["not-a-number.csv", 'line 3, column "close": expected a number, found "abc"'],
    ["grouped-thousands.csv", 'line 4, column "Open": expected a number, found "1,005"'],
    ["nan-price.csv", 'line 2, column "close": expected a number, found "NaN"'],
    ["empty-price.csv", 'line 2, column "close": expected a number, found an empty cell'],
    ["ragged.csv", 'line 3, column "volume": expected "6" cells, found "5"; line 4, column "volume": expected "6" cells, found "7"'],
    ["open-quote.csv", 'line 2, column "volume": expected "6" cells, found a quote that is not closed'],
    ["american-date.csv", 'line 2, column "date": expected a time ("YYYY-MM-DD"'],
    ["american-date.csv", 'found "07/01/2024"'],
    ["out-of-order.csv", 'line 3, column "date": out of order: "2024-07-01T13:30:00.000Z" comes after "2024-07-02T13:30:00.000Z"'],
    ["duplicated.csv", 'line 3, column "date": duplicated bar: "2024-07-01T13:30:00.000Z" is also at line 2'],
    ["negative-price.csv", 'line 3, column "low": expected a finite price above 0, found "-100"'],
    ["negative-volume.csv", 'line 2, column "volume": expected a volume of 0 or more, or an empty cell for unknown; found "-5"'],
    ["high-below-close.csv", 'line 2, column "high": expected the high to be at least "100.5", found "100.25"'],
    ["holiday.csv", 'line 3, column "date": expected a trading session, found "2024-07-04" (Independence Day)'],
    ["empty.csv", "empty.csv: expected a header line and one row a line, found an empty file."],
    ["header-only.csv", "header-only.csv: expected at least one bar, found none."],
    ["mapped-semicolon.csv", 'expected a column for "ts"'],
  ])("refuses %s: %s", (name, issue) => {
    expect(() => read(name)).toThrowError(expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) }));
    expect(() => read(name)).toThrowError(new RegExp(`^${name.replace(".", "\\.")}: `));
  });

  it("refuses hourly bars that are not aligned to New York's clock", () => {
    expect(() => read("hourly-from-half-past.csv", { cadence: "hourly" })).toThrowError(
      /line 3, column "ts": expected hourly bars aligned to New York's clock, such as "2024-07-01T14:00:00.000Z"; found "2024-07-01T14:30:00.000Z"/,
    );
  });

  it("refuses hourly bars that are called five-minute bars", () => {
    const csv = printCsv(someBars(20, { cadence: "hourly" }));
    expect(() => parseCsvBars(csv, { symbol: "TEST", cadence: "5m" })).toThrowError(
      /expected 5m bars to follow each other at "5" minutes, found steps of "30" minutes or more; check the cadence/,
    );
  });

  it("refuses a file of which no row lies in a session, and hints at cadence and zone", () => {
    const csv = printCsv(someBars(7, { cadence: "hourly" })).replaceAll("Z", "");
    expect(() => parseCsvBars(csv, { symbol: "TEST", cadence: "hourly", timezone: "Asia/Tokyo" })).toThrowError(
      /found none in 7 rows; check the cadence and the time zone \("Asia\/Tokyo"\)/,
    );
  });

  it("refuses dates after the calendar, an unknown zone and damaged gzip", () => {
    const late = "date,open,high,low,close\n2031-01-02,10,11,9,10\n";
    expect(() => parseCsvBars(late, { symbol: "TEST", cadence: "daily" })).toThrowError(
      /found "2031-01-02" \(the calendar ends on 2030-12-31\)/,
    );
    expect(() => read("windows.csv", { timezone: "Mars/Base" })).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    const damaged = gzipSync(fixture("windows.csv")).subarray(0, 40);
    expect(() => parseCsvBars(damaged, { symbol: "TEST", cadence: "daily" })).toThrowError(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining("cannot be decompressed") }),
    );
  });

  it("restores what was printed: parse(print(bars)) = bars", () => {
    fc.assert(
      fc.property(anyBars, (bars) => {
        const parsed = parseCsvBars(printCsv(bars), { symbol: bars.symbol, cadence: bars.cadence });
        expect(parsed.bars).toEqual(bars);
        expect(parsed.droppedRows).toBe(0);
      }),
    );
  });
});

describeWithShared("parseCsvBars on real files", ["data/equity_daily_lean/QQQ_1d.csv", "data/equity_hourly_lean/SPY_1h.csv"], () => {
  it("reads QQQ daily", () => {
    const { bars, notes } = parseCsvBars(readFileSync(sharedPath("data/equity_daily_lean/QQQ_1d.csv")), {
      symbol: "QQQ",
      cadence: "daily",
    });
    expect(bars.length).toBe(2392);
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0], bars.factor[0]]).toEqual([
      102.25, 102.31, 100.56, 101.94, 2632800, 0.4351332,
    ]);
    expect(notes).toEqual(["1588 sessions between the first and the last bar have no bar (2004-12-01, 2004-12-02, 2004-12-03, ...)."]);
  });

  it("reads SPY hourly in well under 300 ms, keeping its factor, and drops what was traded after the close", () => {
    const bytes = readFileSync(sharedPath("data/equity_hourly_lean/SPY_1h.csv"));
    let fastest = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run++) {
      // Time of the processor: what else the machine does is not the reader's.
      const begin = process.cpuUsage();
      parseCsvBars(bytes, { symbol: "SPY", cadence: "hourly" });
      fastest = Math.min(fastest, process.cpuUsage(begin).user / 1000);
    }
    expect(fastest).toBeLessThan(300);
    const { bars, sourceRows, droppedRows } = parseCsvBars(bytes, { symbol: "SPY", cadence: "hourly" });
    expect([sourceRows, droppedRows, bars.length]).toEqual([29867, 47, 29820]);
    expect(stamps(bars.start).slice(0, 2)).toEqual(["1998-01-02T14:30", "1998-01-02T15:00"]);
    expect([bars.close[0], bars.volume[0], bars.factor[0], bars.factor[bars.length - 1]]).toEqual([97.03, 384500, 0.6566606, 0.8864181]);
  });

  it("reads the same hourly bars from the wall-clock column", () => {
    const bytes = readFileSync(sharedPath("data/equity_hourly_lean/SPY_1h.csv"));
    const options = { symbol: "SPY", cadence: "hourly" } as const;
    expect(parseCsvBars(bytes, { ...options, map: { ts: "timestamp_et" } }).bars).toEqual(parseCsvBars(bytes, options).bars);
  });
});
