import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatDate, sessionDateOf } from "#lib/core/time.ts";
import { type BarSourceOptions, formatOf, LEVEL_FIELDS } from "#lib/market-data/bar-source.ts";
import { readKnownAt } from "#lib/market-data/known-at.ts";
import { levelsFromTables } from "#lib/market-data/levels-from-tables.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

const OPTIONS: BarSourceOptions = { symbol: "VIX", cadence: "daily", name: "vix.csv" };
const read = (csv: string | Uint8Array, { rule = "16:15", ...changes }: Partial<BarSourceOptions> & { rule?: string } = {}) => {
  const options = { ...OPTIONS, ...changes };
  return levelsFromTables([readCsvTable(csv, LEVEL_FIELDS, formatOf(options), options.map)], options, readKnownAt(rule));
};
const iso = (values: Float64Array | undefined): string[] => Array.from(values ?? [], (ms) => new Date(ms).toISOString());

describe("levelsFromTables", () => {
  it("says when each level was available, a quarter of an hour after a close at 16:00", () => {
    const { bars, stamps } = read("date,open,high,low,close\n2024-07-02,12,13,11,12.5\n2024-07-03,12.5,12.6,12,12.25\n");
    expect(iso(bars.end)).toEqual(["2024-07-02T20:00:00.000Z", "2024-07-03T17:00:00.000Z"]);
    expect(iso(bars.availableAt)).toEqual(["2024-07-02T20:15:00.000Z", "2024-07-03T20:15:00.000Z"]);
    expect([...bars.close]).toEqual([12.5, 12.25]);
    expect(stamps).toEqual(["not_tradable", "price_return_only"]);
  });

  it("lets a row decided at 16:00 use the previous level only", () => {
    const { bars } = read("date,close\n2024-07-01,12\n2024-07-02,13\n");
    const decision = Date.parse("2024-07-02T20:00:00Z");
    const known = [...bars.close].filter((_, row) => bars.availableAt![row]! <= decision);
    expect(known).toEqual([12]);
  });

  it.each([
    ["close+15m", ["2024-07-02T20:15:00.000Z", "2024-07-03T17:15:00.000Z"]],
    ["next_session 09:30", ["2024-07-03T13:30:00.000Z", "2024-07-05T13:30:00.000Z"]],
  ])("takes the rule %s", (rule, expected) => {
    const { bars } = read("date,close\n2024-07-02,12\n2024-07-03,13\n", { rule });
    expect(iso(bars.availableAt)).toEqual(expected);
  });

  it("refuses a rule that lets a level be known before its session ends", () => {
    expect(() => read("date,close\n2024-07-02,12\n", { rule: "15:59" })).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: expect.stringContaining(
          'vix.csv: line 2, column "date": expected the row to be available from "2024-07-02T20:00:00.000Z" on, its bar\'s end; found "2024-07-02T19:59:00.000Z"',
        ),
      }),
    );
  });

  it("needs no open, high or low, and says so", () => {
    const { bars, notes } = read("observation_date,VIXCLS\n2024-07-02,12\n", { map: { ts: "observation_date", close: "VIXCLS" } });
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN, 12]);
    expect(notes).toEqual(["The source has no open, high, low: unknown in every row."]);
  });

  it("leaves rows without a close out, holidays among them, and counts them", () => {
    const { bars, notes, droppedRows } = read("date,close\n2024-07-03,12\n2024-07-04,.\n2024-07-05,\n2024-07-08,13\n", {
      emptyCells: ["."],
    });
    expect([...bars.close]).toEqual([12, 13]);
    expect(droppedRows).toBe(2);
    expect(notes.slice(0, 2)).toEqual([
      "2 rows without a close were left out.",
      "1 sessions between the first and the last bar have no bar (2024-07-05).",
    ]);
  });

  it("leaves rows of holidays out, on which an index may be published, and refuses those of a weekend", () => {
    const { bars, notes, droppedRows } = read("date,close\n2024-07-03,12\n2024-07-04,12.5\n2024-07-05,13\n");
    expect([...bars.close]).toEqual([12, 13]);
    expect([droppedRows, notes[0]]).toEqual([1, "1 rows dated on days on which the exchange was closed were left out."]);
    expect(() => read("date,close\n2024-07-05,12\n2024-07-06,12.5\n")).toThrow(/found "2024-07-06" \(weekend\)/);
  });

  it("makes an open outside the day's range unknown and says where", () => {
    const { bars, notes } = read("date,open,high,low,close\n2024-07-01,10.9,13,11,12\n2024-07-02,13.1,13,11,12\n2024-07-03,13,13,11,12\n");
    expect([...bars.open]).toEqual([Number.NaN, Number.NaN, 13]);
    expect(notes).toEqual(["2 rows have an open outside the day's high and low: these opens are unknown (2024-07-01, 2024-07-02)."]);
  });

  it("keeps rows whose range is nothing but the close, and says from when to when", () => {
    const { bars, notes } = read("date,open,high,low,close\n2024-07-01,12,12,12,12\n2024-07-02,13,13,13,13\n2024-07-03,13,14,13,13\n");
    expect([...bars.high]).toEqual([12, 13, 14]);
    expect(notes).toEqual([
      "2 rows have open, high and low equal to the close, from 2024-07-01 to 2024-07-02: they say the close and no range of the day.",
    ]);
  });

  it("is available at the bar's end where the bars are not daily", () => {
    const { bars } = read("ts,open,high,low,close\n2024-07-02T09:30,12,13,11,12.5\n2024-07-02T10:00,12,13,11,12.5\n", {
      cadence: "hourly",
    });
    expect(bars.availableAt).toEqual(bars.end);
  });

  it.each([
    ["a close above the high", "date,open,high,low,close\n2024-07-02,12,13,11,14\n", 'expected the high to be at least "14", found "13"'],
    ["a level of 0", "date,close\n2024-07-02,0\n", 'column "close": expected a finite price above 0, found "0"'],
    ["nothing but empty closes", "date,close\n2024-07-02,\n", "expected at least one bar, found none"],
    ["a date twice", "date,close\n2024-07-02,12\n2024-07-02,12\n", 'line 3, column "date": duplicated bar'],
  ])("refuses %s", (_, csv, issue) => {
    expect(() => read(csv)).toThrow(expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) }));
  });
});

