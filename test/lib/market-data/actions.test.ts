import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bars } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { type CorporateAction, factorsFromActions } from "#lib/market-data/actions.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";
import { someBars } from "./some-bars.ts";

const split = (exDate: number, ratio: number): CorporateAction => ({ exDate, split: ratio, cash: 0 });
const pays = (exDate: number, cash: number): CorporateAction => ({ exDate, split: 1, cash });

/** Daily bars from Monday 2024-07-01 on with these closes; 2024-07-04 is no session. */
function closing(closes: readonly number[], from = 20240701): Bars {
  const bars = someBars(closes.length, { from });
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column.set(closes);
  return bars;
}
const factorsOf = (bars: Bars, ...actions: CorporateAction[]): number[] => Array.from(factorsFromActions(bars, actions).factor);

describe("factorsFromActions", () => {
  it("makes raw price x factor continuous across a split of 7:1", () => {
    // Apple, 2014-06-06 to 06-10: closes 645.57, then 93.70 and 94.25 after the split of 2014-06-09.
    const bars = closing([645.57, 93.7, 94.25], 20140606);
    const { factor, stamps } = factorsFromActions(bars, [split(20140609, 7)]);
    expect(Array.from(factor)).toEqual([1, 7, 7]);
    expect((bars.close[1]! * factor[1]!) / (bars.close[0]! * factor[0]!)).toBeCloseTo(655.9 / 645.57, 12);
    expect(stamps).toEqual([]);
  });

  it("compares the price after a dividend with what was left of the close before it: 100 to 99 with 2 paid is 99 / 98", () => {
    const bars = closing([100, 99, 99]);
    const factor = factorsOf(bars, pays(20240702, 2));
    expect(factor).toEqual([1, 100 / 98, 100 / 98]);
    expect((99 * factor[1]!) / 100).toBeCloseTo(99 / 98, 14);
  });

  it("multiplies what several dates bring, in the order of dates and not of the list", () => {
    const bars = closing([200, 198, 66, 65, 64]);
    // 2 paid after 200; then 3:1; then 0.5 paid after 65, per share of then.
    const factor = factorsOf(bars, pays(20240708, 0.5), split(20240703, 3), pays(20240702, 2));
    expect(factor[1]).toBeCloseTo(200 / 198, 14);
    expect(factor[2]).toBeCloseTo((200 / 198) * 3, 14);
    expect(factor[3]).toBe(factor[2]);
    expect(factor[4]).toBeCloseTo((200 / 198) * 3 * (65 / 64.5), 14);
  });

  it("pays what a split's own date pays to the shares held before: 90 to 44 after 2:1 with 4 paid is 88 / 86", () => {
    const bars = closing([90, 44]);
    const factor = factorsOf(bars, split(20240702, 2), pays(20240702, 4));
    expect((44 * factor[1]!) / 90).toBeCloseTo(88 / 86, 14);
  });

  it("takes actions up to the first bar, and after the last, as no action", () => {
    const bars = closing([10, 11]);
    expect(factorsOf(bars, split(20200101, 7), pays(20240628, 1), split(20240701, 2), split(20240703, 3))).toEqual([1, 1]);
    expect(factorsOf(closing([]), split(20240701, 2))).toEqual([]);
  });

  it("applies an action of a day without a bar at the next bar, each from what the one before left over", () => {
    // 2024-07-04 is closed; both dates lie between 07-03 and 07-05.
    const bars = closing([100, 100, 100, 24]);
    const factor = factorsOf(bars, pays(20240704, 4), split(20240705, 4));
    expect(factor[3]).toBeCloseTo((100 / 96) * 4, 14);
    // A payment after the split is one of the new shares: 1 of 24, since (100 - 4) / 4 = 24.
    const paidAfter = factorsOf(closing([100, 24], 20240703), pays(20240704, 4), split(20240704, 4), pays(20240705, 1));
    expect(paidAfter[1]).toBeCloseTo((100 / 96) * 4 * (24 / 23), 14);
  });

  it("changes the factor within a day at the day's first bar, from the last close before it", () => {
    const bars = someBars(14, { cadence: "hourly" });
    bars.close[6] = 50;
    const factor = factorsOf(bars, pays(20240702, 1));
    expect(factor.slice(0, 7)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(new Set(factor.slice(7))).toEqual(new Set([50 / 49]));
  });

  it("stamps a distribution of unknown worth in the range, and none outside it", () => {
    const bars = closing([10, 11, 12]);
    const unknown = (exDate: number): CorporateAction => ({ exDate, split: 2, cash: Number.NaN });
    expect(factorsFromActions(bars, [unknown(20240702)])).toEqual({ factor: Float64Array.of(1, 2, 2), stamps: ["price_return_only"] });
    expect(factorsFromActions(bars, [unknown(20240701), unknown(20240705)]).stamps).toEqual([]);
  });

  it.each([
    [split(20240702, 0), 'splits by "0"'],
    [split(20240702, Number.NaN), 'splits by "NaN"'],
    [pays(20240702, -1), 'pays "-1" per share'],
    [pays(20240702, 100), 'pays "100" per share after a price of "100"'],
  ])("refuses what no price can be adjusted by: %j", (action, issue) => {
    expect(() => factorsOf(closing([100, 1]), action)).toThrowError(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(`of "TEST" with the ex-date 2024-07-02 ${issue}`) }),
    );
  });

  it("never changes an earlier factor when later actions become known, whatever they are", () => {
    const dates = fc.integer({ min: 0, max: 29 }).map((i) => NYSE.addSessions(20240701, i));
    const action = fc.record({
      exDate: dates,
      split: fc.constantFrom(1, 2, 0.1, 1.05),
      cash: fc.double({ min: 0, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 8 }), fc.array(action, { maxLength: 8 }), dates, (past, later, from) => {
        const bars = closing(Array.from({ length: 30 }, (_, i) => 1e6 + i));
        const known = past.filter(({ exDate }) => exDate < from);
        const before = factorsFromActions(bars, known).factor;
        const after = factorsFromActions(bars, [...later.filter(({ exDate }) => exDate >= from), ...known]).factor;
        const row = NYSE.sessionIndex(from) - NYSE.sessionIndex(20240701);
        expect(after.subarray(0, row)).toEqual(before.subarray(0, row));
      }),
    );
  });
});

