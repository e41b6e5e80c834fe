import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import { latestMeasure } from "#lib/indicators/snapshots.ts";
import { chainOf, pair, type TestContract } from "../options/chain/build-chain.ts";
import { closingChain, columnsOnDays } from "./golden/day-bars.ts";

const [MON, TUE, WED] = [20240708, 20240709, 20240710];
const HOUR = 3_600_000;

const open = (strike: number, openInterest: number): TestContract[] => pair(strike, { expiry: 20240719, openInterest });
const quoted = (iv: number): TestContract[] => [...pair(95, { expiry: 20240719, iv }), ...pair(105, { expiry: 20240719, iv })];
const morning = (session: number, contracts: readonly TestContract[]): OptionChain =>
  chainOf(contracts, { sessionDate: session, knownAt: NYSE.openOf(session) - HOUR, underlyingPrice: Number.NaN });

/** Hourly rows of some sessions, with the closes and the scale given. */
function hourly(rows: readonly (readonly [session: number, hour: number])[], data: Partial<IndicatorInputs>): IndicatorInputs {
  const flat = new Float64Array(rows.length).fill(100);
  return createIndicatorInputs({
    length: rows.length,
    open: flat,
    high: flat,
    low: flat,
    close: flat,
    volume: flat,
    sessionDate: Float64Array.from(rows, ([session]) => session),
    barStart: Float64Array.from(rows, ([session, hour]) => NYSE.openOf(session) + (hour - 1) * HOUR),
    barEnd: Float64Array.from(rows, ([session, hour]) => NYSE.openOf(session) + hour * HOUR),
    scale: flat.map(() => 1),
    barsPerYear: 7 * 252,
    ...data,
  });
}
const columnOf = (name: string, inputs: IndicatorInputs): number[] => [...computePlan(planIndicators([{ name }]), inputs)[0]!];

describe("the snapshot that a row reads", () => {
  it("is passed over for a measure of which it carries nothing: a morning has no volatilities, a close has yesterday's open interest", () => {
    const chains = [closingChain(MON, [...quoted(0.2), ...open(100, 7)]), morning(TUE, open(105, 9)), closingChain(TUE, quoted(0.3))];
    const rows = hourly(
      [
        [MON, 6.5],
        [TUE, 1],
        [TUE, 6.5],
      ],
      { chains },
    );
    expect(columnOf("max_pain", rows)).toEqual([100, 105, 105]);
    const volatility = [...computePlan(planIndicators([{ name: "atm_iv", days: 0 }]), rows)[0]!];
    [0.2, 0.2, 0.3].forEach((expected, t) => {
      expect(volatility[t]).toBeCloseTo(expected, 12);
    });
  });

  it("is not passed over when what it carries is bad: then the measure is unknown, not yesterday's", () => {
    const negative = open(105, 9).map((contract) => ({ ...contract, openInterest: -1 }));
    const chains = [morning(MON, open(100, 7)), morning(TUE, negative)];
    expect(columnsOnDays({ name: "max_pain" }, [MON, TUE], { chains })["max_pain"]).toEqual([100, Number.NaN]);
  });

  it("is stale after one session", () => {
    const chains = [morning(MON, open(100, 7))];
    expect(columnsOnDays({ name: "max_pain" }, [MON, TUE, WED], { chains })["max_pain"]).toEqual([100, 100, Number.NaN]);
  });

  it("is measured once, however many rows, columns and inputs read it", () => {
    let calls = 0;
    const chains = [closingChain(MON, quoted(0.2)), closingChain(TUE, quoted(0.3))];
    const measure = {
      kind: "market",
      key: "counted",
      of: ({ underlyingPrice }: OptionChain) => {
        calls += 1;
        return underlyingPrice;
      },
    } as const;
    for (let k = 0; k < 3; k++) {
      const rows = hourly(
        [
          [MON, 6.5],
          [TUE, 6.5],
        ],
        { chains: [...chains] },
      );
      expect([...latestMeasure(rows, measure), ...latestMeasure(rows, measure)]).toEqual([100, 100, 100, 100]);
    }
    expect(calls).toBe(2);
  });
});

describe("a strike beside adjusted prices", () => {
  // A split of 4 for 1 before Tuesday's open: raw strikes 400 on Monday, 100 on Tuesday; prices on Monday's scale.
  const chains = [morning(MON, open(400, 7)), closingChain(MON, open(400, 7))];
  const rows = [
    [MON, 6.5],
    [TUE, 1],
    [TUE, 6.5],
  ] as const;
  const scale = Float64Array.of(1, 4, 4);
  const close = Float64Array.of(410, 408, 412);

  it("is on the scale of the prices, so that as of the row it reads as listed", () => {
    const own = [...chains, morning(TUE, open(100, 7))];
    const strikes = columnOf("max_pain", hourly(rows, { chains: own, scale, close }));
    expect(strikes).toEqual([400, 400, 400]);
    expect(strikes.map((strike, t) => strike / scale[t]!)).toEqual([400, 100, 100]);
    const distances = columnOf("dist_to_max_pain", hourly(rows, { chains: own, scale, close }));
    [0.025, 0.02, 0.03].forEach((distance, t) => {
      expect(distances[t]).toBeCloseTo(distance, 12);
    });
  });

  it("is unknown when the scale has changed since its snapshot", () => {
    expect(columnOf("max_pain", hourly(rows, { chains, scale, close }))).toEqual([400, Number.NaN, Number.NaN]);
    expect(columnOf("max_pain", hourly(rows, { chains, scale: Float64Array.of(4, 4, 4), close }))).toEqual([1600, 1600, 1600]);
  });

  it("is unknown on the first session's rows when its snapshot is older: nothing says whether a split lies between", () => {
    expect(columnOf("max_pain", hourly(rows.slice(1), { chains, scale: Float64Array.of(4, 4) }))).toEqual([Number.NaN, Number.NaN]);
  });
});
