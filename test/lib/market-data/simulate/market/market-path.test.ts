import { describe, expect, it } from "vitest";
import { type MarketPath, simulateMarket } from "#lib/market-data/simulate/market/market-path.ts";
import { correlation, marketSpec, mean, shortSpec } from "./some-market.ts";

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
/** Twelve histories of fifteen years. */
const markets = SEEDS.map((seed) => simulateMarket("SIMMKT", marketSpec({ seed })));
const meanOf = (of: (market: MarketPath) => number): number => mean(markets.map(of));

const closesOf = ({ pieces, firstPiece, sessions }: MarketPath): number[] => sessions.map((_, t) => pieces.close[firstPiece[t + 1]! - 1]!);
const returnsOf = (market: MarketPath): number[] => {
  const closes = closesOf(market);
  return closes.slice(1).map((close, t) => close - closes[t]!);
};
const meanSquare = (values: readonly number[]): number => mean(values.map((value) => value * value));

/** A whole half hour's return in standard deviations, beside the half hour before it. */
function* halfHours({ pieces, firstPiece, sessions }: MarketPath): Generator<{ readonly now: number; readonly before: number }> {
  const whole = (p: number): boolean => pieces.toMinute[p]! - pieces.fromMinute[p]! === 30;
  for (let t = 0; t < sessions.length; t++)
    for (let p = firstPiece[t]! + 1; p < firstPiece[t + 1]!; p++) if (whole(p) && whole(p - 1)) yield { now: p, before: p - 1 };
}
const shock = ({ pieces }: MarketPath, p: number): number => (pieces.close[p]! - pieces.open[p]!) / pieces.deviation[p]!;

