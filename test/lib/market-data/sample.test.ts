import { describe, expect, it } from "vitest";
import { readSampleData } from "#infra/local/sample-data.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { readSampleSeries } from "#lib/market-data/sample.ts";

describe("readSampleSeries", () => {
  it("reads the 5,105 sessions of the S&P 500 as they are, stamped as an index", async () => {
    const { bars, facts } = readSampleSeries(await readSampleData());
    expect([bars.symbol, bars.cadence, bars.length]).toEqual(["SPX", "daily", 5105]);
    expect(Array.from(bars.start, sessionDateOf)).toEqual(NYSE.sessionsBetween(20000103, 20200418));
    // The file's first and last lines.
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]]).toEqual([
      1469.25, 1478, 1438.359985, 1455.219971, 931800000,
    ]);
    expect([bars.open[5104], bars.close[5104]]).toEqual([2842.429932, 2874.560059]);
    expect(bars.factor.every((factor) => factor === 1)).toBe(true);
    expect(facts).toEqual({
      provider: "sample",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      stamps: ["not_tradable", "price_return_only"],
      simulation: null,
    });
    expect(() => checkBars(bars)).not.toThrow();
  });

  it("refuses bytes other than the pinned file's", async () => {
    const bytes = (await readSampleData()).slice();
    bytes[100]! ^= 1;
    expect(() => readSampleSeries(bytes)).toThrowError(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining('expected SHA-256 "9409e9342d0657c7') }),
    );
  });
});