describeWithShared("factorsFromActions on real prices", ["data/equity_daily_lean/AAPL_1d.csv"], () => {
  it("gives the source's own factors of Apple from 2014 on, to the accuracy that they are written in", () => {
    const { bars } = parseCsvBars(readFileSync(sharedPath("data/equity_daily_lean/AAPL_1d.csv")), { symbol: "AAPL", cadence: "daily" });
    const from = bars.start.findIndex((start) => sessionDateOf(start) === 20140502);
    const cut = (column: Float64Array): Float64Array => column.slice(from);
    const part: Bars = { ...bars, length: bars.length - from, start: cut(bars.start), close: cut(bars.close), factor: cut(bars.factor) };
    // Dividends of 3.29 on 2014-05-08 (before the split), 0.47 on 2014-08-07 and 2014-11-06; 7:1 on 2014-06-09.
    const actions = [pays(20140508, 3.29), split(20140609, 7), pays(20140807, 0.47), pays(20141106, 0.47)];
    const { factor } = factorsFromActions(part, actions);
    const last = part.length - 1;
    for (const date of [20140507, 20140508, 20140606, 20140609, 20140806, 20140807, 20141105, 20141106]) {
      const row = part.start.findIndex((start) => sessionDateOf(start) === date);
      expect(factor[row]! / factor[last]! / (part.factor[row]! / part.factor[last]!), String(date)).toBeCloseTo(1, 4);
    }
  });
});
