import { describe, expect, it } from "vitest";
import { type ContractTapePlan, createContractTapeBuilder } from "#lib/backtest/options/contract-tape-builder.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
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
});
