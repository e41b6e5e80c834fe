import { describe, expect, it } from "vitest";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readSampleSeries } from "#lib/market-data/sample.ts";
import { randomWalk, shuffledIndex } from "../../trust/noise/series.ts";

const logReturn = (bars: { readonly open: Float64Array; readonly close: Float64Array }) => Math.log(bars.close.at(-1)! / bars.close[0]!);

describe("randomWalk", () => {
  it("is the same for the same seed and another for another", () => {
    expect(randomWalk(7, 2, 0).facts.fingerprint).toBe(randomWalk(7, 2, 0).facts.fingerprint);
    expect(randomWalk(8, 2, 0).facts.fingerprint).not.toBe(randomWalk(7, 2, 0).facts.fingerprint);
  });

  it("has daily bars of so many years that obey the rules of bars", () => {
    const { bars } = randomWalk(1, 3, 0.04);
    expect(bars.length).toBeGreaterThanOrEqual(3 * 250);
    expect(bars.length).toBeLessThanOrEqual(3 * 253);
    for (let i = 0; i < bars.length; i++) {
      expect(bars.high[i]).toBeGreaterThanOrEqual(Math.max(bars.open[i]!, bars.close[i]!));
      expect(bars.low[i]).toBeLessThanOrEqual(Math.min(bars.open[i]!, bars.close[i]!));
    }
  });

  it("is fair without a drift: the mean adjusted growth over many seeds is what was paid", () => {
    const growths = Array.from({ length: 200 }, (_, i) => {
      const { bars } = randomWalk(5000 + i, 2, 0);
      return (bars.close.at(-1)! * bars.factor.at(-1)!) / (bars.close[0]! * bars.factor[0]!);
    });
    const mean = growths.reduce((sum, value) => sum + value, 0) / growths.length;
    // Two years of 16 % a year: a standard error of 0.23 / sqrt(200).
    expect(Math.abs(mean - 1)).toBeLessThan(3 * 0.0163);
  });
});

describe("shuffledIndex", () => {
  it("keeps every session's move, in another order", async () => {
    const { bars: own } = readSampleSeries(await readSampleData());
    const { bars } = await shuffledIndex(3);
    const moves = ({ open, high, low, close, length }: typeof own) =>
      Array.from({ length: length - 1 }, (_, i) =>
        [open, high, low, close].map((column) => (column[i + 1]! / close[i]!).toFixed(9)).join(),
      );
    expect(moves(bars).sort()).toEqual(moves(own).sort());
    expect(moves(bars)).not.toEqual(moves(own));
    expect(logReturn(bars)).toBeCloseTo(logReturn(own), 9);
  });
});
