import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { sessionNumber } from "#lib/indicators/session-numbers.ts";
import {
  countBelow,
  forEachSession,
  forEachWithPast,
  latestValues,
  previousSessionPlaces,
  type Timeline,
} from "#lib/indicators/timeline.ts";

/** Rows that end at given moments, each of a session. */
function rowsOf(rows: readonly (readonly [session: number, barEnd: number])[]): IndicatorInputs {
  const nothing = new Float64Array(rows.length);
  return createIndicatorInputs({
    length: rows.length,
    open: nothing,
    high: nothing,
    low: nothing,
    close: nothing,
    volume: nothing,
    sessionDate: Float64Array.from(rows, ([session]) => session),
    barStart: nothing,
    barEnd: Float64Array.from(rows, ([, barEnd]) => barEnd),
    scale: nothing,
    barsPerYear: 252,
  });
}

const timelineOf = (entries: readonly (readonly [session: number, knownAt: number])[]): Timeline => ({
  key: "test",
  knownAt: Float64Array.from(entries, ([, knownAt]) => knownAt),
  session: Float64Array.from(entries, ([session]) => sessionNumber(session)),
});

const [MON, TUE, WED, THU, FRI] = [20240708, 20240709, 20240710, 20240711, 20240712];

describe("latestValues", () => {
  it("takes the latest entry known at the row's end, of the row's session or the one before", () => {
    const entries = timelineOf([
      [MON, 100],
      [TUE, 200],
      [TUE, 250],
    ]);
    const rows = rowsOf([
      [MON, 99],
      [MON, 100],
      [TUE, 199],
      [TUE, 200],
      [TUE, 260],
      [WED, 300],
      [THU, 400],
    ]);
    expect([...latestValues(rows, entries, Float64Array.of(1, 2, 3))]).toEqual([Number.NaN, 1, 1, 2, 3, 3, Number.NaN]);
  });

  it("counts sessions, not days: Friday is the session before Monday, and a holiday is none", () => {
    const july = timelineOf([[20240703, 100]]);
    expect([...latestValues(rowsOf([[20240705, 200]]), july, Float64Array.of(7))]).toEqual([7]);
    expect([...latestValues(rowsOf([[20240708, 200]]), july, Float64Array.of(7))]).toEqual([Number.NaN]);
  });

  it("is NaN at rows and entries that belong to no session of the exchange", () => {
    const entries = timelineOf([
      [20240706, 100],
      [20240230, 110],
    ]);
    expect([...latestValues(rowsOf([[MON, 200]]), entries, Float64Array.of(1, 2))]).toEqual([Number.NaN]);
    expect([
      ...latestValues(
        rowsOf([
          [20240706, 200],
          [0, 300],
          [Number.NaN, 300],
        ]),
        timelineOf([[FRI, 100]]),
        Float64Array.of(1),
      ),
    ]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("previousSessionPlaces", () => {
  it("takes the last entry of the session before, also when it became known during the row's own", () => {
    const entries = timelineOf([
      [MON, 100],
      [MON, 150],
      [TUE, 200],
      [MON, 210],
    ]);
    const rows = rowsOf([
      [MON, 160],
      [TUE, 205],
      [TUE, 215],
      [WED, 300],
      [FRI, 500],
    ]);
    expect([...previousSessionPlaces(rows, entries)]).toEqual([-1, 1, 3, 2, -1]);
  });
});

describe("forEachSession", () => {
  const pastOf = (entries: readonly (readonly [number, number])[], values: readonly number[], window: number): [number, number[]][] => {
    const found: [number, number[]][] = [];
    const timeline = timelineOf(entries);
    forEachSession(timeline, Float64Array.from(values), window, (past, from) => found.push([from, [...past]]));
    return found;
  };

  it("gives the last value of each session before, ascending, when 60 % of them are there", () => {
    const entries = [
      [MON, 1],
      [MON, 2],
      [TUE, 3],
      [WED, 4],
      [THU, 5],
      [FRI, 6],
    ] as const;
    expect(pastOf(entries, [9, 5, 7, 6, 8, 1], 3)).toEqual([
      [3, [5, 7]],
      [4, [5, 6, 7]],
      [5, [6, 7, 8]],
    ]);
  });

  it("leaves out unknown values and sessions without an entry", () => {
    const entries = [
      [MON, 1],
      [WED, 2],
      [THU, 3],
      [FRI, 4],
    ] as const;
    expect(pastOf(entries, [1, Number.NaN, 3, 4], 2)).toEqual([]);
    expect(pastOf(entries, [1, 2, 3, 4], 3)).toEqual([
      [2, [1, 2]],
      [3, [2, 3]],
    ]);
  });

  it("equals the window gathered anew for every session, whatever is missing, comes late or jumps", () => {
    const first = NYSE.sessionIndex(MON);
    const steps = fc.array(fc.tuple(fc.constantFrom(0, 1, 1, 1, 2, 5, 30, -1), fc.integer({ min: 1, max: 4 })), {
      minLength: 5,
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 12 }), (walk, window) => {
        let at = first;
        const entries = walk.map(([step], i) => {
          at = Math.max(first, at + step);
          return [NYSE.sessionAt(at), i] as const;
        });
        const values = walk.map(([, value]) => (value === 4 ? Number.NaN : value));
        const expected: [number, number[]][] = [];
        entries.forEach(([session], from) => {
          if (from > 0 && entries[from - 1]![0] === session) return;
          const past = Array.from({ length: window }, (_, k) => {
            const wanted = NYSE.sessionIndex(session) - 1 - k;
            const last = entries.slice(0, from).findLastIndex(([date]) => NYSE.sessionIndex(date) === wanted);
            return last < 0 ? Number.NaN : values[last]!;
          }).filter((value) => !Number.isNaN(value));
          if (past.length >= Math.ceil(0.6 * window)) expected.push([from, past.toSorted((a, b) => a - b)]);
        });
        expect(pastOf(entries, values, window)).toEqual(expected);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("countBelow", () => {
  it("counts strictly smaller values", () => {
    const values = Float64Array.of(1, 2, 2, 5);
    expect([0, 1, 2, 3, 6].map((value) => countBelow(values, value))).toEqual([0, 0, 1, 3, 4]);
    expect(countBelow(new Float64Array(), 1)).toBe(0);
  });
});

describe("forEachWithPast", () => {
  const past = (entries: readonly (readonly [session: number, knownAt: number, value: number])[]) => ({
    ...timelineOf(entries.map(([session, knownAt]) => [session, knownAt])),
    value: Float64Array.from(entries, ([, , value]) => value),
  });
  const told = (
    now: readonly (readonly [number, number])[],
    entries: readonly (readonly [number, number, number])[],
    window: number,
  ): [number, number[]][] => {
    const found: [number, number[]][] = [];
    forEachWithPast(timelineOf(now), past(entries), window, (values, place) => found.push([place, [...values]]));
    return found;
  };

  it("gives each entry what was known of the sessions before its own, ascending, and never its own session's", () => {
    const history = [
      [MON, 1, 9],
      [TUE, 2, 5],
      [WED, 3, 7],
      [THU, 4, 1],
    ] as const;
    expect(
      told(
        [
          [WED, 2],
          [WED, 3],
          [THU, 4],
        ],
        history,
        2,
      ),
    ).toEqual([
      [0, [5, 9]],
      [1, [5, 9]],
      [2, [5, 7]],
    ]);
  });

  it("does not know a value before the moment it was known, nor its correction", () => {
    const history = [
      [MON, 1, 4],
      [TUE, 5, 6],
      [MON, 6, 8],
    ] as const;
    const now = [
      [WED, 4],
      [WED, 5],
      [WED, 6],
    ] as const;
    expect(told(now, history, 2)).toEqual([
      [1, [4, 6]],
      [2, [6, 8]],
    ]);
  });

  it("equals the window gathered anew for every entry, whatever is missing, late, corrected or jumps", () => {
    const first = NYSE.sessionIndex(MON);
    const moment = fc.record({ step: fc.constantFrom(0, 1, 1, 2, 6, 30, -1), value: fc.integer({ min: 1, max: 5 }), delay: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(moment, { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (walk, window) => {
        let at = first;
        const sessions = walk.map(({ step }) => {
          at = Math.max(first, at + step);
          return NYSE.sessionAt(at);
        });
        const now = sessions.map((session, i) => [session, i] as const);
        const history = walk.map(({ value, delay }, i) => [sessions[i]!, i + delay, value] as const).sort((a, b) => a[1] - b[1]);
        const expected = now.flatMap(([session, moment]): [number, number[]][] => {
          const values = Array.from({ length: window }, (_, k) => NYSE.sessionIndex(session) - 1 - k).flatMap((wanted) => {
            const last = history.findLast(([date, knownAt]) => NYSE.sessionIndex(date) === wanted && knownAt <= moment);
            return last === undefined ? [] : [last[2]];
          });
          return values.length >= Math.ceil(0.6 * window) ? [[moment, values.toSorted((a, b) => a - b)]] : [];
        });
        expect(told(now, history, window)).toEqual(expected);
      }),
    );
  });
});
