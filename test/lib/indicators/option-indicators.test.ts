import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { FlowCells, OptionChain } from "#lib/core/option-data.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { blackScholesPrice } from "#lib/options/black-scholes.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import { chainOf, pair, type TestContract } from "../options/chain/build-chain.ts";
import { closingChain, columnsOnDays } from "./golden/day-bars.ts";

const [MON, TUE, WED, THU] = [20240708, 20240709, 20240710, 20240711];
const EXPIRY = 20240719;
const at = (hour: number, minute = 0): number => newYorkWallToUtc(2024, 7, 8, hour, minute);

/** Rows of Monday that end at given moments; the close alternates, so that its volatility is known. */
function monday(ends: readonly number[], data: Partial<IndicatorInputs>): IndicatorInputs {
  const close = Float64Array.from(ends, (_, i) => 100 + (i % 2));
  return createIndicatorInputs({
    length: ends.length,
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
    sessionDate: close.map(() => MON),
    barStart: Float64Array.from(ends, (end) => end - 1_800_000),
    barEnd: Float64Array.from(ends),
    scale: close.map(() => 1),
    barsPerYear: 13 * 252,
    ...data,
  });
}
const columnsOf = (entry: IndicatorEntry, inputs: IndicatorInputs): number[][] =>
  computePlan(planIndicators([entry]), inputs).map((series) => [...series]);

/** A chain of quotes that imply one volatility, known at a moment. */
function quotes(knownAt: number, volatility: number, more: Partial<TestContract> = {}): OptionChain {
  const contracts = [90, 95, 100, 105, 110].flatMap((strike) =>
    ([1, -1] as const).map((right) => {
      const spec = { underlying: 100, strike, years: yearsToExpiry(knownAt, EXPIRY), rate: 0, volatility, dividendYield: 0, right };
      const price = blackScholesPrice(spec);
      return { strike, right, expiry: EXPIRY, bid: price, ask: price, ...more };
    }),
  );
  return chainOf(contracts, { sessionDate: MON, knownAt, underlyingPrice: 100 });
}

describe("atm_iv", () => {
  it("says on request which source it used", () => {
    const chains = [quotes(at(10), 0.2, { iv: 0.21 }), quotes(at(11), 0.3)];
    const [level, fromQuotes] = columnsOf(
      { name: "atm_iv", days: 0, record_source: true },
      monday([at(9, 59), at(10), at(11)], { chains }),
    );
    expect(fromQuotes).toEqual([Number.NaN, 0, 1]);
    expect(level![0]).toBeNaN();
    expect(level![1]).toBeCloseTo(0.21, 9);
    expect(level![2]).toBeCloseTo(0.3, 9);
    expect(columnsOf({ name: "atm_iv" }, monday([at(10)], { chains }))).toHaveLength(1);
  });

  it("does not fall back to quotes when the snapshot is asked for, nor the other way round", () => {
    const chains = [quotes(at(10), 0.2, { iv: 0.21 }), quotes(at(11), 0.3)];
    const of = (iv_source: string): number[] => columnsOf({ name: "atm_iv", days: 0, iv_source }, monday([at(10), at(11)], { chains }))[0]!;
    expect(of("snapshot")[1]).toBeNaN();
    expect(of("quotes")[0]).toBeCloseTo(0.2, 9);
    expect(of("snapshot")[0]).toBeCloseTo(0.21, 9);
  });
});

