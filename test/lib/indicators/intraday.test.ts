import { describe, expect, it } from "vitest";
import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { barsPerYearOf } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { close as nearly, paramSets } from "./laws.ts";
import { ORACLES } from "./oracles/oracles.ts";
import { type Columns, changed, FIVE_MINUTES, HOURLY, inputsOf, MINUTE, randomWalk, roughWalk } from "./series.ts";

/** Bars of some sessions whose closes follow a rule; open = the close before, in the session; range 1 around them. */
function sessions(dates: readonly number[], cadence: Cadence, closeAt: (session: number, bar: number) => number): Columns {
  const bars = dates.flatMap((date, s) => barStartsOf(date, cadence).map((start, bar) => ({ date, start, s, bar })));
  const at = (value: (bar: (typeof bars)[number]) => number) => Float64Array.from(bars, value);
  const close = at(({ s, bar }) => closeAt(s, bar));
  const open = at(({ s, bar }) => (bar === 0 ? closeAt(s, 0) - 1 : closeAt(s, bar - 1)));
  return {
    open,
    close,
    high: close.map((price, i) => Math.max(price, open[i]!) + 0.5),
    low: close.map((price, i) => Math.min(price, open[i]!) - 0.5),
    volume: new Float64Array(bars.length).fill(100),
    sessionDate: at(({ date }) => date),
    barStart: at(({ start }) => start),
    barEnd: at(({ start }) => barEndOf(start, cadence)),
    scale: new Float64Array(bars.length).fill(1),
    barsPerYear: barsPerYearOf(cadence),
  };
}

function compute(entry: IndicatorEntry, columns: Columns): Record<string, number[]> {
  const plan = planIndicators([entry]);
  return Object.fromEntries(computePlan(plan, inputsOf(columns)).map((series, c) => [plan.columns[c]!.name, [...series]]));
}
const only = (entry: IndicatorEntry, columns: Columns): number[] => Object.values(compute(entry, columns))[0]!;

/** A full day and the half day before July 4. */
const FULL_AND_HALF = [20240702, 20240703];
const FINE: Readonly<Record<string, Cadence>> = { "five minutes": "5m", "one minute": "1m", "a quarter of an hour": "15m" };
const MINUTES_OF: Partial<Record<Cadence, number>> = { "1m": 1, "5m": 5, "15m": 15 };

