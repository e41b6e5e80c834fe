import { describe, expect, it } from "vitest";
import { type ContractTapePlan, createContractTapeBuilder } from "#lib/backtest/options/contract-tape-builder.ts";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionBars, OptionChain } from "#lib/core/option-data.ts";
import { type Bar, matrixOf } from "../support.ts";

/** Daily bars from Tuesday 2024-01-02 on (the first row is New Year's Day, which decides nothing here). */
const matrix = matrixOf(Array.from({ length: 5 }, (): Bar => [100, 100, 100, 100]));
const EXPIRY = 20240202;

/** A call and a put at 100, quoted at the row's end. */
function chainAt(row: number): OptionChain {
  const two = (value: number): Float64Array => new Float64Array(2).fill(value);
  const unknown = two(Number.NaN);
  return {
    underlying: "TEST",
    sessionDate: matrix.sessionDate[row]!,
    knownAt: matrix.ts[row]!,
    underlyingPrice: 100,
    length: 2,
    strike: two(100),
    expiry: two(EXPIRY),
    right: Int8Array.from([1, -1]),
    bid: two(0.97),
    ask: two(1.03),
    last: unknown,
    volume: two(100),
    openInterest: two(1000),
    iv: two(0.3),
    delta: Float64Array.from([0.5, -0.5]),
    gamma: unknown,
    theta: unknown,
    vega: unknown,
  };
}

/** Expiries whose minute bars each session asks for. */
function askedFor(plan: Partial<ContractTapePlan>, label = matrix.info.label) {
  const builder = createContractTapeBuilder({
    matrix: { ...matrix, info: { ...matrix.info, label } },
    rules: [{ dteTarget: 30, strike: "ATM" }],
    targetDelta: 0.35,
    weeklyOk: true,
    sides: { long: true, short: true },
    firstRow: 1,
    entry: "next_open",
    longestHoldBars: 2,
    sessionBound: false,
    everyMinute: false,
    ...plan,
  });
  return builder.sessions.map((date, i) => builder.session(date, [chainAt(1 + i)]));
}

describe("createContractTapeBuilder", () => {
  it("asks for the minutes of what was chosen the day before, where entries fill at the open", () => {
    expect(askedFor({})).toEqual([[], [EXPIRY], [EXPIRY], [EXPIRY]]);
  });

  it("asks for none where entries fill at the deciding close: the chains quote every price", () => {
    const both = { long: true, short: true };
    for (const sides of [both, { long: true, short: false }])
      expect(askedFor({ entry: "decision_close", sides })).toEqual([[], [], [], []]);
  });

  it("asks for those of the open at which a night ends, and for all minutes where a trade may end inside a bar", () => {
    const night = { kind: "close_to_open", entry: "decision_close", decision_time: "15:45", band: { kind: "none" } } as const;
    expect(askedFor({ entry: "decision_close" }, night)).toEqual([[], [EXPIRY], [EXPIRY], [EXPIRY]]);
    expect(askedFor({ entry: "decision_close", everyMinute: true })).toEqual([[EXPIRY], [EXPIRY], [EXPIRY], [EXPIRY]]);
  });

  describe("where the chains have last prices and no quotes", () => {
    const intraday = matrixOf(Array.from({ length: 5 }, (): Bar => [100, 100, 100, 100]));
    const untouched = new Float64Array(2).fill(Number.NaN);
    const unquoted = (row: number): OptionChain => ({ ...chainAt(row), bid: untouched, ask: untouched, last: new Float64Array(2).fill(1) });
    const build = (everyMinute: boolean) =>
      createContractTapeBuilder({
        matrix: intraday,
        rules: [{ dteTarget: 30, strike: "ATM" }],
        targetDelta: 0.35,
        weeklyOk: true,
        sides: { long: true, short: false },
        firstRow: 1,
        entry: "decision_close",
        longestHoldBars: 2,
        sessionBound: false,
        everyMinute,
      });
    const minutes = (date: number): OptionBars => {
      const open = NYSE.openOf(date);
      const three = (value: number): Float64Array => new Float64Array(3).fill(value);
      return {
        underlying: "TEST",
        sessionDate: date,
        expiry: EXPIRY,
        length: 3,
        start: Float64Array.from([0, 120, 240], (minute) => open + minute * 60_000),
        strike: Float64Array.of(100, 100, 105),
        right: Int8Array.of(1, 1, 1),
        open: three(1.1),
        high: three(1.1),
        low: three(1.1),
        close: three(1.1),
        vwap: three(1.1),
        volume: three(1),
      };
    };

    it("asks for the day's minutes of what a trade may hold, and notes them to the close", () => {
      const builder = build(false);
      const [date] = builder.sessions;
      expect(builder.session(date!, [unquoted(1)])).toEqual([EXPIRY]);
      builder.traded(minutes(date!));
      const { prices, strike } = builder.finish(null, []);
      expect(Array.from(strike)).toEqual([100]);
      const open = NYSE.openOf(date!);
      expect(Array.from(prices.ms)).toEqual([open + 60_000, open + 121 * 60_000, intraday.ts[1]]);
      expect(Array.from(prices.traded)).toEqual([1.1, 1.1, 1]);
    });

    it("notes the opening only of a contract that is quoted", () => {
      const builder = build(false);
      const [date] = builder.sessions;
      expect(builder.session(date!, [chainAt(1)])).toEqual([]);
      builder.traded(minutes(date!));
      expect(Array.from(builder.finish(null, []).prices.ms)).toEqual([NYSE.openOf(date!) + 60_000, intraday.ts[1]]);
    });
  });
});