describe("iv_realized_spread", () => {
  const ends = [at(14), at(14, 30), at(14, 45), at(15), at(15, 30)];
  const realized = columnsOf({ name: "volatility", window: 2 }, monday(ends, {}))[0]!;
  const implied = (entry: object, chains: readonly OptionChain[]): number[] =>
    columnsOf({ name: "iv_realized_spread", window: 2, days: 0, ...entry }, monday(ends, { chains }))[0]!.map(
      (spread, t) => spread + realized[t]!,
    );

  it("reads quotes in the window only, the median so far, and keeps it afterwards", () => {
    const chains = [quotes(at(14), 0.9), quotes(at(14, 30), 0.2), quotes(at(14, 45), 0.3), quotes(at(15), 0.25), quotes(at(15, 30), 0.8)];
    const found = implied({ iv_source: "quotes", quote_window: "14:30-15:00" }, chains);
    expect(found[0]).toBeNaN();
    expect(found[1]).toBeNaN();
    // At 14:45 the mean of two quotes; at 15:00 and later the middle one of three, at the moment of the middle one.
    expect(found[2]).toBeCloseTo(0.25, 2);
    expect(found[3]).toBeCloseTo(0.25, 2);
    expect(found[4]).toBe(found[3]);
  });

  it("takes a snapshot's own volatilities at any time when the source is auto", () => {
    const chains = [quotes(at(14), 0.5, { iv: 0.4 }), quotes(at(14, 45), 0.3), quotes(at(15, 30), 0.8)];
    const found = implied({ quote_window: "14:30-15:00" }, chains);
    expect(found[2]).toBeCloseTo(0.3, 9);
    expect(found[4]).toBeCloseTo(0.3, 9);
    const early = columnsOf(
      { name: "iv_realized_spread", window: 2, days: 0, quote_window: "14:30-15:00" },
      monday([at(13), at(13, 30), at(14)], { chains }),
    )[0]!;
    expect(early[2]! + realized[2]!).toBeCloseTo(0.4, 9);
  });

  it("refuses a window that is none", () => {
    for (const quote_window of ["14:30", "25:00-26:00", "14:30-15", ""])
      expect(() => planIndicators([{ name: "iv_realized_spread", quote_window }])).toThrow('must be "last" or New York times');
  });
});

describe("atm_iv_open_delta", () => {
  const chains = [quotes(at(10), 0.2), quotes(at(12), 0.26), quotes(at(15), 0.23)];

  it("is the change since the session's first snapshot", () => {
    const [delta] = columnsOf({ name: "atm_iv_open_delta", days: 0 }, monday([at(9, 59), at(10), at(12), at(15)], { chains }));
    expect(delta![0]).toBeNaN();
    [0, 0.06, 0.03].forEach((expected, k) => {
      expect(delta![k + 1]).toBeCloseTo(expected, 9);
    });
  });

  it("is unknown in a session whose first snapshot came more than an hour after the open, and on the day after", () => {
    expect(columnsOf({ name: "atm_iv_open_delta", days: 0 }, monday([at(12), at(15)], { chains: chains.slice(1) }))[0]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
    expect(columnsOnDays({ name: "atm_iv_open_delta", days: 0 }, [MON, TUE], { chains })["atm_iv_open_delta_front"]![1]).toBeNaN();
  });
});

describe("div_eod", () => {
  const day = (session: number, calls: number, puts: number): OptionChain =>
    closingChain(session, [
      { strike: 100, right: 1, expiry: EXPIRY, volume: calls },
      { strike: 100, right: -1, expiry: EXPIRY, volume: puts },
    ]);

  it("is 1 after a rise on more calls, -1 after a rise on more puts, and of the session before", () => {
    const sessions = [MON, TUE, WED, THU];
    const chains = [day(MON, 5, 5), day(TUE, 9, 2), day(WED, 2, 9), day(THU, 3, 3)];
    expect(columnsOnDays({ name: "div_eod" }, sessions, { chains, close: [100, 101, 102, 50] })["div_eod"]).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      -1,
    ]);
    expect(columnsOnDays({ name: "div_eod" }, sessions, { chains, close: [100, 99, 98, 50] })["div_eod"]).toEqual([
      Number.NaN,
      Number.NaN,
      -1,
      1,
    ]);
  });

  it("is 0 after an unchanged close, and unknown without the session's volumes", () => {
    const chains = [day(MON, 5, 5), day(TUE, 9, 2)];
    expect(columnsOnDays({ name: "div_eod" }, [MON, TUE, WED, THU], { chains, close: [100, 100, 100, 100] })["div_eod"]!.slice(2)).toEqual([
      0,
      Number.NaN,
    ]);
  });
});

