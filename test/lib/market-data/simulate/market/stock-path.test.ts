import { describe, expect, it } from "vitest";
import { factorsFromActions } from "#lib/market-data/actions.ts";
import { simulateMarket } from "#lib/market-data/simulate/market/market-path.ts";
import { MEMBER_COUNT, memberOf } from "#lib/market-data/simulate/market/members.ts";
import type { PricePath } from "#lib/market-data/simulate/market/price-path.ts";
import { type StockPath, simulateStock } from "#lib/market-data/simulate/market/stock-path.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { correlation, marketSpec, mean } from "./some-market.ts";

const spec = marketSpec({ seed: 2 });
const market = simulateMarket("SIMMKT", spec);
const stocks = Array.from({ length: MEMBER_COUNT }, (_, index) => simulateStock(`S${index}`, market, memberOf(spec, index)));

const returnsOf = ({ pieces, firstPiece, sessions }: PricePath, from = 0, count = sessions.length): number[] =>
  Array.from({ length: count - 1 }, (_, i) => pieces.close[firstPiece[from + i + 2]! - 1]! - pieces.close[firstPiece[from + i + 1]! - 1]!);
const beside = (stock: StockPath): number[] => returnsOf(market, stock.marketSession, stock.sessions.length);

describe("simulateStock", () => {
  it("follows the market by its beta", () => {
    const errors = stocks
      .filter(({ sessions }) => sessions.length > 1500)
      .map((stock) => {
        const [own, common] = [returnsOf(stock), beside(stock)];
        const slope = correlation(own, common) * Math.sqrt(mean(own.map((r) => r * r)) / mean(common.map((r) => r * r)));
        return slope - stock.member.beta;
      });
    // The standard error of a beta over fifteen years is 0.03 to 0.05.
    expect(errors.length).toBeGreaterThan(20);
    expect(Math.abs(mean(errors))).toBeLessThan(0.03);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(0.2);
  });

  it("has the own volatility that it says, and what the market does not explain is its own", () => {
    const own = stocks.slice(0, 10).map((stock) => {
      const common = beside(stock);
      return returnsOf(stock).map((r, i) => r - stock.member.beta * common[i]!);
    });
    for (const [i, residuals] of own.entries()) {
      // Quarterly results add 4 x 0.05^2 a year.
      const stated = Math.sqrt(stocks[i]!.member.ownVolatility ** 2 + 0.01);
      expect(Math.sqrt(mean(residuals.map((r) => r * r)) * 252) / stated).toBeGreaterThan(0.85);
      expect(Math.sqrt(mean(residuals.map((r) => r * r)) * 252) / stated).toBeLessThan(1.15);
    }
    expect(Math.abs(correlation(own[0]!, own[1]!))).toBeLessThan(0.06);
  });

  it("has no trend: beta times the market's drift, jumps and convexity paid for", () => {
    const drifts = [1, 2, 3, 4].flatMap((seed) => {
      const other = marketSpec({ seed });
      const path = simulateMarket("SIMMKT", other);
      return Array.from(
        { length: 10 },
        (_, index) => mean(returnsOf(simulateStock("S", path, memberOf(other, index))).map((r) => Math.exp(r) - 1)) * 252,
      );
    });
    // Forty means of fifteen years; the market's own luck is common to ten of them: standard error about 0.025.
    expect(Math.abs(mean(drifts))).toBeLessThan(0.06);
  });

  it("splits what became dear or cheap, and its factor is what its actions say", () => {
    const world = createMarketWorld(null, spec);
    let splits = 0;
    for (let index = 10; index < MEMBER_COUNT; index++) {
      const { actions } = world.stock(index);
      splits += actions.filter(({ split }) => split !== 1).length;
      const bars = world.bars({ kind: "stock", index }, "daily", { start: null, end: null });
      const { factor } = factorsFromActions(bars, actions);
      for (let i = 0; i < bars.length; i++) expect(Math.abs(factor[i]! / bars.factor[i]! - 1)).toBeLessThan(1e-9);
      for (let i = 1; i < bars.length; i++) {
        // Raw prices jump by the split, adjusted ones move like any other night.
        const adjusted = Math.abs(Math.log((bars.open[i]! * bars.factor[i]!) / (bars.close[i - 1]! * bars.factor[i - 1]!)));
        expect(adjusted).toBeLessThan(0.35);
      }
    }
    expect(splits).toBeGreaterThan(3);
    expect(world.stock(3).actions.every(({ split }) => split === 1)).toBe(true);
  });

  it("lists some late, and delists who fell far below the top or was taken over", () => {
    expect(stocks.filter(({ marketSession }) => marketSession > 0)).toHaveLength(12);
    const gone = stocks.filter(({ delisting }) => delisting !== null);
    expect(gone.length).toBeGreaterThan(2);
    for (const { sessions, delisting, pieces, member } of gone) {
      expect(member.eventful).toBe(true);
      expect(sessions.at(-1)).toBe(delisting!.lastSession);
      const depth = pieces.close.at(-1)! - Math.max(...pieces.close);
      if (delisting!.reason === "failed") {
        expect(Math.exp(depth)).toBeLessThan(0.16);
        expect(delisting!.delistingReturn).toBeLessThanOrEqual(-0.3);
      } else expect(delisting!.delistingReturn).toBeGreaterThanOrEqual(0.05);
    }
  });

  it("never changes the past, and no stock depends on which others are asked for", () => {
    const shorter = { ...spec, last_date: "2015-06-30" };
    const stock = simulateStock("S5", simulateMarket("SIMMKT", shorter), memberOf(shorter, 5));
    expect(stock.pieces.close).toEqual(stocks[5]!.pieces.close.slice(0, stock.pieces.close.length));
    expect(stock.pieces.volume).toEqual(stocks[5]!.pieces.volume.slice(0, stock.pieces.volume.length));
    const alone = createMarketWorld(null, spec).stock(7);
    expect(alone.pieces.close).toEqual(stocks[7]!.pieces.close);
  });
});