describeWithShared("levelsFromTables on real indices", ["data/daily_index/VIX_1d.csv", "data/daily_index/VIX3M_1d.csv"], () => {
  const real = (name: string) => read(readFileSync(sharedPath("data", "daily_index", name)), { symbol: name.split("_")[0]! });

  it("reads VIX from 1990, its 47 impossible opens unknown and its rows without a range counted", () => {
    const { bars, notes, sourceRows, droppedRows } = real("VIX_1d.csv");
    expect([bars.length, sourceRows, droppedRows]).toEqual([9202, 9235, 33]);
    expect(notes).toContain("33 rows dated on days on which the exchange was closed were left out.");
    expect([...bars.open].filter(Number.isNaN)).toHaveLength(47);
    expect([...bars.close].some(Number.isNaN)).toBe(false);
    const outside = notes.find((note) => note.includes("these opens are unknown"));
    const flat = notes.find((note) => note.includes("no range of the day"));
    expect(outside).toMatch(/^47 rows have an open outside the day's high and low: these opens are unknown \(\d{4}-/);
    expect(flat).toMatch(/^\d+ rows have open, high and low equal to the close, from 1990-01-02 to /);
    expect(formatDate(sessionDateOf(bars.start[0]!))).toBe("1990-01-02");
  });

  it("reads VIX3M from 2009", () => {
    const { bars, sourceRows } = real("VIX3M_1d.csv");
    expect([sourceRows, bars.length, bars.close[0]]).toEqual([4136, 4136, 26.54]);
  });
});