describe("oi_change_1d and oi_trend", () => {
  const morning = (session: number, openInterest: number): OptionChain =>
    chainOf([{ strike: 100, right: 1, expiry: EXPIRY, openInterest }], { sessionDate: session, knownAt: NYSE.openOf(session) - 3_600_000 });

  it("compare mornings: 100, 110, 121, 132", () => {
    const chains = [morning(MON, 100), morning(TUE, 110), morning(WED, 121), morning(THU, 132)];
    const sessions = [MON, TUE, WED, THU];
    const change = columnsOnDays({ name: "oi_change_1d" }, sessions, { chains })["oi_change_1d"]!;
    expect(change[0]).toBeNaN();
    expect(change[1]).toBeCloseTo(0.1, 12);
    expect(change[3]).toBeCloseTo(132 / 121 - 1, 12);
    // 100, 110, 121 and 132 rise by 10.7 a session, of a mean of 115.75.
    expect(columnsOnDays({ name: "oi_trend", window: 4 }, sessions, { chains })["oi_trend_4"]![3]).toBeCloseTo(10.7 / 115.75, 12);
  });
});

describe("gex_signed", () => {
  const [start, next] = [at(9, 30), at(15, 30)];
  const column = (...values: number[]): Float64Array => Float64Array.from(values);
  const cells = (more: Partial<FlowCells> = {}): FlowCells => {
    const none = column(0, 0);
    const flow = { callBought: column(10, 5), callSold: column(2, 0), putBought: none, putSold: column(1, 1) };
    const volume = { callVolume: column(12, 5), putVolume: column(1, 1), callPremium: none, putPremium: none };
    const premium = { callBoughtPremium: none, callSoldPremium: none, putBoughtPremium: none, putSoldPremium: none };
    return {
      underlying: "SPY",
      length: 2,
      barStart: column(start, next),
      strike: column(100, 100),
      ...flow,
      ...volume,
      ...premium,
      ...more,
    };
  };
  const chain = (knownAt: number): OptionChain =>
    chainOf(pair(100, { expiry: MON, gamma: 0.1 }), { sessionDate: MON, knownAt, underlyingPrice: 100 });
  const of = (data: Partial<IndicatorInputs>): number[] =>
    columnsOf(
      { name: "gex_signed" },
      monday([at(9, 45), at(10), at(15, 59), at(16)], { ...data, barStart: column(at(9, 15), start, next, next) }),
    )[0]!;

  it("adds up the session's net trades, takes the newest gamma, and is nothing once the contracts have expired", () => {
    const chains = [chain(at(9, 40)), chain(at(10)), chain(at(16))];
    // Takers hold 8 calls and are short 1 put: -(8 - 1) x 0.1 x 100 x 100^2 x 0.01; then 13 calls less 2 puts.
    const [before, first, last, close] = of({ chains, flowCells: cells() });
    expect(before).toBeNaN();
    expect(first).toBeCloseTo(-7000, 9);
    expect(last).toBeCloseTo(-11_000, 9);
    expect(close).toBe(0);
  });

  it("is unknown without cells, without a snapshot of the session, and while most trades are unsigned", () => {
    const chains = [chain(at(9, 40))];
    const unknown = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    expect(of({ chains })).toEqual(unknown);
    expect(of({ flowCells: cells() })).toEqual(unknown);
    expect(of({ chains, flowCells: cells({ callVolume: column(30, 30) }) })).toEqual(unknown);
    expect(of({ chains, flowCells: cells({ callBought: column(Number.NaN, Number.NaN) }) })).toEqual(unknown);
  });
});
