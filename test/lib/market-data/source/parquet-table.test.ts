import type { SchemaElement } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer, schemaFromColumnData } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { BAR_FIELDS, type BarSourceOptions, formatOf, LEVEL_FIELDS } from "#lib/market-data/bar-source.ts";
import { barsFromTables } from "#lib/market-data/bars-from-tables.ts";
import { encodeBars } from "#lib/market-data/encode-bars.ts";
import { readParquetTable } from "#lib/market-data/source/parquet-table.ts";
import { someBars } from "../some-bars.ts";

const OPTIONS: BarSourceOptions = { symbol: "TEST", cadence: "daily", name: "bars.parquet" };
const readParquetBars = async (bytes: Uint8Array, options: BarSourceOptions) =>
  barsFromTables([await readParquetTable(bytes, BAR_FIELDS, formatOf(options), options.map)], options);
const PRICES: ColumnSource[] = [
  { name: "open", data: [100, 101], type: "DOUBLE" },
  { name: "high", data: [102, 103], type: "DOUBLE" },
  { name: "low", data: [99, 100], type: "FLOAT" },
  { name: "close", data: [101, 102], type: "INT32" },
  { name: "volume", data: [1000n, 2000n], type: "INT64" },
];
const file = (ts: ColumnSource, rest: readonly ColumnSource[] = PRICES, timeElement?: SchemaElement): Uint8Array => {
  const columnData = [ts, ...rest];
  if (timeElement === undefined) return new Uint8Array(parquetWriteBuffer({ columnData }));
  const schema = schemaFromColumnData({ columnData, schemaOverrides: { [ts.name]: timeElement } });
  return new Uint8Array(parquetWriteBuffer({ columnData: columnData.map(({ name, data }) => ({ name, data })), schema }));
};
const starts = (values: Float64Array): string[] => Array.from(values, (ms) => new Date(ms).toISOString().slice(0, 16));
const timestamps = (...texts: string[]): bigint[] => texts.map((text) => BigInt(Date.parse(text)) * 1000n);

