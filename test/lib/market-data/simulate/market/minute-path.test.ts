import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CADENCES } from "#lib/core/bars.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { resampleBars } from "#lib/market-data/resample.ts";
import type { MarketPart } from "#lib/market-data/simulate/market/symbols.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { correlation, marketWorld, mean, shortSpec } from "./some-market.ts";

const PARTS: readonly MarketPart[] = [
  { kind: "market" },
  { kind: "stock", index: 0 },
  { kind: "stock", index: 38 },
  { kind: "index", index: "VIX" },
  { kind: "index", index: "VIX3M" },
];
const ALL = { start: null, end: null };

describe("simulateMinutes", () => {
  it("rolls up to every larger bar exactly, half days, splits and dividends included", () => {
    const world = marketWorld({
      seed: 3,
      first_date: "2023-11-01",
      last_date: "2024-03-28",
      actions: [{ ex_date: "2024-03-04", split_ratio: 3 }],
    });
    for (const part of PARTS) {
      const minutes = world.bars(part, "1m", ALL);
      checkBars(minutes);
      for (const cadence of CADENCES)
        expect(world.bars(part, cadence, ALL), `${part.kind} ${cadence}`).toEqual(resampleBars(minutes, cadence));
    }
  });

  it("never breaks the rules of bars, whatever the market is made of", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          start_price: fc.double({ min: 5, max: 5000, noNaN: true }),
          annual_volatility: fc.double({ min: 0.02, max: 1, noNaN: true }),
          overnight_share: fc.double({ min: 0, max: 0.9, noNaN: true }),
          volatility: fc.record({
            fast: fc.double({ min: 0, max: 1, noNaN: true }),
            leverage: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
          }),
          jumps: fc.record({
            per_year: fc.double({ min: 0, max: 20, noNaN: true }),
            deviation: fc.constant(0.001),
            mean: fc.constant(0.001),
          }),
        }),
        (changes) => {
          const world = createMarketWorld(null, shortSpec({ ...changes, last_date: "2023-07-20" }));
          for (const part of PARTS.slice(0, 2)) {
            const minutes = world.bars(part, "1m", ALL);
            checkBars(minutes);
            expect(world.bars(part, "daily", ALL)).toEqual(resampleBars(minutes, "daily"));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("draws a session without its neighbours, in any order", () => {
    const [whole, alone] = [marketWorld({ seed: 5 }), marketWorld({ seed: 5 })];
    const part: MarketPart = { kind: "stock", index: 4 };
    const window = { start: "2024-07-01", end: "2024-07-03" };
    const all = whole.bars(part, "1m", { start: "2024-06-24", end: "2024-07-10" });
    const two = alone.bars(part, "1m", window);
    const from = all.start.indexOf(two.start[0]!);
    expect(two.close).toEqual(all.close.slice(from, from + two.length));
    expect(two.volume).toEqual(all.volume.slice(from, from + two.length));
  });

  it("has minutes as volatile as their half hour says, and unrelated to each other", () => {
    const world = marketWorld({ seed: 1 });
    for (const part of PARTS.slice(0, 2)) {
      const path = world.path(part);
      const returns: number[] = [];
      for (let t = 0; t < 150; t++) {
        const minutes = world.minutes(part, t);
        for (let p = path.firstPiece[t]!; p < path.firstPiece[t + 1]!; p++) {
          const [from, to] = [path.pieces.fromMinute[p]!, path.pieces.toMinute[p]!];
          const deviation = path.pieces.deviation[p]! / Math.sqrt(to - from);
          for (let m = from; m < to; m++) returns.push((minutes.close[m]! - minutes.open[m]!) / deviation);
        }
      }
      // Of a minute 90 % are traded through; meeting the half hour's extremes adds a little.
      expect(Math.abs(mean(returns.map((r) => r * r)) - 0.95)).toBeLessThan(0.06);
      expect(Math.abs(correlation(returns.slice(1), returns.slice(0, -1)))).toBeLessThan(0.04);
    }
  });

  it("lets a stock's minutes move with the market's", () => {
    const world = marketWorld({ seed: 1 });
    const [market, stock] = PARTS.slice(0, 2).map((part) => world.bars(part, "5m", { start: "2024-01-02", end: "2024-06-03" }));
    const returns = (bars: typeof market): number[] => Array.from(bars!.close, (close, i) => Math.log(close / bars!.open[i]!));
    expect(correlation(returns(market), returns(stock))).toBeGreaterThan(0.3);
  });
});
