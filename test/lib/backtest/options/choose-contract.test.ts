import { describe, expect, it } from "vitest";
import {
  CHOSEN,
  type ContractAsk,
  chooseContract,
  deltaOf,
  NO_DELTA_IN_BAND,
  NO_EXPIRY,
  NO_STRIKE,
} from "#lib/backtest/options/choose-contract.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { outOfMoneyShare } from "#lib/options/strike-selection.ts";

/** Tuesday 2024-01-02, 10:30 New York. */
const NOW = Date.UTC(2024, 0, 2, 15, 30);
/** Today, Friday the 5th, the monthly expiry of the 19th, and Friday the 26th. */
const EXPIRIES = [20240102, 20240105, 20240119, 20240126] as const;
const STRIKES = [90, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 110] as const;

/** Calls, then puts of each expiry; deltas fall by 0.1 a dollar from 0.5 at 100. */
function chainOf(changes: Partial<OptionChain> = {}): OptionChain {
  const contracts = EXPIRIES.flatMap((expiry) =>
    ([1, -1] as const).flatMap((right) => STRIKES.map((strike) => ({ expiry, right, strike }))),
  );
  const column = (value: (contract: (typeof contracts)[number]) => number): Float64Array => Float64Array.from(contracts, value);
  const callDelta = (strike: number): number => Math.min(0.99, Math.max(0.01, 0.5 - (strike - 100) / 10));
  const unknown = column(() => Number.NaN);
  return {
    underlying: "TEST",
    sessionDate: 20240102,
    knownAt: NOW,
    underlyingPrice: 100,
    length: contracts.length,
    strike: column(({ strike }) => strike),
    expiry: column(({ expiry }) => expiry),
    right: Int8Array.from(contracts, ({ right }) => right),
    bid: column(() => 0.97),
    ask: column(() => 1.03),
    last: unknown,
    volume: column(() => 100),
    openInterest: column(() => 1000),
    iv: column(() => 0.3),
    delta: column(({ strike, right }) => (right > 0 ? callDelta(strike) : callDelta(strike) - 1)),
    gamma: unknown,
    theta: unknown,
    vega: unknown,
    ...changes,
  };
}

const ASK: ContractAsk = {
  rule: { dteTarget: 0, strike: "ATM" },
  right: 1,
  targetDelta: 0.35,
  weeklyOk: true,
  entrySession: 20240102,
  entryMs: NOW,
  spot: 100,
};

function choose(ask: Partial<ContractAsk> & { readonly dte?: number; readonly strike?: string | null } = {}, chain = chainOf()) {
  const { dte = 0, strike = "ATM", ...rest } = ask;
  const { index, choice } = chooseContract(chain, { ...ASK, rule: { dteTarget: dte, strike }, ...rest });
  return index < 0 ? choice : [chain.expiry[index], chain.strike[index], chain.right[index]];
}