describe.each(Object.entries(FINE))("on bars of %s", (_, cadence) => {
  const size = MINUTES_OF[cadence]!;
  const bars = sessions(FULL_AND_HALF, cadence, (s, bar) => 100 + 10 * s + bar);
  const full = 390 / size;

  it("returns_last_30m is the return over half an hour, from the session's open at the earliest", () => {
    const values = only({ name: "returns_last_30m" }, bars);
    const halfHour = 30 / size;
    expect(values.slice(0, halfHour - 1).every(Number.isNaN)).toBe(true);
    // The session opens at 99; the close of bar k is 100 + k.
    expect(values[halfHour - 1]).toBeCloseTo((100 + halfHour - 1) / 99 - 1, 12);
    expect(values[full - 1]).toBeCloseTo((100 + full - 1) / (100 + full - 1 - halfHour) - 1, 12);
    expect(values.slice(full, full + halfHour - 1).every(Number.isNaN)).toBe(true);
    const last = bars.close.length - 1;
    expect(values[last]).toBeCloseTo(bars.close[last]! / bars.close[last - halfHour]! - 1, 12);
  });

  it("rsi_last_hour weighs the moves of one hour of the session", () => {
    const hour = 60 / size;
    expect(
      only({ name: "rsi_last_hour" }, bars)
        .slice(0, hour)
        .map((value) => (Number.isNaN(value) ? null : value)),
    ).toEqual([...new Array<null>(hour - 1).fill(null), 100]);
    // One up, one down, and every tenth move up twice as far: rises 1 each, falls 1 each.
    const sawtooth = sessions([20240702], cadence, (_s, bar) => 100 + (bar % 2));
    const values = only({ name: "rsi_last_hour" }, sawtooth);
    // The hour from a session's open holds the rise of 1 from the open to the first close instead of a fall.
    expect(values[2 * hour - 1]).toBeCloseTo(50, 10);
  });

  it("opening_range is known once its minutes are over, and stays", () => {
    for (const minutes of [15, 30, 60]) {
      const columns = compute({ name: "opening_range", minutes }, bars);
      const count = minutes / size;
      const high = columns[`opening_range_high_${minutes}`]!;
      expect(high.slice(0, count - 1).every(Number.isNaN)).toBe(true);
      expect(new Set(high.slice(count - 1, full))).toEqual(new Set([100 + count - 1 + 0.5]));
      expect(new Set(columns[`opening_range_low_${minutes}`]!.slice(count - 1, full))).toEqual(new Set([98.5]));
      expect(columns[`opening_range_pos_${minutes}`]![full - 1]).toBeCloseTo((100 + full - 1 - 98.5) / (100 + count - 0.5 - 98.5), 12);
      expect(columns[`opening_range_width_${minutes}`]![full - 1]).toBeCloseTo((count + 1) / ((198 + count) / 2), 12);
      expect(high.slice(full, full + count - 1).every(Number.isNaN)).toBe(true);
    }
  });

  it("minutes_to_close follows the half day", () => {
    const left = only({ name: "minutes_to_close" }, bars);
    expect([left[0], left[full - 1], left[full], left.at(-1)]).toEqual([390 - size, 0, 210 - size, 0]);
  });

  it("first15m_range_z compares the first quarter of an hour with those of the sessions before", () => {
    const dates = NYSE.sessionsBetween(20240501, 20240601);
    // Each session's first bar is wider than that of the session before, by one.
    const moving = changed(
      sessions(dates, cadence, () => 1000),
      ({ high, sessionDate }) => {
        for (let i = 0; i < high.length; i++) if (sessionDate[i] !== sessionDate[i - 1]) high[i]! += dates.indexOf(sessionDate[i]!);
      },
    );
    const values = only({ name: "first15m_range_z", window: 3 }, moving);
    const perDay = 390 / size;
    expect(values.slice(0, 2 * perDay).every(Number.isNaN)).toBe(true);
    const day = values.slice(2 * perDay, 3 * perDay);
    expect(day.slice(0, 15 / size - 1).every(Number.isNaN)).toBe(true);
    expect(new Set(day.slice(15 / size - 1)).size).toBe(1);
    // The last of three equally spaced values lies sqrt(1.5) deviations above their mean; the middles differ by 0.05 %.
    expect(day.at(-1)).toBeCloseTo(Math.sqrt(1.5), 2);
  });
});

describe("bars too coarse to know", () => {
  const hourly = sessions(FULL_AND_HALF, "hourly", (s, bar) => 100 + 10 * s + bar);
  const daily = sessions(NYSE.sessionsBetween(20240102, 20240601), "daily", (s) => 100 + (s % 7));
  const allUnknown = (entry: IndicatorEntry, bars: Columns) =>
    Object.values(compute(entry, bars)).every((series) => series.every(Number.isNaN));

  it("give no quarter of an hour and no trailing half hour or hour on hourly bars, but for the first half hour", () => {
    expect(allUnknown({ name: "first15m_range_z", window: 2 }, hourly)).toBe(true);
    expect(allUnknown({ name: "opening_range", minutes: 15 }, hourly)).toBe(true);
    // 09:30 to 10:00 and 10:00 to 11:00: sixty minutes end inside the second bar.
    expect(allUnknown({ name: "opening_range", minutes: 60 }, hourly)).toBe(true);
    // Only from the second bar on an hour is over, and it began with a bar: 10:00, 11:00 and so on.
    const hours = only({ name: "rsi_last_hour" }, hourly).map((value) => (Number.isNaN(value) ? null : value));
    expect(hours).toEqual([null, 100, 100, 100, 100, 100, 100, null, 100, 100, 100]);
    const returns = only({ name: "returns_last_30m" }, hourly);
    expect(returns.map((value) => Number.isNaN(value))).toEqual(returns.map((_, i) => i !== 0 && i !== 7));
    expect(returns[0]).toBeCloseTo(100 / 99 - 1, 12);
    expect(compute({ name: "opening_range" }, hourly)["opening_range_high_30"]!.slice(0, 7)).toEqual(new Array(7).fill(100.5));
  });

  it("give nothing on daily bars", () => {
    for (const name of ["first15m_range_z", "opening_range", "returns_last_30m", "rsi_last_hour"])
      expect(allUnknown({ name }, daily)).toBe(true);
  });
});

