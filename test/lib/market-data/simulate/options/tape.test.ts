import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { type OptionTape, TRADE_KINDS } from "#lib/core/option-data.ts";
import { sessionPosition } from "#lib/market-data/simulate/market/price-path.ts";
import type { MarketPart } from "#lib/market-data/simulate/market/symbols.ts";
import { createPartOptions } from "#lib/market-data/simulate/options/market-options.ts";
import { correlation, marketWorld, mean } from "../market/some-market.ts";

const MARKET: MarketPart = { kind: "market" };
const world = marketWorld({ seed: 6 });
const options = createPartOptions(world, MARKET);
const sessions = [20240701, 20240702, 20240703, 20240705];
const tapes = sessions.map((session) => options.tape(session, session)!);

/** For each trade the quote of its contract that stood before it. */
function quoteBefore({ trades, quotes }: OptionTape): Int32Array {
  const standing = new Map<number, number>();
  let q = 0;
  return trades.ts.reduce((out, ts, i) => {
    for (; q < quotes.length && quotes.ts[q]! < ts; q++) standing.set(quotes.contract[q]!, q);
    out[i] = standing.get(trades.contract[i]!) ?? -1;
    return out;
  }, new Int32Array(trades.length));
}

interface Signed {
  readonly kind: string;
  readonly side: number;
  /** What the quote rule says: 1 above the middle, -1 below it, 0 at it. */
  readonly rule: number;
  readonly atTouch: boolean;
  readonly hasBid: boolean;
}

const signed: readonly Signed[] = tapes.flatMap((tape) => {
  const before = quoteBefore(tape);
  return Array.from({ length: tape.trades.length }, (_, i) => {
    const [bid, ask] = [tape.quotes.bid[before[i]!]!, tape.quotes.ask[before[i]!]!];
    const price = tape.trades.price[i]!;
    return {
      kind: TRADE_KINDS[tape.trades.kind[i]!]!,
      side: tape.trades.trueSide![i]!,
      rule: Math.sign(Math.round((2 * price - bid - ask) * 100)),
      atTouch: price === bid || price === ask,
      hasBid: bid > 0,
    };
  });
});
const share = (of: readonly Signed[], that: (one: Signed) => boolean): number => of.filter(that).length / of.length;
const ofKind = (kind: string): readonly Signed[] => signed.filter((one) => one.kind === kind);

