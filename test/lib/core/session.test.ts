import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CADENCES } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { alignedStart, barEndOf, barStartOf, barStartsOf } from "#lib/core/session.ts";
import { hourEtOf } from "#lib/core/time.ts";

const utc = (text: string): number => Date.parse(text);
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

describe("barStartsOf", () => {
  it("has seven clock-aligned hourly bars on a full day, the first at 09:30 and still hour 9", () => {
    const starts = barStartsOf(20240701, "hourly");
    expect(starts.map(clock)).toEqual(["13:30", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00"]);
    expect(starts.map(hourEtOf)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });

  it("has four hourly bars on a half day", () => {
    const starts = barStartsOf(20241129, "hourly");
    expect(starts.map(clock)).toEqual(["14:30", "15:00", "16:00", "17:00"]);
    expect(barEndOf(starts[3]!, "hourly")).toBe(utc("2024-11-29T18:00:00Z"));
  });

  it.each([
    ["daily", 1],
    ["15m", 26],
    ["5m", 78],
    ["1m", 390],
  ] as const)("has as many %s bars as fit in six and a half hours", (cadence, count) => {
    expect(barStartsOf(20240701, cadence)).toHaveLength(count);
  });

  it("cuts the last bar off at an unusual close", () => {
    const starts = barStartsOf(20050601, "5m");
    expect(starts).toHaveLength(78);
    expect(barEndOf(starts[77]!, "5m")).toBe(utc("2005-06-01T19:56:00Z"));
  });

  it("tiles every session from open to close without gap or overlap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: NYSE.sessionCount - 1 }), fc.constantFrom(...CADENCES), (index, cadence) => {
        const date = NYSE.sessionAt(index);
        const starts = barStartsOf(date, cadence);
        expect(starts[0]).toBe(NYSE.openOf(date));
        for (const [i, start] of starts.entries()) {
          expect(barEndOf(start, cadence)).toBe(starts[i + 1] ?? NYSE.closeOf(date));
          expect(barStartOf(start, cadence)).toBe(start);
        }
      }),
    );
  });
});

describe("barEndOf", () => {
  it("ends the first hourly bar at 10:00 and a daily bar at the actual close", () => {
    expect(barEndOf(utc("2024-07-01T13:30:00Z"), "hourly")).toBe(utc("2024-07-01T14:00:00Z"));
    expect(barEndOf(utc("2024-07-01T13:30:00Z"), "daily")).toBe(utc("2024-07-01T20:00:00Z"));
    expect(barEndOf(utc("2024-07-03T13:30:00Z"), "daily")).toBe(utc("2024-07-03T17:00:00Z"));
  });

  it("keeps New York's clock across a change to daylight time", () => {
    // Friday 2024-03-08 is in standard time, Monday 2024-03-11 in daylight time.
    expect(barStartsOf(20240308, "hourly").map(clock)[1]).toBe("15:00");
    expect(barStartsOf(20240311, "hourly").map(clock)[1]).toBe("14:00");
  });

  it("refuses an instant outside the session", () => {
    expect(() => barEndOf(utc("2024-07-01T20:00:00Z"), "hourly")).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: expect.stringContaining('"2024-07-01T20:00:00.000Z" lies outside that of 2024-07-01'),
      }),
    );
    expect(() => barEndOf(utc("2024-07-04T15:00:00Z"), "hourly")).toThrowError(/not a trading session \(Independence Day\)/);
  });
});

describe("barStartOf", () => {
  it("finds the bar that holds an instant", () => {
    expect(barStartOf(utc("2024-07-01T13:45:00Z"), "hourly")).toBe(utc("2024-07-01T13:30:00Z"));
    expect(barStartOf(utc("2024-07-01T14:59:59Z"), "hourly")).toBe(utc("2024-07-01T14:00:00Z"));
    expect(barStartOf(utc("2024-07-01T19:59:00Z"), "daily")).toBe(utc("2024-07-01T13:30:00Z"));
    expect(barStartOf(utc("2024-07-01T13:37:00Z"), "5m")).toBe(utc("2024-07-01T13:35:00Z"));
  });

  it("is NaN outside sessions", () => {
    for (const text of [
      "2024-07-01T13:29:59Z",
      "2024-07-01T20:00:00Z",
      "2024-07-04T15:00:00Z",
      "2024-07-06T15:00:00Z",
      "2024-07-03T17:00:00Z",
    ]) {
      expect(barStartOf(utc(text), "hourly")).toBeNaN();
    }
  });
});

describe("alignedStart", () => {
  it("is the clock boundary at or before an instant", () => {
    expect(alignedStart(utc("2024-07-01T13:30:00Z"), "hourly")).toBe(utc("2024-07-01T13:00:00Z"));
    expect(alignedStart(utc("2024-07-01T13:30:00Z"), "15m")).toBe(utc("2024-07-01T13:30:00Z"));
  });
});