describe.each([
  ["five minutes", FIVE_MINUTES, 30],
  ["an hour", HOURLY, 3],
] as const)("data of %s that begin in the middle of a session", (_, grid, missing) => {
  const whole = randomWalk(4 * grid.barsPerSession, "cut", grid);
  const names = ["vwap", "day_range_pos", "session_return", "realized_vol_intraday", "prev_day_levels"];

  it.each(grid === HOURLY ? names : [...names, "opening_range"])(
    "leave %s unknown where it would need the beginning, and are right afterwards",
    (name) => {
      const definition = INDICATORS.get(name)!;
      const params = definition.params.parse({}) as never;
      const complete = definition.compute(inputsOf(whole), params);
      const cut = definition.compute(inputsOf(whole, missing), params);
      const rest = grid.barsPerSession - missing;
      cut.forEach((series, c) => {
        // The close of the first session is known all the same.
        const unknown = name === "prev_day_levels" && c < 2 ? rest + grid.barsPerSession : rest;
        expect(series.subarray(0, unknown).every(Number.isNaN)).toBe(true);
        for (let i = unknown; i < series.length; i++) expect(nearly(series[i]!, complete[c]![i + missing]!, 1e-9)).toBe(true);
      });
    },
  );
});

describe("rows that are missing", () => {
  it("do not shift the half hour: the last close before the moment counts", () => {
    const bars = sessions([20240702], "1m", (_, bar) => 100 + bar);
    const kept = Array.from(bars.close.keys()).filter((i) => i !== 29 && i !== 30);
    const gappy = changed(bars, (copy) => {
      for (const name of ["open", "high", "low", "close", "volume", "sessionDate", "barStart", "barEnd", "scale"] as const)
        (copy as unknown as Record<string, Float64Array>)[name] = Float64Array.from(kept, (i) => bars[name][i]!);
    });
    const values = only({ name: "returns_last_30m" }, gappy);
    // The bar that ends at 10:30 is 59; the one that ended at 10:00 is missing, the last before it closed at 128.
    expect(values[kept.indexOf(59)]).toBeCloseTo(159 / 128 - 1, 12);
  });
});

/** The formulas hold at the cadences that intraday models use, not only on the hourly grid. */
describe.each([...INDICATORS.values()].filter(({ category }) => category === "intraday" || category === "daily").map(({ name }) => name))(
  "%s equals its formula",
  (name) => {
    const definition = INDICATORS.get(name)!;
    it.each([
      ["five minutes", FIVE_MINUTES, 1_300],
      ["one minute", MINUTE, 1_300],
    ] as const)("on bars of %s with gaps", (_, grid, count) => {
      const bars = roughWalk(count, `fine-${name}`, grid);
      const sets = paramSets(definition);
      const params = sets.at(-2) ?? sets[0]!;
      const computed = definition.compute(inputsOf(bars), params);
      const wrong: string[] = [];
      for (let t = 0; t < count; t += 3)
        ORACLES[name]!(bars, params as Record<string, number>, t).forEach((value, c) => {
          if (!nearly(computed[c]![t]!, value, 1e-9)) wrong.push(`column ${c} at ${t}: ${computed[c]![t]}, by the formula ${value}`);
        });
      expect(wrong).toEqual([]);
    });
  },
);