describe("tapeOfBoard", () => {
  it("has times that ascend inside the session, and a quote for every trade before it", () => {
    for (const [i, tape] of tapes.entries()) {
      const [open, close] = [NYSE.openOf(sessions[i]!), NYSE.closeOf(sessions[i]!)];
      for (const { ts } of [tape.trades, tape.quotes]) {
        expect(ts[0]!).toBeGreaterThanOrEqual(open);
        expect(ts.at(-1)!).toBeLessThan(close);
        for (let k = 1; k < ts.length; k++) if (ts[k]! < ts[k - 1]!) expect.fail(`not ascending at ${k}`);
      }
      expect(quoteBefore(tape).every((quote) => quote >= 0)).toBe(true);
      expect(tape.quotes.bid.every((bid, k) => bid >= 0 && bid < tape.quotes.ask[k]!)).toBe(true);
    }
  });

  it("trades whole contracts at whole cents between bid and ask; only late ones may lie outside", () => {
    for (const tape of tapes) {
      const before = quoteBefore(tape);
      for (let i = 0; i < tape.trades.length; i++) {
        const [price, size, kind] = [tape.trades.price[i]!, tape.trades.size[i]!, tape.trades.kind[i]!];
        if (!(Number.isInteger(size) && size > 0 && Math.abs(price * 100 - Math.round(price * 100)) < 1e-9)) expect.fail(`trade ${i}`);
        if (TRADE_KINDS[kind] === "late") continue;
        const [bid, ask] = [tape.quotes.bid[before[i]!]!, tape.quotes.ask[before[i]!]!];
        if (price < Math.max(bid, 0.01) || price > ask) expect.fail(`trade ${i} at ${price} in ${bid}/${ask}`);
      }
    }
  });

  it("has kinds in their stated shares, and always knows who took", () => {
    expect(signed.length).toBeGreaterThan(50_000);
    expect(share(signed, ({ kind }) => kind === "complex")).toBeCloseTo(0.2, 2);
    expect(share(signed, ({ kind }) => kind === "late")).toBeCloseTo(0.01, 2);
    expect(share(signed, ({ kind }) => kind === "cross")).toBeCloseTo(0.02, 2);
    expect(signed.every(({ side }) => side === 1 || side === -1)).toBe(true);
  });

  it("lets the quote rule be right mostly with regular trades, and no better than a coin with legs of spreads", () => {
    const right = ({ side, rule }: Signed): boolean => side === rule;
    // Where nobody bids, every trade is a purchase.
    const decided = (kind: string): readonly Signed[] => ofKind(kind).filter(({ rule, hasBid }) => rule !== 0 && hasBid);
    expect(share(decided("regular"), right)).toBeGreaterThan(0.85);
    expect(share(decided("regular"), right)).toBeLessThan(0.97);
    expect(Math.abs(share(decided("complex"), right) - 0.5)).toBeLessThan(0.03);
    const all = signed.filter(({ rule, hasBid }) => rule !== 0 && hasBid);
    expect(share(all, right)).toBeGreaterThan(0.75);
    expect(share(all, right)).toBeLessThan(0.92);
    // Some trades say nothing by the quote, and most are at a side of it.
    expect(share(signed, ({ rule }) => rule === 0)).toBeGreaterThan(0.01);
    expect(share(ofKind("regular"), ({ atTouch }) => atTouch)).toBeGreaterThan(0.66);
  });

  it("makes every regular trade at the taker's side where that is what is asked for", () => {
    const honest = marketWorld({
      seed: 6,
      trades: { complex_share: 0, late_share: 0, cross_share: 0, touch: 1, improved: 0, middle: 0 },
    });
    const tape = createPartOptions(honest, MARKET).tape(20240702, 20240702)!;
    const before = quoteBefore(tape);
    for (let i = 0; i < tape.trades.length; i++) {
      const quote = before[i]!;
      const expected = tape.trades.trueSide![i] === 1 ? tape.quotes.ask[quote] : tape.quotes.bid[quote];
      if (tape.trades.price[i] !== expected) expect.fail(`trade ${i}`);
    }
  });

  it("lets buyers of calls and sellers of puts follow demand and the last minutes' return", () => {
    const demand: number[] = [];
    const recent: number[] = [];
    const balance: number[] = [];
    for (const [i, tape] of tapes.entries()) {
      const market = world.market();
      const t = sessionPosition(market, sessions[i]!);
      const minutes = world.minutes(MARKET, t);
      const [bulls, count] = [new Float64Array(minutes.length), new Float64Array(minutes.length)];
      for (let k = 0; k < tape.trades.length; k++) {
        const m = Math.floor((tape.trades.ts[k]! - NYSE.openOf(sessions[i]!)) / 60_000);
        bulls[m]! += tape.trades.trueSide![k]! * tape.right[tape.trades.contract[k]!]!;
        count[m]! += 1;
      }
      for (let m = 5; m < minutes.length; m++) {
        let p = market.firstPiece[t]!;
        while (market.pieces.toMinute[p]! <= m) p += 1;
        demand.push(market.drivers.demand[p]!);
        recent.push((minutes.close[m - 1]! - minutes.open[m - 5]!) / market.pieces.deviation[p]!);
        balance.push(bulls[m]! / count[m]!);
      }
    }
    expect(correlation(demand, balance)).toBeGreaterThan(0.7);
    // 1,360 minutes: the standard error is 0.027.
    expect(correlation(recent, balance)).toBeGreaterThan(0.1);
  });

  it("is empty where the expiry is not listed, and absent where there is no such session", () => {
    const empty = options.tape(20240702, 20240801)!;
    expect([empty.trades.length, empty.quotes.length, empty.strike.length]).toEqual([0, 0, 0]);
    expect(options.bars(20240702, 20240801)).toMatchObject({ length: 0, sessionDate: 20240702, expiry: 20240801 });
    expect(options.tape(20100104, 20100104)).toBeUndefined();
  });
});

