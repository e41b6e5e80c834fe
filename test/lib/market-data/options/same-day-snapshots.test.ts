import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionBars } from "#lib/core/option-data.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { sameDaySnapshots } from "#lib/market-data/options/same-day-snapshots.ts";

const DATE = 20240702;
const at = (hour: number, minute: number): number => newYorkWallToUtc(2024, 7, 2, hour, minute);

type Traded = readonly [start: number, strike: number, right: 1 | -1, close: number, volume: number];

function barsOf(rows: readonly Traded[], sessionDate = DATE): OptionBars {
  const column = (i: 0 | 1 | 3 | 4): Float64Array => Float64Array.from(rows, (row) => row[i]);
  const close = column(3);
  return {
    underlying: "SPY",
    sessionDate,
    expiry: sessionDate,
    length: rows.length,
    start: column(0),
    strike: column(1),
    right: Int8Array.from(rows, (row) => row[2]),
    open: close,
    high: close,
    low: close,
    close,
    vwap: close,
    volume: column(4),
  };
}

describe("sameDaySnapshots", () => {
  it("says at each bar's end what has traded by then", () => {
    const snapshots = sameDaySnapshots(
      barsOf([
        [at(10, 58), 545, 1, 1.2, 5],
        [at(10, 59), 545, 1, 1.3, 7],
        [at(11, 0), 545, 1, 1.4, 11],
        [at(11, 30), 544, -1, 0.6, 3],
      ]),
      "hourly",
    );
    // Nothing traded before 10:58, so the first one is that of 11:00.
    expect(snapshots.map(({ knownAt }) => knownAt)).toEqual([11, 12, 13, 14, 15, 16].map((hour) => at(hour, 0)));
    const [first, second, ...later] = snapshots;
    // The minute from 11:00 is over at 11:01.
    expect(first).toMatchObject({ underlying: "SPY", sessionDate: DATE, length: 1, underlyingPrice: Number.NaN });
    expect([first!.strike, first!.right, first!.last, first!.volume].map((column) => Array.from(column))).toEqual([
      [545],
      [1],
      [1.3],
      [12],
    ]);
    expect([second!.strike, second!.right, second!.last, second!.volume].map((column) => Array.from(column))).toEqual([
      [544, 545],
      [-1, 1],
      [0.6, 1.4],
      [3, 23],
    ]);
    expect(Array.from(second!.expiry)).toEqual([DATE, DATE]);
    for (const column of ["bid", "ask", "openInterest", "iv", "delta", "gamma", "theta", "vega"] as const)
      expect(Array.from(second![column])).toEqual([Number.NaN, Number.NaN]);
    for (const one of later) expect(Array.from(one.volume)).toEqual([3, 23]);
  });

  it("ends with a half day, and is empty where nothing traded", () => {
    const [only, ...rest] = sameDaySnapshots(barsOf([[newYorkWallToUtc(2024, 7, 3, 12, 1), 545, 1, 1, 1]], 20240703), "hourly");
    expect([only!.knownAt, rest]).toEqual([NYSE.closeOf(20240703), []]);
    expect(sameDaySnapshots(barsOf([]), "hourly")).toEqual([]);
  });

  it("lists puts before calls of a strike, in the order of the strikes", () => {
    const [snapshot] = sameDaySnapshots(
      barsOf([
        [at(9, 30), 546, 1, 1, 1],
        [at(9, 30), 545, 1, 1, 1],
        [at(9, 30), 545, -1, 1, 1],
      ]),
      "daily",
    );
    expect([Array.from(snapshot!.strike), Array.from(snapshot!.right)]).toEqual([
      [545, 545, 546],
      [-1, 1, 1],
    ]);
  });

  it("never changes what it said when later minutes change", () => {
    const minutes = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 389 }),
        fc.constantFrom(544, 545),
        fc.constantFrom(1 as const, -1 as const),
        fc.integer({ min: 1, max: 9 }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 7 }), (drawn, kept) => {
        const rows = drawn
          .map(([minute, strike, right, size]): Traded => [NYSE.openOf(DATE) + minute * 60_000, strike, right, size / 10, size])
          .sort((a, b) => a[0] - b[0]);
        const until = NYSE.openOf(DATE) + 30 * 60_000 + (kept - 1) * 3_600_000;
        const early = ({ knownAt }: { knownAt: number }): boolean => knownAt <= until;
        const cut = rows.filter(([start]) => start + 60_000 <= until);
        expect(sameDaySnapshots(barsOf(rows), "hourly").filter(early)).toEqual(sameDaySnapshots(barsOf(cut), "hourly").filter(early));
      }),
    );
  });
});