describe("simulateMarket", () => {
  it("has the volatility that is stated, jumps and nights included", () => {
    // Half days have less variance: 1 % of it. A history's own volatility varies by 8 % as volatility wanders.
    expect(Math.abs(meanOf((market) => Math.sqrt(meanSquare(returnsOf(market)) * 252)) - 0.16)).toBeLessThan(0.008);
    const calm = simulateMarket("SIMMKT", marketSpec({ annual_volatility: 0.3, volatility: { slow: 0, fast: 0 } }));
    // Constant volatility: the standard error over 3,774 sessions is 1.2 %, with jumps 1.5 %.
    expect(Math.abs(Math.sqrt(meanSquare(returnsOf(calm)) * 252) / 0.3 - 0.995)).toBeLessThan(0.04);
  });

  it("has fat tails, and no fatter ones than a normal where volatility stands still and nothing jumps", () => {
    const kurtosis = (market: MarketPath): number => {
      const returns = returnsOf(market);
      return mean(returns.map((value) => value ** 4)) / meanSquare(returns) ** 2;
    };
    for (const market of markets) expect(kurtosis(market)).toBeGreaterThan(4.5);
    const plain = simulateMarket("SIMMKT", marketSpec({ volatility: { slow: 0, fast: 0 }, jumps: { per_year: 0 } }));
    // The standard error of a normal's kurtosis over 3,774 values is 0.08.
    expect(Math.abs(kurtosis(plain) - 3)).toBeLessThan(0.25);
  });

  it("has more volatility after losses: returns and later squares are negatively related", () => {
    const leverage = (market: MarketPath): number => {
      const returns = returnsOf(market);
      return mean(
        [1, 2, 3, 4, 5].map((k) =>
          correlation(
            returns.slice(0, -k),
            returns.slice(k).map((value) => value ** 2),
          ),
        ),
      );
    };
    for (const market of markets) expect(leverage(market)).toBeLessThan(-0.03);
    const none = SEEDS.map((seed) => simulateMarket("SIMMKT", marketSpec({ seed, volatility: { leverage: 0 }, jumps: { per_year: 0 } })));
    expect(Math.abs(mean(none.map(leverage)))).toBeLessThan(0.02);
  });

  it("moves at night by the stated share of the variance", () => {
    const night = (market: MarketPath): number => {
      const gaps = market.sessions.slice(1).map((_, t) => market.drivers.gap[market.firstPiece[t + 1]!]!);
      return meanSquare(gaps) / meanSquare(returnsOf(market));
    };
    expect(Math.abs(meanOf(night) - 0.3)).toBeLessThan(0.03);
  });

  it("is lively at the open and at the close and quiet at noon, in prices and in volume", () => {
    const bySegment = (of: (market: MarketPath, p: number) => number): number[] => {
      const [market] = markets as [MarketPath];
      const sums = new Array<number>(13).fill(0);
      let days = 0;
      for (let t = 0; t < market.sessions.length; t++) {
        if (market.firstPiece[t + 1]! - market.firstPiece[t]! !== 13) continue;
        days += 1;
        for (let i = 0; i < 13; i++) sums[i]! += of(market, market.firstPiece[t]! + i);
      }
      return sums.map((sum) => sum / days);
    };
    const variance = bySegment(({ pieces }, p) => (pieces.close[p]! - pieces.open[p]!) ** 2);
    expect(variance[0]! / variance[6]!).toBeGreaterThan(2);
    expect(variance[12]! / variance[6]!).toBeGreaterThan(2);
    const volume = bySegment(({ pieces }, p) => pieces.volume[p]!);
    expect(volume[0]! / volume[6]!).toBeGreaterThan(2);
    expect(volume[12]! / volume[6]!).toBeGreaterThan(2.5);
  });

  it("jumps as often as stated", () => {
    const jumps = (market: MarketPath): number => market.drivers.jump.filter((jump) => jump !== 0).length;
    // 12 histories of 14.98 years and 6 a year: 1,078, standard deviation 33.
    expect(Math.abs(markets.reduce((sum, market) => sum + jumps(market), 0) - 1078)).toBeLessThan(100);
    expect(jumps(simulateMarket("SIMMKT", marketSpec({ jumps: { per_year: 0 } })))).toBe(0);
  });

  it("has no trend but a stated one", () => {
    const drift = (market: MarketPath): number => mean(returnsOf(market).map((value) => Math.exp(value) - 1)) * 252;
    // The standard error of a history's mean is 0.16 / sqrt(15) = 0.041, of twelve 0.012.
    expect(Math.abs(meanOf(drift))).toBeLessThan(0.03);
    const rising = SEEDS.map((seed) => simulateMarket("SIMMKT", marketSpec({ seed, annual_drift: 0.08 })));
    expect(Math.abs(mean(rising.map(drift)) - meanOf(drift) - 0.08)).toBeLessThan(0.004);
  });

  it("plants the stated correlation of demand with the next half hour's return, and demand reacts to the last one", () => {
    const impact = (market: MarketPath): number => {
      const pairs = [...halfHours(market)];
      return correlation(
        pairs.map(({ before }) => market.drivers.demand[before]!),
        pairs.map(({ now }) => shock(market, now)),
      );
    };
    // 43,000 pairs a history: standard error 0.005, of twelve 0.0014.
    expect(Math.abs(meanOf(impact) - 0.03)).toBeLessThan(0.004);
    const reaction = (market: MarketPath): number => {
      const pairs = [...halfHours(market)];
      return correlation(
        pairs.map(({ now }) => market.drivers.demand[now]!),
        pairs.map(({ before }) => shock(market, before)),
      );
    };
    expect(Math.abs(meanOf(reaction) - 0.3)).toBeLessThan(0.02);
    const none = simulateMarket("SIMMKT", marketSpec({ flow: { impact: 0, reaction: 0 } }));
    expect(Math.abs(impact(none))).toBeLessThan(0.015);
    expect(Math.abs(reaction(none))).toBeLessThan(0.015);
  });

  it("pays a quarter of its yield four times a year and carries stated actions out on their dates", () => {
    const actions = [
      { ex_date: "2024-02-05", split_ratio: 4 },
      { ex_date: "2024-05-18", dividend: 1.5 },
    ];
    const market = simulateMarket("SIMMKT", shortSpec({ actions }));
    const stated = market.actions.filter(({ exDate, split }) => split !== 1 || exDate === 20240520);
    // 2024-05-18 is a Saturday: what is stated for it goes ex on Monday.
    expect(stated).toEqual([
      { exDate: 20240205, split: 4, cash: 0 },
      { exDate: 20240520, split: 1, cash: 1.5 },
    ]);
    expect(market.actions.filter(({ cash }) => cash > 0).map(({ exDate }) => Math.floor(exDate / 100))).toEqual([
      202309, 202312, 202403, 202405, 202406, 202409, 202412,
    ]);
    expect(() => simulateMarket("SIMMKT", shortSpec({ actions: [{ ex_date: "2024-02-05", dividend: 9999 }] }))).toThrowError(
      /a dividend must be below the price; found "9999" on 2024-02-05/,
    );
  });

  it("never changes the past: fewer sessions are the beginning of more", () => {
    const [long, short] = [shortSpec({ seed: 4 }), shortSpec({ seed: 4, last_date: "2024-02-09" })].map((spec) =>
      simulateMarket("SIMMKT", spec),
    );
    const { firstPiece, sessions, pieces, drivers, logScale } = short!;
    expect(sessions).toEqual(long!.sessions.slice(0, sessions.length));
    expect(firstPiece).toEqual(long!.firstPiece.slice(0, firstPiece.length));
    expect(logScale).toEqual(long!.logScale.slice(0, logScale.length));
    for (const name of Object.keys(pieces) as (keyof typeof pieces)[])
      expect(pieces[name], name).toEqual(long!.pieces[name].slice(0, pieces.open.length));
    for (const name of Object.keys(drivers) as (keyof typeof drivers)[])
      expect(drivers[name], name).toEqual(long!.drivers[name].slice(0, pieces.open.length));
  });

  it("is another world for another seed", () => {
    expect(simulateMarket("SIMMKT", shortSpec({ seed: 8 })).pieces.close).not.toEqual(
      simulateMarket("SIMMKT", shortSpec({ seed: 9 })).pieces.close,
    );
  });

  it("refuses dates without sessions and parameters that contradict each other", () => {
    expect(() => simulateMarket("SIMMKT", marketSpec({ first_date: "2024-07-04", last_date: "2024-07-05" }))).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining("at least two sessions") }),
    );
    expect(() => marketSpec({ options: { skew: -0.9, curvature: 1.5 } })).toThrowError(/could be arbitraged/);
    expect(() => marketSpec({ jumps: { per_year: 100, deviation: 0.1 } })).toThrowError(/at most 80 % of the variance/);
    expect(() => marketSpec({ trades: { touch: 0.9, improved: 0.2 } })).toThrowError(/sum to at most 1/);
    expect(() => marketSpec({ trades: { complex_share: 0.9, cross_share: 0.2 } })).toThrowError(/sum to at most 1/);
    expect(() => marketSpec({ actions: [{ ex_date: "2024-02-05" }] })).toThrowError(/either split_ratio or dividend/);
  });
});