describe("barsOfBoard", () => {
  it("is exactly what the tape's trades sum to", () => {
    for (const [i, session] of sessions.entries()) {
      const { trades, strike, right } = tapes[i]!;
      const open = NYSE.openOf(session);
      const cells = new Map<string, { prices: number[]; volume: number; cents: number }>();
      for (let k = 0; k < trades.length; k++) {
        const c = trades.contract[k]!;
        const start = open + Math.floor((trades.ts[k]! - open) / 60_000) * 60_000;
        const key = `${start} ${strike[c]} ${right[c]}`;
        const cell = cells.get(key) ?? { prices: [], volume: 0, cents: 0 };
        cells.set(key, cell);
        cell.prices.push(trades.price[k]!);
        cell.volume += trades.size[k]!;
        cell.cents += Math.round(trades.price[k]! * 100) * trades.size[k]!;
      }
      const bars = options.bars(session, session)!;
      expect(bars.length).toBe(cells.size);
      for (let row = 0; row < bars.length; row++) {
        const { prices, volume, cents } = cells.get(`${bars.start[row]} ${bars.strike[row]} ${bars.right[row]}`)!;
        expect([bars.open[row], bars.high[row], bars.low[row], bars.close[row], bars.volume[row]]).toEqual([
          prices[0],
          Math.max(...prices),
          Math.min(...prices),
          prices.at(-1),
          volume,
        ]);
        expect(bars.vwap[row]).toBeCloseTo(cents / volume / 100, 10);
        if (row > 0) expect(bars.start[row]!).toBeGreaterThanOrEqual(bars.start[row - 1]!);
      }
    }
  });

  it("sums to the volume of the chain at the close, for every expiry", () => {
    const at = sessionPosition(world.market(), 20240702);
    const chain = options.chains(at, at + 1, "daily")![1]!;
    const expiries = [...new Set(chain.expiry)];
    const traded = new Map<string, number>();
    for (const expiry of expiries) {
      const bars = options.bars(20240702, expiry)!;
      for (let i = 0; i < bars.length; i++) {
        const key = `${expiry} ${bars.strike[i]} ${bars.right[i]}`;
        traded.set(key, (traded.get(key) ?? 0) + bars.volume[i]!);
      }
    }
    for (let i = 0; i < chain.length; i++)
      expect(traded.get(`${chain.expiry[i]} ${chain.strike[i]} ${chain.right[i]}`) ?? 0).toBe(chain.volume[i]);
    // The day's own expiry trades most.
    const byExpiry = expiries.map((expiry) => chain.volume.reduce((sum, volume, i) => sum + (chain.expiry[i] === expiry ? volume : 0), 0));
    expect(Math.max(...byExpiry)).toBe(byExpiry[0]);
  });

  it("trades most at the money, and less of an expiry's luck than of its place", () => {
    const bars = options.bars(20240702, 20240702)!;
    const spot = world.bars(MARKET, "daily", { start: "2024-07-02", end: "2024-07-03" });
    const middle = mean([spot.open[0]!, spot.close[0]!]);
    const within = (distance: number): number =>
      bars.volume.reduce((sum, volume, i) => sum + (Math.abs(bars.strike[i]! - middle) <= distance ? volume : 0), 0);
    expect(within(5) / within(Number.POSITIVE_INFINITY)).toBeGreaterThan(0.7);
  });

  it("asks for no other expiry's or session's data: the same bars alone", () => {
    const alone = createPartOptions(marketWorld({ seed: 6 }), MARKET).bars(20240703, 20240703);
    expect(alone).toEqual(options.bars(20240703, 20240703));
  });
});

describe("tapeOfUnderlying", () => {
  it.each<MarketPart>([MARKET, { kind: "stock", index: 1 }, { kind: "stock", index: 30 }])("sums to the minute bars: %j", (part) => {
    const bars = world.bars(part, "1m", { start: "2024-07-03", end: "2024-07-05" });
    const { trades, quotes } = createPartOptions(world, part as Exclude<MarketPart, { kind: "index" }>).underlyingTape(20240703)!;
    let k = 0;
    for (let m = 0; m < bars.length; m++) {
      const prices: number[] = [];
      let volume = 0;
      for (; k < trades.length && trades.ts[k]! < bars.end[m]!; k++) {
        expect(trades.ts[k]!).toBeGreaterThanOrEqual(bars.start[m]!);
        prices.push(trades.price[k]!);
        volume += trades.size[k]!;
        expect(trades.size[k]!).toBeGreaterThanOrEqual(1);
      }
      expect([prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), volume]).toEqual([
        bars.open[m],
        bars.high[m],
        bars.low[m],
        bars.close[m],
        bars.volume[m],
      ]);
    }
    expect(k).toBe(trades.length);
    for (let q = 0; q < quotes.length; q++) {
      expect(quotes.ask[q]! - quotes.bid[q]!).toBeCloseTo(0.01, 9);
      if (q > 0) expect(quotes.ts[q]!).toBe(quotes.ts[q - 1]! + 10_000);
    }
    for (let i = 1; i < trades.length; i++) if (trades.ts[i]! < trades.ts[i - 1]!) expect.fail(`not ascending at ${i}`);
  });
});
