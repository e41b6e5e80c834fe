import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { riskFreeReturns } from "#lib/backtest/risk-free.ts";
import type { Bars } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";

/** Daily bars of sessions, each known at its close or later. */
function barsOf(values: Readonly<Record<number, number>>, change: Partial<Bars> = {}): Bars {
  const dates = Object.keys(values).map(Number);
  const close = Float64Array.from(Object.values(values));
  return {
    symbol: "IRX",
    cadence: "daily",
    length: dates.length,
    start: Float64Array.from(dates, (date) => NYSE.openOf(date)),
    end: Float64Array.from(dates, (date) => NYSE.closeOf(date)),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(dates.length),
    factor: new Float64Array(dates.length).fill(1),
    ...change,
  } as Bars;
}

// Thursday 5 and Friday 6 September, Monday 9 and Tuesday 10 September 2024.
const WEEK = Float64Array.of(20240906, 20240909, 20240910);

describe("riskFreeReturns", () => {
  it("pays a yield by calendar days, at the rate that was known before the session opened", () => {
    const bars = barsOf({ 20240905: 3.65, 20240906: 7.3, 20240909: 36.5, 20240910: 99 });
    const [friday, monday, tuesday] = riskFreeReturns(bars, "yield_pct", WEEK);
    // 3.65 % a year is a hundredth of a percent a day; the weekend counts three days.
    expect(friday).toBeCloseTo(0.0001, 15);
    expect(monday).toBeCloseTo(0.0006, 15);
    expect(tuesday).toBeCloseTo(0.001, 15);
  });

  it("waits for a rate that is published late", () => {
    const values = { 20240905: 3.65, 20240906: 7.3 };
    const late = barsOf(values, { availableAt: Float64Array.of(NYSE.closeOf(20240905), NYSE.openOf(20240909) + 1) });
    expect(riskFreeReturns(late, "yield_pct", WEEK)[1]).toBeCloseTo(0.0003, 15);
  });

  it("takes a price's own return over the session, adjusted", () => {
    const bars = barsOf({ 20240905: 100, 20240906: 101, 20240909: 50.5, 20240910: 51.51 }, { factor: Float64Array.of(1, 1, 2, 2) });
    const [friday, monday, tuesday] = riskFreeReturns(bars, "price", WEEK);
    expect(friday).toBeCloseTo(0.01, 12);
    expect(monday).toBeCloseTo(0, 12);
    expect(tuesday).toBeCloseTo(0.02, 12);
  });

  it("refuses sessions that the series does not cover, by name", () => {
    const refused = (bars: Bars, sessions: Float64Array) =>
      expect(() => riskFreeReturns(bars, "yield_pct", sessions)).toThrow(
        expect.objectContaining({ code: "DATA_UNAVAILABLE", message: expect.stringContaining('"IRX" has no value for the session') }),
      );
    refused(barsOf({ 20240906: 5 }), WEEK);
    refused(barsOf({ 20240801: 5 }), WEEK);
    refused(barsOf({ 20240905: Number.NaN }), WEEK);
  });

  it("never reads a yield of the session itself or of a later one", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), fc.integer({ min: 0, max: 2 }), (other, from) => {
        const values = { 20240905: 3, 20240906: 4, 20240909: 5, 20240910: 6 };
        const changed = Object.fromEntries(Object.entries(values).map(([date, value], i) => [date, i > from ? other : value]));
        const known = riskFreeReturns(barsOf(values), "yield_pct", WEEK).slice(0, from + 1);
        expect(riskFreeReturns(barsOf(changed), "yield_pct", WEEK).slice(0, from + 1)).toEqual(known);
      }),
    );
  });
});
