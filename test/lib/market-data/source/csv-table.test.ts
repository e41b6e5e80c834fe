import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BAR_FIELDS, LEVEL_FIELDS } from "#lib/market-data/bar-source.ts";
import { OPTION_BAR_FIELDS } from "#lib/market-data/options/option-bar-fields.ts";
import { createCsvTableReader, readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { printCsv, someBars } from "../some-bars.ts";

describe("createCsvTableReader", () => {
  it("gives the same rows however the bytes are cut", () => {
    const bytes = new TextEncoder().encode(printCsv(someBars(12, { cadence: "15m" })));
    const whole = readCsvTable(bytes, BAR_FIELDS, { name: "f.csv" });
    expect(whole.length).toBe(12);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length }), (size) => {
        const reader = createCsvTableReader(BAR_FIELDS, { name: "f.csv" });
        for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
        expect(reader.finish()).toEqual(whole);
      }),
    );
  });
});

describe("readCsvTable", () => {
  it("reads times, numbers and texts into columns, each distinct text once", () => {
    const csv =
      "contract,timestamp,open,high,low,close,volume\nA,2024-07-01T09:30,1,2,1,2,5\nB,2024-07-01,1,2,1,2,\nA,1719840600,1,2,1,2,7\n";
    const { times, texts, numbers, position, columnNames } = readCsvTable(csv, OPTION_BAR_FIELDS, { name: "f.csv" });
    expect(texts.contract).toEqual({ codes: Int32Array.of(0, 1, 0), values: ["A", "B"] });
    expect([...times.ts!.date]).toEqual([Number.NaN, 20240701, Number.NaN]);
    expect(times.ts!.utcMs[0]).toBe(times.ts!.utcMs[2]);
    expect([...numbers.volume!]).toEqual([5, Number.NaN, 7]);
    expect(numbers.vwap).toBeUndefined();
    expect([...position]).toEqual([2, 3, 4]);
    expect(columnNames).toMatchObject({ ts: "timestamp", vwap: "vwap" });
  });

  it("leaves rows with a cell that cannot be read out and lists the cells, the first twenty of them", () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2024-07-${i < 9 ? `0${i + 1}` : i + 1},x,2,1,y`);
    const table = readCsvTable(`date,open,high,low,close\n2024-06-28,1,2,1,2\n${rows.join("\n")}\n`, BAR_FIELDS, { name: "f.csv" });
    expect([table.length, table.faults.length, table.faultCount]).toEqual([1, 20, 60]);
    expect(table.faults[1]).toEqual({ position: 3, column: "close", issue: 'expected a number, found "y"' });
  });

  it("takes the delimiter that was said before the one that the header suggests", () => {
    const csv = "date|close\n2024-07-01|17.5\n";
    expect([...readCsvTable(csv, LEVEL_FIELDS, { name: "f.csv" }).numbers.close!]).toEqual([17.5]);
    expect(() => readCsvTable(csv, LEVEL_FIELDS, { name: "f.csv", delimiter: "," })).toThrow(/expected a column for "ts"/);
  });

  it("takes what stands for an empty cell as unknown, and only where a cell may be empty", () => {
    const csv = "date,open,high,low,close\n2024-07-01,.,NA,1,2\n2024-07-02,1,2,1,.\n";
    const format = { name: "f.csv", emptyCells: [".", "NA"] };
    const levels = readCsvTable(csv, LEVEL_FIELDS, format);
    expect([[...levels.numbers.open!], [...levels.numbers.close!]]).toEqual([
      [Number.NaN, 1],
      [2, Number.NaN],
    ]);
    expect(readCsvTable(csv, BAR_FIELDS, format).faults).toEqual([
      { position: 2, column: "open", issue: 'expected a number, found "."' },
      { position: 2, column: "high", issue: 'expected a number, found "NA"' },
      { position: 3, column: "close", issue: 'expected a number, found "."' },
    ]);
  });
});