describe("chooseContract", () => {
  it("takes the listed expiry nearest to the days asked for, the later of two equally near", () => {
    expect([0, 1, 3, 7, 10, 30].map((dte) => (choose({ dte }) as number[])[0])).toEqual([
      20240102, 20240102, 20240105, 20240105, 20240119, 20240126,
    ]);
    // The 12th, too, is seven days from both.
    expect(choose({ dte: 0, entrySession: 20240112, entryMs: Date.UTC(2024, 0, 12, 15) })).toEqual([20240119, 100, 1]);
  });

  it("counts days from the session of the entry, and buys nothing that has expired by then", () => {
    const close = Date.UTC(2024, 0, 2, 21);
    // At today's close for tomorrow's open: what expires today is gone, and the nearest is Friday.
    expect(choose({ entrySession: 20240103, entryMs: Date.UTC(2024, 0, 3, 14, 30) })).toEqual([20240105, 100, 1]);
    expect(choose({ entryMs: close })).toEqual([20240105, 100, 1]);
    expect(choose({ entryMs: close - 1 })).toEqual([20240102, 100, 1]);
    expect(choose({ entrySession: 20240201, entryMs: Date.UTC(2024, 1, 1) })).toBe(NO_EXPIRY);
  });

  it("takes monthly expiries only where weeklies are not wanted", () => {
    expect(choose({ weeklyOk: false })).toEqual([20240119, 100, 1]);
    expect(choose({ dte: 30, weeklyOk: false })).toEqual([20240119, 100, 1]);
    // Good Friday 2019-04-19: that month's expiry was Thursday the 18th.
    const dates = [20190412, 20190418, 20190426];
    const expiry = Float64Array.from({ length: 104 }, (_, i) => dates[Math.min(2, Math.floor(i / 26))]!);
    const april = chainOf({ expiry });
    const entry = { entrySession: 20190408, entryMs: Date.UTC(2019, 3, 8, 15), weeklyOk: false };
    expect((choose({ ...entry, dte: 0 }, april) as number[])[0]).toBe(20190418);
  });

  it("takes the strike whose delta is nearest to the target, within 0.05 of it", () => {
    // 0.4 at 101 and 0.3 at 102.
    expect(choose({ strike: null, targetDelta: 0.36 })).toEqual([20240102, 101, 1]);
    expect(choose({ strike: null, targetDelta: 0.31 })).toEqual([20240102, 102, 1]);
    expect(choose({ strike: null, right: -1, targetDelta: 0.31 })).toEqual([20240102, 98, -1]);
    const sparse = chainOf({ delta: chainOf().delta.map((delta) => (Math.abs(delta) > 0.25 && Math.abs(delta) < 0.45 ? 0.46 : delta)) });
    expect(choose({ strike: null }, sparse)).toBe(NO_DELTA_IN_BAND);
  });

  it("takes the listed strike nearest to the selected one", () => {
    expect(choose({ spot: 100.6 })).toEqual([20240102, 101, 1]);
    expect(choose({ strike: "5%_OTM" })).toEqual([20240102, 105, 1]);
    expect(choose({ strike: "5%_OTM", right: -1 })).toEqual([20240102, 95, -1]);
    expect(choose({ strike: "10%_OTM", right: -1 })).toEqual([20240102, 90, -1]);
    expect(choose({ strike: "5%_ITM" })).toEqual([20240102, 95, 1]);
    // 110.99 lies outside the listed strikes by less than 1 % of the price, 112.2 by more.
    expect(choose({ strike: "10%_OTM", spot: 100.9 })).toEqual([20240102, 110, 1]);
    expect(choose({ strike: "10%_OTM", spot: 102 })).toBe(NO_STRIKE);
  });

  it("does not replace a contract that is thin or unquoted", () => {
    const thin = chainOf({ openInterest: new Float64Array(104), bid: new Float64Array(104).fill(Number.NaN) });
    expect(choose({}, thin)).toEqual([20240102, 100, 1]);
    expect(chooseContract(thin, ASK).choice).toBe(CHOSEN);
  });

  it("works deltas out where the source has none", () => {
    const unknown = new Float64Array(104).fill(Number.NaN);
    // At the money with a volatility of .3 and 5.5 hours left a call's delta is N(.3 sqrt(T) / 2) = .5015.
    expect(deltaOf(chainOf({ delta: unknown }), 6, 100)).toBeCloseTo(0.5015, 4);
    // Without a volatility its price of 1.00 implies one: N(1 / 100 / 2) at the money.
    expect(deltaOf(chainOf({ delta: unknown, iv: unknown }), 6, 100)).toBeCloseTo(0.505, 3);
  });
});

describe("outOfMoneyShare", () => {
  it("reads how far out of the money a selection aims", () => {
    expect(["ATM", "5%_OTM", "10%_OTM", "5%_ITM"].map(outOfMoneyShare)).toEqual([0, 0.05, 0.1, -0.05]);
    expect(() => outOfMoneyShare("5%OTM")).toThrow(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});