describe("readParquetTable", () => {
  it("reads dates, any numeric type, and nulls in volume", async () => {
    const bytes = file({ name: "date", data: ["2024-07-01", "2024-07-02"], type: "STRING" }, [
      ...PRICES.slice(0, 4),
      { name: "volume", data: [1000n, null], type: "INT64" },
    ]);
    const { bars, absent } = await readParquetBars(bytes, OPTIONS);
    expect(starts(bars.start)).toEqual(["2024-07-01T13:30", "2024-07-02T13:30"]);
    expect([...bars.close]).toEqual([101, 102]);
    expect([...bars.volume]).toEqual([1000, Number.NaN]);
    expect(absent).toEqual(["factor"]);
  });

  it("reads a DATE column as session dates", async () => {
    const bytes = file({ name: "date", data: [new Date("2024-07-01"), new Date("2024-07-02")] }, PRICES, {
      name: "date",
      type: "INT32",
      converted_type: "DATE",
      repetition_type: "REQUIRED",
    });
    expect(starts((await readParquetBars(bytes, OPTIONS)).bars.start)).toEqual(["2024-07-01T13:30", "2024-07-02T13:30"]);
  });

  it("takes timestamps adjusted to UTC as instants and others as wall clock in the zone", async () => {
    const element = (isAdjustedToUTC: boolean): SchemaElement => ({
      name: "ts",
      type: "INT64",
      repetition_type: "REQUIRED",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC, unit: "MICROS" },
    });
    const utc = file({ name: "ts", data: timestamps("2024-07-01T13:30Z", "2024-07-01T14:00Z") }, PRICES, element(true));
    const wall = file({ name: "ts", data: timestamps("2024-07-01T09:30Z", "2024-07-01T10:00Z") }, PRICES, element(false));
    const hourly = { ...OPTIONS, cadence: "hourly" } as const;
    const expected = ["2024-07-01T13:30", "2024-07-01T14:00"];
    expect(starts((await readParquetBars(utc, hourly)).bars.start)).toEqual(expected);
    expect(starts((await readParquetBars(wall, hourly)).bars.start)).toEqual(expected);
    expect(starts((await readParquetBars(utc, { ...hourly, timezone: "Asia/Tokyo" })).bars.start)).toEqual(expected);
  });

  it("reads epochs in seconds and milliseconds", async () => {
    const seconds = [1719840600n, 1719927000n];
    const expected = ["2024-07-01T13:30", "2024-07-02T13:30"];
    for (const scale of [1n, 1000n]) {
      const bytes = file({ name: "time", data: seconds.map((value) => value * scale), type: "INT64" });
      expect(starts((await readParquetBars(bytes, OPTIONS)).bars.start)).toEqual(expected);
    }
  });

  it("reads the files that this product writes", async () => {
    const bars = someBars(50, { cadence: "15m" });
    const bytes = encodeBars(bars);
    const options = { symbol: "TEST", cadence: "15m", map: { ts: "start" } } as const;
    expect((await readParquetBars(bytes, options)).bars).toEqual(bars);
    const pool = Buffer.concat([Buffer.alloc(7, 1), bytes, Buffer.alloc(7, 1)]);
    expect((await readParquetBars(pool.subarray(7, 7 + bytes.length), options)).bars).toEqual(bars);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "a null price",
      file({ name: "ts", data: ["2024-07-01", "2024-07-02"], type: "STRING" }, [
        { name: "open", data: [100, null], type: "DOUBLE" },
        ...PRICES.slice(1),
      ]),
      'bars.parquet: row 2, column "open": expected a number, found an empty cell',
    ],
    [
      "a NaN price",
      file({ name: "ts", data: ["2024-07-01", "2024-07-02"], type: "STRING" }, [
        { name: "open", data: [100, Number.NaN], type: "DOUBLE" },
        ...PRICES.slice(1),
      ]),
      'bars.parquet: row 2, column "open": expected a finite price above 0, found "NaN"',
    ],
    [
      "text for a price",
      file({ name: "ts", data: ["2024-07-01", "2024-07-02"], type: "STRING" }, [
        { name: "open", data: ["a", "b"], type: "STRING" },
        ...PRICES.slice(1),
      ]),
      'bars.parquet: row 1, column "open": expected a number, found "a"',
    ],
    [
      "a time that is none",
      file({ name: "ts", data: ["2024-07-01", "soon"], type: "STRING" }),
      'bars.parquet: row 2, column "ts": expected a time (a timestamp, a date, or',
    ],
    ["duplicated bars", file({ name: "ts", data: ["2024-07-01", "2024-07-01"], type: "STRING" }), 'row 2, column "ts": duplicated bar'],
    ["a missing column", file({ name: "when", data: ["2024-07-01", "2024-07-02"], type: "STRING" }), 'expected a column for "ts"'],
    [
      "bytes of another kind",
      new TextEncoder().encode("date,open,high,low,close\n"),
      "the Parquet file cannot be read: it has no readable Parquet footer",
    ],
  ])("refuses %s", async (_what, bytes, issue) => {
    await expect(readParquetBars(bytes, OPTIONS)).rejects.toEqual(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) }),
    );
  });

  it("takes null, NaN and a text that stands for an empty cell as unknown where a cell may be empty", async () => {
    const bytes = file({ name: "date", data: ["2024-07-01", "2024-07-02"], type: "STRING" }, [
      { name: "open", data: [null, 100], type: "DOUBLE" },
      { name: "high", data: [102, Number.NaN], type: "DOUBLE" },
      { name: "close", data: ["x", "."], type: "STRING" },
    ]);
    const table = await readParquetTable(bytes, LEVEL_FIELDS, { name: "l.parquet", emptyCells: ["."] });
    expect(table.faults).toEqual([{ position: 1, column: "close", issue: 'expected a number, found "x"' }]);
    expect([...table.numbers.open!, ...table.numbers.high!, ...table.numbers.close!]).toEqual([100, Number.NaN, Number.NaN]);
    expect(table.numbers.low).toBeUndefined();
    expect([...table.position]).toEqual([2]);
  });
});
