import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { sessionPosition } from "#lib/market-data/simulate/market/price-path.ts";
import type { MarketPart } from "#lib/market-data/simulate/market/symbols.ts";
import { createPartOptions } from "#lib/market-data/simulate/options/market-options.ts";
import { blackScholes, thetaPerDay, vegaPerVolPoint } from "#lib/options/black-scholes.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import { marketWorld } from "../market/some-market.ts";

const MARKET: MarketPart = { kind: "market" };
const world = marketWorld({ seed: 6 });
const options = createPartOptions(world, MARKET);
const at = (date: number): number => sessionPosition(world.market(), date);
const daily = options.chains(at(20240603), at(20240903), "daily")!;
const quoted = daily.filter(({ underlyingPrice }) => !Number.isNaN(underlyingPrice));

interface Contract {
  readonly bid: number;
  readonly ask: number;
}

/** Calls and puts of one expiry by strike. */
function boards(chain: OptionChain): Map<number, Map<number, { call: Contract; put: Contract }>> {
  const found = new Map<number, Map<number, { call: Contract; put: Contract }>>();
  for (let i = 0; i < chain.length; i++) {
    const byStrike = found.get(chain.expiry[i]!) ?? new Map();
    found.set(chain.expiry[i]!, byStrike);
    const pair = byStrike.get(chain.strike[i]!) ?? {};
    pair[chain.right[i] === 1 ? "call" : "put"] = { bid: chain.bid[i]!, ask: chain.ask[i]! };
    byStrike.set(chain.strike[i]!, pair);
  }
  return found;
}

const { rate } = world.spec.options;
const { dividend_yield: dividendYield } = world.spec;

