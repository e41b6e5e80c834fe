import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CorporateAction } from "#lib/market-data/actions.ts";
import { BAR_FIELDS, type BarSourceOptions } from "#lib/market-data/bar-source.ts";
import { barsFromTables } from "#lib/market-data/bars-from-tables.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

const OPTIONS: BarSourceOptions = { symbol: "TEST", cadence: "daily", name: "TEST (2 files)" };
const table = (name: string, csv: string) => readCsvTable(csv, BAR_FIELDS, { name });
const day = (date: string, price = 10): string => `2024-07-${date},${price},${price + 1},${price - 1},${price},100`;
const HEADER = "date,open,high,low,close,volume";

describe("barsFromTables", () => {
  it("reads files that follow each other as one series, whatever order their columns have", () => {
    const first = table("a.csv", `${HEADER}\n${day("01")}\n${day("02", 11)}\n`);
    const second = table("b.csv", "volume,close,low,high,open,date\n100,12,11,13,12,2024-07-03\n");
    const { bars, notes, sourceRows } = barsFromTables([first, second], OPTIONS);
    expect([...bars.close]).toEqual([10, 11, 12]);
    expect(sourceRows).toBe(3);
    expect(notes).toHaveLength(1);
  });

  it("names the file beside the line when there are several", () => {
    const first = table("a.csv", `${HEADER}\n${day("02")}\n`);
    expect(() => barsFromTables([first, table("b.csv", `${HEADER}\n${day("02")}\n`)], OPTIONS)).toThrow(
      /^TEST \(2 files\): b\.csv line 2, column "date": duplicated bar: "2024-07-02T13:30:00.000Z" is also at a\.csv line 2/,
    );
    expect(() => barsFromTables([first, table("b.csv", `${HEADER}\n${day("01")}\n`)], OPTIONS)).toThrow(
      /b\.csv line 2, column "date": out of order/,
    );
    const unread = table("b.csv", `${HEADER}\n2024-07-03,x,11,9,10,100\n`);
    const holiday = table("c.csv", `${HEADER}\n${day("04")}\n`);
    expect(() => barsFromTables([first, unread, holiday], OPTIONS)).toThrow(
      /b\.csv line 2, column "open": expected a number, found "x"; c\.csv line 2, column "date": expected a trading session, found "2024-07-04"/,
    );
  });

  it("refuses factors in some of a symbol's files only", () => {
    const having = table("b.csv", `${HEADER},factor\n${day("02")},0.5\n`);
    expect(() => barsFromTables([table("a.csv", `${HEADER}\n${day("01")}\n`), having], OPTIONS)).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: expect.stringContaining('"b.csv" has an adjustment factor, "a.csv" has none'),
      }),
    );
  });

  it("says of hours that begin at half past that they are other bars", () => {
    const csv = "ts,open,high,low,close\n2024-07-01T09:30,10,11,9,10\n2024-07-01T10:30,10,11,9,10\n";
    expect(() => barsFromTables([table("a.csv", csv)], { ...OPTIONS, cadence: "hourly" })).toThrow(
      /found "2024-07-01T14:30:00.000Z"; hours that begin at half past are other bars: bring 15m or finer bars instead/,
    );
  });
});

const split = (ratio: number, exDate = 20240702): CorporateAction => ({ exDate, split: ratio, cash: 0 });

describe("barsFromTables with corporate actions", () => {
  const raw = `${HEADER}\n${day("01", 70)}\n${day("02", 10)}\n${day("03", 11)}\n`;

  it("takes the factor from them, so that the price times the factor is continuous", () => {
    const { bars, notes, stamps, absent } = barsFromTables([table("a.csv", raw)], OPTIONS, [
      split(7),
      { exDate: 20240703, split: 1, cash: 2 },
    ]);
    // 7 for the split; then a payment of 2 after a close of 10: 10 / (10 - 2).
    expect([...bars.factor]).toEqual([1, 7, 7 * 1.25]);
    expect([...bars.close]).toEqual([70, 10, 11]);
    expect(stamps).toEqual([]);
    expect(absent).toEqual([]);
    expect(notes).toEqual(["The factor holds 1 splits and 1 dividends."]);
  });

  it("refuses actions beside a factor of the source", () => {
    const csv = `${HEADER},adj_factor\n${day("01", 70)},1\n${day("02", 10)},7\n`;
    expect(() => barsFromTables([table("a.csv", csv)], OPTIONS, [split(7)])).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: expect.stringContaining(
          "an actions file says the same thing again. Leave the actions out, or the factor with columns.factor: null",
        ),
      }),
    );
  });

  it("refuses a split of which the prices show no trace: they were adjusted before", () => {
    const adjusted = `${HEADER}\n${day("01", 10)}\n${day("02", 10)}\n`;
    expect(() => barsFromTables([table("a.csv", adjusted)], OPTIONS, [split(7)])).toThrow(
      /the actions say a split of 7 on 2024-07-02, but the close before is "10" and the open after is "10": these prices are adjusted already/,
    );
    expect(() => barsFromTables([table("a.csv", raw)], OPTIONS, [split(1 / 7)])).toThrow(/these prices are adjusted already/);
    expect(barsFromTables([table("a.csv", raw)], OPTIONS, [split(7)]).bars.factor[2]).toBe(7);
  });
});

describeWithShared("barsFromTables on real extended hours", ["data/spy_hourly_2023Q1_extended_hours.csv"], () => {
  it("leaves what lies outside the session out, counts it, and says that the first hour holds trades before 09:30", () => {
    const bytes = readFileSync(sharedPath("data/spy_hourly_2023Q1_extended_hours.csv"));
    const source = readCsvTable(bytes, BAR_FIELDS, { name: "spy.csv", timezone: "UTC" });
    const { bars, notes, sourceRows, droppedRows } = barsFromTables([source], { ...OPTIONS, symbol: "SPY", cadence: "hourly" });
    // 58 sessions of seven hours.
    expect([sourceRows, bars.length, droppedRows]).toEqual([930, 406, 524]);
    expect(notes[0]).toBe("524 rows outside regular trading hours were left out.");
    expect(notes[1]).toContain("its 09:00 bars may contain trades before 09:30");
  });
});
