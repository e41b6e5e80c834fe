import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { MEMBER_COUNT } from "#lib/market-data/simulate/market/members.ts";
import { createRecent } from "#lib/market-data/simulate/market/recent.ts";
import { createMarketWorld, sessionsIn } from "#lib/market-data/simulate/market/world.ts";
import { expiryOn } from "#lib/market-data/simulate/options/expiries.ts";
import { createPartOptions } from "#lib/market-data/simulate/options/market-options.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import { correlation, marketSpec, marketWorld, mean } from "./some-market.ts";

const ALL = { start: null, end: null };

describe("createMarketWorld", () => {
  it("has forty stocks whose stays, first and last sessions and last returns are those of their paths", () => {
    const world = createMarketWorld(null, marketSpec({ seed: 2, first_date: "2014-01-02" }));
    const members = world.universe();
    expect(members).toHaveLength(MEMBER_COUNT);
    for (const [index, member] of members.entries()) {
      const { sessions, delisting } = world.stock(index);
      expect(member.from).toBe(sessions[0]);
      if (delisting === null) expect([member.to, member.delistingReturn, sessions.at(-1)]).toEqual([null, null, 20241231]);
      else expect([NYSE.previousSession(member.to!), member.delistingReturn]).toEqual([sessions.at(-1), delisting.delistingReturn]);
      const bars = world.bars({ kind: "stock", index }, "daily", ALL);
      expect(bars.length).toBe(sessions.length);
    }
    expect(members.some(({ delistingReturn }) => delistingReturn !== null)).toBe(true);
    expect(members.some(({ from }) => from > 20140102)).toBe(true);
  });

  it("has volatility indices that are the at-the-money volatility of the options, at thirty and ninety-three days", () => {
    const world = marketWorld({ seed: 3 });
    const market = world.market();
    const from = market.sessions.indexOf(20240701);
    const chains = createPartOptions(world, { kind: "market" })
      .chains(from, from + 60, "daily")!
      .filter(({ underlyingPrice }) => !Number.isNaN(underlyingPrice));
    for (const [index, days] of [
      ["VIX", 30],
      ["VIX3M", 93],
    ] as const) {
      const levels = world.bars({ kind: "index", index }, "daily", { start: "2024-07-01", end: null });
      const found = chains.map((chain) => {
        const years = days / 365;
        // At-the-money total variance by expiry, between the two expiries around the horizon.
        const fridays = [...new Set(chain.expiry)].filter((expiry) => expiryOn(expiry, "weekly"));
        const atMoney = fridays.map((expiry) => {
          const time = yearsToExpiry(chain.knownAt, expiry);
          const forward = chain.underlyingPrice * Math.exp((world.spec.options.rate - world.spec.dividend_yield) * time);
          let [below, above] = [-1, -1];
          for (let i = 0; i < chain.length; i++) {
            if (chain.expiry[i] !== expiry || chain.right[i] !== 1) continue;
            if (chain.strike[i]! <= forward) below = i;
            else if (above < 0) above = i;
          }
          const part = (forward - chain.strike[below]!) / (chain.strike[above]! - chain.strike[below]!);
          const volatility = (1 - part) * chain.iv[below]! + part * chain.iv[above]!;
          return { time, variance: volatility ** 2 * time };
        });
        const after = atMoney.findIndex(({ time }) => time >= years);
        const [a, b] = [atMoney[after - 1]!, atMoney[after]!];
        const share = (years - a.time) / (b.time - a.time);
        return 100 * Math.sqrt((a.variance + share * (b.variance - a.variance)) / years);
      });
      for (const [i, level] of found.entries()) expect(Math.abs(levels.close[i]! / level - 1), `${index} ${i}`).toBeLessThan(0.004);
    }
  });

  it("has volatility indices that rise when the market falls, the near one more", () => {
    const world = marketWorld({ seed: 3 });
    const changes = (close: Float64Array): number[] => Array.from(close.subarray(1), (value, i) => Math.log(value / close[i]!));
    const market = changes(world.bars({ kind: "market" }, "daily", ALL).close);
    const near = changes(world.bars({ kind: "index", index: "VIX" }, "daily", ALL).close);
    const far = changes(world.bars({ kind: "index", index: "VIX3M" }, "daily", ALL).close);
    expect(correlation(market, near)).toBeLessThan(-0.45);
    const size = (values: readonly number[]): number => mean(values.map(Math.abs));
    expect(size(near)).toBeGreaterThan(1.2 * size(far));
  });

  it("gives the sessions of a window, and the first and the last one when it holds none", () => {
    const world = marketWorld({ seed: 3 });
    const part = { kind: "market" } as const;
    const whole = world.bars(part, "daily", ALL);
    checkBars(whole);
    const some = world.bars(part, "daily", { start: "2024-07-04", end: "2024-07-09" });
    expect(some.close).toEqual(whole.close.slice(whole.start.indexOf(some.start[0]!)).slice(0, 2));
    const ends = world.bars(part, "daily", { start: "1999-01-04", end: "1999-02-01" });
    expect([...ends.close]).toEqual([whole.close[0], whole.close.at(-1)]);
    expect(sessionsIn(world.market(), { start: "2024-12-31", end: null })).toEqual([whole.length - 1, whole.length]);
    expect(() => world.bars(part, "daily", { start: "2024-02-30", end: null })).toThrowError(/window.start must be a date/);
  });
});

describe("createRecent", () => {
  it("makes a value once, and forgets the one that was not used for longest", () => {
    const made: string[] = [];
    const recent = createRecent<string>(2);
    const get = (key: string): string =>
      recent.get(key, () => {
        made.push(key);
        return key;
      });
    for (const key of ["a", "b", "a", "c", "a", "b"]) expect(get(key)).toBe(key);
    expect(made).toEqual(["a", "b", "c", "b"]);
  });
});
