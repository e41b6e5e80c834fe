import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bars, CADENCES, type Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { barStartsOf } from "#lib/core/session.ts";
import { sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { parseCsvBars } from "#lib/market-data/csv-bars.ts";
import { resampleBars } from "#lib/market-data/resample.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";
import { publishedLate, someBars } from "./some-bars.ts";

const HOURLY = "data/equity_hourly_lean/SPY_1h.csv";
const DAILY = "data/equity_daily_lean/SPY_1d.csv";

const NUMBERS = ["open", "high", "low", "close", "volume", "factor"] as const;
const iso = (ms: number): string => new Date(ms).toISOString();
const rowOf = (bars: Bars, row: number): number[] => NUMBERS.map((name) => bars[name][row]!);

/** Bars of one session with the given rows: open, high, low, close, volume. */
function sessionBars(cadence: Cadence, date: number, rows: readonly (readonly number[])[]): Bars {
  const bars = someBars(rows.length, { cadence, from: date });
  for (const [row, [open, high, low, close, volume]] of rows.entries()) {
    bars.open[row] = open!;
    bars.high[row] = high!;
    bars.low[row] = low!;
    bars.close[row] = close!;
    bars.volume[row] = volume!;
  }
  return bars;
}

/** Every way from one cadence up to daily. */
function pathsToDaily(from: number): Cadence[][] {
  if (from === CADENCES.length - 1) return [[]];
  return CADENCES.slice(from + 1).flatMap((cadence) => pathsToDaily(CADENCES.indexOf(cadence)).map((rest) => [cadence, ...rest]));
}

/** One-minute bars of a few sessions with holes and unknown cells. */
const minuteBars: fc.Arbitrary<Bars> = fc
  .record({
    session: fc.oneof(
      fc.integer({ min: 0, max: NYSE.sessionCount - 4 }),
      // 2024-07-03 closes at 13:00.
      fc.constant(NYSE.sessionIndex(20240702)),
    ),
    sessions: fc.integer({ min: 1, max: 3 }),
    keepOneOf: fc.integer({ min: 1, max: 40 }),
    cells: fc.array(
      fc.record({
        prices: fc.array(fc.oneof({ weight: 5, arbitrary: fc.double({ min: 0.01, max: 1e5, noNaN: true }) }, fc.constant(Number.NaN)), {
          minLength: 4,
          maxLength: 4,
        }),
        volume: fc.oneof({ weight: 300, arbitrary: fc.nat() }, fc.constant(Number.NaN)),
      }),
      { minLength: 1, maxLength: 50 },
    ),
  })
  .map(({ session, sessions, keepOneOf, cells }) => {
    const dates = Array.from({ length: sessions }, (_, i) => NYSE.sessionAt(session + i));
    const starts = dates.flatMap((date) => barStartsOf(date, "1m")).filter((_, i) => (i * 7919) % keepOneOf === 0);
    const all = someBars(starts.length, { cadence: "1m" });
    const column = (of: (row: number) => number): Float64Array => Float64Array.from(starts, (_, row) => of(row));
    return {
      ...all,
      start: Float64Array.from(starts),
      end: Float64Array.from(starts, (start) => start + 60_000),
      open: column((row) => cells[row % cells.length]!.prices[0]!),
      high: column((row) => cells[row % cells.length]!.prices[1]!),
      low: column((row) => cells[row % cells.length]!.prices[2]!),
      close: column((row) => cells[row % cells.length]!.prices[3]!),
      volume: column((row) => cells[row % cells.length]!.volume),
      factor: column((row) => 1 + row),
    };
  });

describe("resampleBars", () => {
  it("makes the first hourly bar of a day from the half hour after the open", () => {
    const quarters = sessionBars("15m", 20240701, [
      [100, 103, 99, 101, 10],
      [101, 102, 98, 100, 20],
      [100, 100.5, 99.5, 100.25, 30],
    ]);
    const hours = resampleBars(quarters, "hourly");
    expect(hours.cadence).toBe("hourly");
    expect([...hours.start].map(iso)).toEqual(["2024-07-01T13:30:00.000Z", "2024-07-01T14:00:00.000Z"]);
    expect([...hours.end].map(iso)).toEqual(["2024-07-01T14:00:00.000Z", "2024-07-01T15:00:00.000Z"]);
    expect(rowOf(hours, 0)).toEqual([100, 103, 98, 100, 30, 1]);
    expect(rowOf(hours, 1)).toEqual([100, 100.5, 99.5, 100.25, 30, 1]);
  });

  it("ends the last bar of a half day at 13:00 and starts the next session anew", () => {
    const minutes = someBars(210 + 390, { cadence: "1m", from: 20240703 });
    const days = resampleBars(minutes, "daily");
    expect([...days.start].map(iso)).toEqual(["2024-07-03T13:30:00.000Z", "2024-07-05T13:30:00.000Z"]);
    expect([...days.end].map(iso)).toEqual(["2024-07-03T17:00:00.000Z", "2024-07-05T20:00:00.000Z"]);
    expect([...days.open]).toEqual([100, 310]);
    expect([...days.close]).toEqual([101 + 209, 101 + 599]);
    // 1000 x (1 + 2 + ... + 210), and the rest up to 600.
    expect([...days.volume]).toEqual([22_155_000, 158_145_000]);
    expect(resampleBars(minutes, "hourly").length).toBe(4 + 7);
  });

  it("cuts the last bar off at an unusual close", () => {
    // 2005-06-01 ended at 15:56.
    const fives = resampleBars(someBars(386, { cadence: "1m", from: 20050601 }), "5m");
    expect(fives.length).toBe(78);
    expect(iso(fives.end[77]!)).toBe("2005-06-01T19:56:00.000Z");
  });

  it("passes over unknown prices and keeps an unknown volume unknown", () => {
    const nan = Number.NaN;
    const bars = sessionBars("1m", 20240701, [
      [nan, nan, nan, nan, 5],
      [10, 12, nan, 11, 0],
      [11, 11.5, 9, nan, nan],
      [nan, nan, nan, nan, 1],
      [nan, nan, nan, nan, 2],
      [nan, nan, nan, nan, 3],
    ]);
    const fives = resampleBars(bars, "5m");
    expect(rowOf(fives, 0)).toEqual([10, 12, 9, 11, nan, 1]);
    expect(rowOf(fives, 1)).toEqual([nan, nan, nan, nan, 3, 1]);
  });

  it("gives no bar where there are no rows, and a bar of its clock where the first rows are missing", () => {
    const minutes = someBars(390, { cadence: "1m" });
    const late = {
      ...minutes,
      length: 2,
      ...Object.fromEntries((["start", "end", ...NUMBERS] as const).map((name) => [name, minutes[name].slice(100, 102)])),
    };
    const hours = resampleBars(late, "hourly");
    expect([...hours.start].map(iso)).toEqual(["2024-07-01T15:00:00.000Z"]);
    expect(rowOf(hours, 0)).toEqual([200, 302.5 - 100, 199.25, 202, 203_000, 1]);
  });

  it("takes the factor as of the end of the bar", () => {
    const bars = someBars(14, { cadence: "hourly" });
    bars.factor.fill(0.25, 0, 7);
    expect([...resampleBars(bars, "daily").factor]).toEqual([0.25, 1]);
  });

  it("is available when the last of its rows is", () => {
    const days = resampleBars(publishedLate(someBars(14, { cadence: "hourly" })), "daily");
    expect([...days.availableAt!].map(iso)).toEqual(["2024-07-01T20:15:00.000Z", "2024-07-02T20:15:00.000Z"]);
  });

  it("returns the bars themselves at their own cadence, and nothing from nothing", () => {
    const bars = someBars(3, { cadence: "5m" });
    expect(resampleBars(bars, "5m")).toBe(bars);
    expect(resampleBars(someBars(0, { cadence: "5m" }), "daily")).toMatchObject({ length: 0, cadence: "daily" });
  });

  it("changes nothing in the bars that it reads", () => {
    const bars = someBars(390, { cadence: "1m" });
    resampleBars(bars, "daily");
    expect(bars).toEqual(someBars(390, { cadence: "1m" }));
  });

  it.each([
    ["daily", "hourly"],
    ["hourly", "15m"],
    ["5m", "1m"],
  ] as const)("refuses to divide %s bars into %s bars", (has, asked) => {
    expect(() => resampleBars(someBars(2, { cadence: has }), asked)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAM", facts: { field: "cadence", symbol: "TEST", has, asked } }),
    );
  });

  it("refuses a row outside every session", () => {
    const bars = someBars(2, { cadence: "1m" });
    bars.start[1] = Date.parse("2024-07-01T21:00:00Z");
    expect(() => resampleBars(bars, "5m")).toThrow(expect.objectContaining({ code: "INVALID_PARAM" }));
  });

  it("always gives the same daily bars, whatever the path", () => {
    const paths = pathsToDaily(0);
    expect(paths).toHaveLength(8);
    fc.assert(
      fc.property(minuteBars, (minutes) => {
        const direct = resampleBars(minutes, "daily");
        for (const path of paths) expect(path.reduce(resampleBars, minutes), path.join()).toEqual(direct);
      }),
      { numRuns: 60 },
    );
  });

  it("never mixes sessions, and sound bars stay sound", () => {
    fc.assert(
      fc.property(minuteBars, fc.constantFrom(...CADENCES.slice(1)), (minutes, cadence) => {
        const sound = withSoundPrices(minutes);
        const bars = resampleBars(sound, cadence);
        checkBars(bars);
        for (let row = 0; row < bars.length; row++) {
          expect(sessionDateOf(bars.start[row]!)).toBe(sessionDateOf(bars.end[row]! - 1));
        }
        expect(new Set([...bars.start].map(sessionDateOf))).toEqual(new Set([...minutes.start].map(sessionDateOf)));
      }),
      { numRuns: 60 },
    );
  });

  it("never changes a finished bar when later rows come", () => {
    fc.assert(
      fc.property(
        minuteBars,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(...CADENCES.slice(1)),
        (minutes, part, cadence) => {
          const kept = Math.floor(part * minutes.length);
          const earlier = resampleBars(firstRows(minutes, kept), cadence);
          const whole = resampleBars(minutes, cadence);
          const lastStart = kept === 0 ? Number.NEGATIVE_INFINITY : minutes.start[kept - 1]!;
          for (let row = 0; row < earlier.length; row++) {
            const next = minutes.start[kept];
            if (earlier.end[row]! > lastStart && next !== undefined && next < earlier.end[row]!) continue;
            expect(rowOf(earlier, row)).toEqual(rowOf(whole, row));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

function firstRows(bars: Bars, length: number): Bars {
  const columns = Object.fromEntries((["start", "end", ...NUMBERS] as const).map((name) => [name, bars[name].slice(0, length)]));
  return { ...bars, length, ...columns };
}

function withSoundPrices(bars: Bars): Bars {
  const low = bars.low.map((price) => (Number.isNaN(price) ? 1 : price));
  return { ...bars, open: low, low, close: low, high: low.map((price) => price + 1) };
}

describeWithShared("resampleBars on real bars", [HOURLY, DAILY], () => {
  const bytes = (path: string): Buffer => readFileSync(sharedPath(path));
  const hourly = (): Bars => parseCsvBars(bytes(HOURLY), { symbol: "SPY", cadence: "hourly" }).bars;
  const daily = (): Bars => parseCsvBars(bytes(DAILY), { symbol: "SPY", cadence: "daily" }).bars;

  /** Rows of the source that lie after a half day's close, by session: they are no bars. */
  function afterHalfDays(): Map<number, number[][]> {
    const late = new Map<number, number[][]>();
    for (const line of bytes(HOURLY).toString("utf8").split("\n").slice(1)) {
      const [utc, , ...cells] = line.split(",");
      const date = sessionDateOf(Date.parse(utc!));
      if (line === "" || Date.parse(utc!) < NYSE.closeOf(date)) continue;
      late.set(date, [...(late.get(date) ?? []), cells.map(Number)]);
    }
    return late;
  }

  it("rolls hourly SPY of 1998 to 2014 up to its daily bars, in every column and bit", () => {
    const [rolled, expected] = [resampleBars(hourly(), "daily"), daily()];
    expect(rolled.length).toBe(4277);
    expect(rolled.start).toEqual(expected.start);
    expect(rolled.end).toEqual(expected.end);
    // The source's daily bars of half days up to 2008 also count what was traded after 13:00.
    const late = afterHalfDays();
    let afterClose = 0;
    for (let row = 0; row < rolled.length; row++) {
      const extra = late.get(sessionDateOf(rolled.start[row]!)) ?? [];
      if (extra.length > 0) afterClose += 1;
      let [open, high, low, close, volume, factor] = rowOf(rolled, row) as [number, number, number, number, number, number];
      for (const [, lateHigh, lateLow, lateClose, lateVolume] of extra) {
        high = Math.max(high, lateHigh!);
        low = Math.min(low, lateLow!);
        close = lateClose!;
        volume += lateVolume!;
      }
      expect([open, high, low, close, volume, factor]).toEqual(rowOf(expected, row));
    }
    expect(afterClose).toBe(23);
  });
});
