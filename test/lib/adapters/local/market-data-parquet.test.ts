import { describe, expect, it } from "vitest";
import { readParquetBarsInWorker } from "#lib/adapters/local/market-data-parquet.ts";
import { encodeBars } from "#lib/market-data/bars-codec.ts";
import { readParquetBars } from "#lib/market-data/parquet-bars.ts";
import { someBars } from "../../market-data/some-bars.ts";

const OPTIONS = { symbol: "TEST", cadence: "15m", map: { ts: "start" }, name: "bars.parquet" } as const;
const LIMITS = { timeoutMs: 20_000, maxHeapMb: 256 };

describe("readParquetBarsInWorker", () => {
  it("reads as readParquetBars does", async () => {
    const bytes = encodeBars(someBars(200, { cadence: "15m" }));
    expect(await readParquetBarsInWorker(bytes, OPTIONS, LIMITS)).toEqual(await readParquetBars(bytes, OPTIONS));
  });

  it("carries a refusal over with code, message, facts and field errors", async () => {
    const bars = someBars(4, { cadence: "15m" });
    bars.close[1] = -1;
    const expected = await readParquetBars(encodeBars(bars), OPTIONS).catch((error: unknown) => error);
    const { code, message, facts, fieldErrors } = expected as { code: string; message: string; facts: object; fieldErrors: object };
    expect(code).toBe("DATA_INVALID");
    await expect(readParquetBarsInWorker(encodeBars(bars), OPTIONS, LIMITS)).rejects.toMatchObject({ code, message, facts, fieldErrors });
  });

  it("ends a reader that takes too long", async () => {
    const bytes = encodeBars(someBars(4, { cadence: "15m" }));
    await expect(readParquetBarsInWorker(bytes, OPTIONS, { ...LIMITS, timeoutMs: 1 })).rejects.toMatchObject({
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
    await expect(
      readParquetBarsInWorker(encodeBars(long), { ...OPTIONS, cadence: "1m" }, { ...LIMITS, maxHeapMb: 16 }),
    ).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("needs more than 16 MB to read"),
    });
  });
});
