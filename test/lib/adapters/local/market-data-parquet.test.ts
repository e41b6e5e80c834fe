import { describe, expect, it } from "vitest";
import { readParquetTableInWorker } from "#lib/adapters/local/market-data-parquet.ts";
import { BAR_FIELDS } from "#lib/market-data/bar-source.ts";
import { encodeBars } from "#lib/market-data/encode-bars.ts";
import { readParquetTable } from "#lib/market-data/source/parquet-table.ts";
import { someBars } from "../../market-data/some-bars.ts";

const SHAPE = { specs: BAR_FIELDS, format: { name: "bars.parquet" }, map: { ts: "start" } };
const LIMITS = { timeoutMs: 20_000, maxHeapMb: 256 };

describe("readParquetTableInWorker", () => {
  it("reads as readParquetTable does", async () => {
    const bytes = encodeBars(someBars(200, { cadence: "15m" }));
    expect(await readParquetTableInWorker(bytes, SHAPE, LIMITS)).toEqual(
      await readParquetTable(bytes, SHAPE.specs, SHAPE.format, SHAPE.map),
    );
  });

  it("carries a refusal over with code, message, facts and field errors", async () => {
    const bytes = encodeBars(someBars(4, { cadence: "15m" }));
    const map = { ts: "begin" };
    const expected = await readParquetTable(bytes, SHAPE.specs, SHAPE.format, map).catch((error: unknown) => error);
    const { code, message, facts, fieldErrors } = expected as { code: string; message: string; facts: object; fieldErrors: object };
    expect(code).toBe("DATA_INVALID");
    await expect(readParquetTableInWorker(bytes, { ...SHAPE, map }, LIMITS)).rejects.toMatchObject({ code, message, facts, fieldErrors });
  });

  it("ends a reader that takes too long", async () => {
    const bytes = encodeBars(someBars(4, { cadence: "15m" }));
    await expect(readParquetTableInWorker(bytes, SHAPE, { ...LIMITS, timeoutMs: 1 })).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("bars.parquet: the Parquet file could not be read within 0.001 s"),
    });
  });

  it("ends a reader that needs too much memory", async () => {
    const bars = someBars(390, { cadence: "1m" });
    const length = 600_000;
    const repeat = (column: Float64Array): Float64Array => Float64Array.from({ length }, (_, row) => column[row % 390]!);
    const long = {
      ...bars,
      length,
      start: repeat(bars.start),
      end: repeat(bars.end),
      open: repeat(bars.open),
      high: repeat(bars.high),
      low: repeat(bars.low),
      close: repeat(bars.close),
      volume: repeat(bars.volume),
      factor: repeat(bars.factor),
    };
    await expect(readParquetTableInWorker(encodeBars(long), SHAPE, { ...LIMITS, maxHeapMb: 16 })).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("needs more than 16 MB to read"),
    });
  });
});