describe("simulateChains", () => {
  it("gives each session its open interest at the open, without quotes, and the market at its close", () => {
    expect(daily).toHaveLength(2 * 63);
    for (let i = 0; i < daily.length; i += 2) {
      const [morning, close] = [daily[i]!, daily[i + 1]!];
      expect(morning.knownAt).toBe(NYSE.openOf(morning.sessionDate));
      expect(close.knownAt).toBe(NYSE.closeOf(close.sessionDate));
      expect(morning.underlyingPrice).toBeNaN();
      for (const column of [morning.bid, morning.ask, morning.iv, morning.delta, morning.volume])
        expect(column.every(Number.isNaN)).toBe(true);
      expect(close.openInterest).toEqual(morning.openInterest);
      expect(close.strike).toEqual(morning.strike);
    }
  });

  it("quotes at the underlying's raw close, at least 31 strikes of the same day around it", () => {
    const bars = world.bars(MARKET, "daily", { start: "2024-06-03", end: "2024-09-03" });
    for (const [i, chain] of quoted.entries()) {
      expect(chain.underlyingPrice).toBe(bars.close[i]);
      const own = [...boards(chain).get(chain.sessionDate)!.keys()].sort((a, b) => a - b);
      expect(own.length).toBeGreaterThanOrEqual(31);
      const middle = Math.round(i === 0 ? chain.underlyingPrice : bars.close[i - 1]!);
      if (i > 0) for (let k = -15; k <= 15; k++) expect(own).toContain(middle + k);
    }
  });

  it("has volatility and greeks that are those of Black and Scholes, and quotes around that price", () => {
    for (const chain of quoted.slice(0, 20)) {
      for (let i = 0; i < chain.length; i += 7) {
        const years = yearsToExpiry(chain.knownAt, chain.expiry[i]!);
        if (years === 0) {
          for (const column of [chain.iv, chain.delta, chain.gamma, chain.theta, chain.vega]) expect(column[i]).toBeNaN();
          const worth = Math.max(0, chain.right[i]! * (chain.underlyingPrice - chain.strike[i]!));
          expect(chain.bid[i]!).toBeLessThanOrEqual(worth + 1e-9);
          expect(chain.ask[i]!).toBeGreaterThanOrEqual(worth - 1e-9);
          continue;
        }
        const value = blackScholes({
          underlying: chain.underlyingPrice,
          strike: chain.strike[i]!,
          years,
          rate,
          volatility: chain.iv[i]!,
          dividendYield,
          right: chain.right[i] as 1 | -1,
        });
        expect(chain.delta[i]).toBeCloseTo(value.delta, 12);
        expect(chain.gamma[i]).toBeCloseTo(value.gamma, 12);
        expect(chain.theta[i]).toBeCloseTo(thetaPerDay(value.theta), 12);
        expect(chain.vega[i]).toBeCloseTo(vegaPerVolPoint(value.vega), 12);
        expect(chain.bid[i]!).toBeLessThanOrEqual(value.price);
        expect(chain.ask[i]!).toBeGreaterThanOrEqual(value.price);
        expect(chain.ask[i]!).toBeGreaterThan(chain.bid[i]!);
      }
    }
  });

  it("keeps put-call parity: the middles differ from the forward's worth by less than the spreads", () => {
    for (const chain of quoted) {
      for (const [expiry, byStrike] of boards(chain)) {
        const years = yearsToExpiry(chain.knownAt, expiry);
        for (const [strike, { call, put }] of byStrike) {
          const forward = chain.underlyingPrice * Math.exp(-dividendYield * years) - strike * Math.exp(-rate * years);
          const middle = (call.bid + call.ask - put.bid - put.ask) / 2;
          expect(Math.abs(middle - forward)).toBeLessThan((call.ask - call.bid + put.ask - put.bid) / 2 + 1e-9);
          // No conversion or reversal pays at the quotes.
          expect(call.bid - put.ask).toBeLessThan(forward + 1e-9);
          expect(call.ask - put.bid).toBeGreaterThan(forward - 1e-9);
        }
      }
    }
  });

  it("has no butterfly, no vertical and no calendar spread that pays for sure at the quotes", () => {
    for (const chain of quoted.filter((_, i) => i % 5 === 0)) {
      const byExpiry = [...boards(chain)].sort(([a], [b]) => a - b);
      for (const [expiry, byStrike] of byExpiry) {
        const years = yearsToExpiry(chain.knownAt, expiry);
        const strikes = [...byStrike.keys()].sort((a, b) => a - b);
        for (let i = 0; i + 1 < strikes.length; i++) {
          const [low, high] = [byStrike.get(strikes[i]!)!, byStrike.get(strikes[i + 1]!)!];
          expect(low.call.ask).toBeGreaterThanOrEqual(high.call.bid);
          expect(high.put.ask).toBeGreaterThanOrEqual(low.put.bid);
          expect(low.call.bid - high.call.ask).toBeLessThanOrEqual((strikes[i + 1]! - strikes[i]!) * Math.exp(-rate * years) + 1e-9);
          if (i === 0) continue;
          const [k1, k2, k3] = [strikes[i - 1]!, strikes[i]!, strikes[i + 1]!];
          const weight = (k3 - k2) / (k3 - k1);
          const wing = byStrike.get(k1)!;
          expect(weight * wing.call.ask + (1 - weight) * high.call.ask).toBeGreaterThanOrEqual(low.call.bid - 1e-9);
          expect(weight * wing.put.ask + (1 - weight) * high.put.ask).toBeGreaterThanOrEqual(low.put.bid - 1e-9);
        }
      }
      for (let i = 0; i + 1 < byExpiry.length; i++) {
        const [near, far] = [byExpiry[i]!, byExpiry[i + 1]!];
        // At the same multiple of the forward; the dividend yield is all that lets a European call fall with time.
        const [t1, t2] = [near[0], far[0]].map((expiry) => yearsToExpiry(chain.knownAt, expiry)) as [number, number];
        for (const [strike, { put, call }] of near[1]) {
          const later = far[1].get(strike);
          if (later === undefined) continue;
          const carried =
            strike * (1 - Math.exp(-(rate + dividendYield) * (t2 - t1))) +
            chain.underlyingPrice * (1 - Math.exp(-dividendYield * (t2 - t1)));
          expect(later.put.ask).toBeGreaterThanOrEqual(put.bid - carried - 1e-9);
          expect(later.call.ask).toBeGreaterThanOrEqual(call.bid - carried - 1e-9);
        }
      }
    }
  });

  it("has open interest that each morning differs from the last by no more than was traded, from nothing at the listing", () => {
    let changed = 0;
    for (let i = 0; i + 3 < daily.length; i += 2) {
      const [close, next] = [daily[i + 1]!, daily[i + 2]!];
      const later = new Map(
        Array.from({ length: next.length }, (_, k) => [`${next.expiry[k]} ${next.strike[k]} ${next.right[k]}`, next.openInterest[k]!]),
      );
      for (let k = 0; k < close.length; k++) {
        if (close.expiry[k] === close.sessionDate) continue;
        const key = `${close.expiry[k]} ${close.strike[k]} ${close.right[k]}`;
        // What was listed stays listed.
        expect(later.has(key), key).toBe(true);
        const change = later.get(key)! - close.openInterest[k]!;
        expect(Math.abs(change)).toBeLessThanOrEqual(close.volume[k]!);
        if (change !== 0) changed += 1;
        later.delete(key);
      }
      for (const [key, interest] of later) expect(interest, key).toBe(0);
    }
    expect(changed).toBeGreaterThan(10_000);
  });

  it("gives a session the same chain in any window, and never reads the future", () => {
    const alone = createPartOptions(marketWorld({ seed: 6 }), MARKET).chains(at(20240715), at(20240716), "daily")!;
    expect(alone).toEqual(daily.filter(({ sessionDate }) => sessionDate === 20240715));
    const shorter = createPartOptions(marketWorld({ seed: 6, last_date: "2024-07-15" }), MARKET).chains(
      at(20240715),
      at(20240715) + 1,
      "daily",
    );
    expect(shorter).toEqual(alone);
  });

  it("follows the cadence: a snapshot at each bar's end, whose volume only grows to that of the day", () => {
    const [from, to] = [at(20240703), at(20240708)];
    const close = new Map(quoted.map((chain) => [chain.sessionDate, chain]));
    for (const [cadence, perSession] of [
      // 2024-07-03 ends at 13:00.
      ["hourly", [4, 7]],
      ["15m", [14, 26]],
      ["5m", [42, 78]],
    ] as const) {
      const chains = options.chains(from, to, cadence)!;
      for (const [i, date] of [20240703, 20240705].entries()) {
        const own = chains.filter(({ sessionDate }) => sessionDate === date);
        expect(own).toHaveLength(perSession[i]! + 1);
        for (let k = 2; k < own.length; k++) {
          expect(own[k]!.knownAt).toBeGreaterThan(own[k - 1]!.knownAt);
          expect(own[k]!.volume.every((volume, c) => volume >= own[k - 1]!.volume[c]!)).toBe(true);
        }
        expect(own.at(-1)).toEqual(close.get(date));
      }
    }
  });

  it("lists stocks' options on Fridays only, and none of those that may split", () => {
    const stock = createPartOptions(world, { kind: "stock", index: 2 }).chains(at(20240701), at(20240703), "daily")!;
    expect([...new Set(stock[1]!.expiry)].slice(0, 2)).toEqual([20240705, 20240712]);
    expect(createPartOptions(world, { kind: "stock", index: 20 }).chains(0, 5, "daily")).toBeUndefined();
    const splitting = marketWorld({ actions: [{ ex_date: "2024-02-05", split_ratio: 2 }] });
    expect(createPartOptions(splitting, MARKET).chains(0, 5, "daily")).toBeUndefined();
  });

  it("refuses a window that would fill the memory", () => {
    expect(() => options.chains(at(20240102), at(20240903), "1m")).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringMatching(/must hold at most "\d+" sessions of 1m chains/) }),
    );
  });
});
