import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { dateOfDayNumber, dayNumberOf, dayOfWeekOf, parseDate } from "#lib/core/time.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

const iso = (ms: number): string => new Date(ms).toISOString();
const datesOf = (year: number): number[] => {
  const first = dayNumberOf(year * 10_000 + 101);
  const count = dayNumberOf((year + 1) * 10_000 + 101) - first;
  return Array.from({ length: count }, (_, i) => dateOfDayNumber(first + i));
};
const weekdayClosures = (year: number): number[] => datesOf(year).filter((date) => dayOfWeekOf(date) < 5 && !NYSE.isSession(date));
const earlyCloses = (year: number): number[] => datesOf(year).filter((date) => NYSE.isSession(date) && NYSE.isEarlyClose(date));

describe("NYSE", () => {
  it("opens at 09:30 and closes at 16:00 New York time", () => {
    expect(iso(NYSE.openOf(20240701))).toBe("2024-07-01T13:30:00.000Z");
    expect(iso(NYSE.closeOf(20240701))).toBe("2024-07-01T20:00:00.000Z");
    expect(iso(NYSE.openOf(20240102))).toBe("2024-01-02T14:30:00.000Z");
  });

  // NYSE Group's holiday notices; 2026 and 2027 also in statistics.md, section 14.
  it.each([
    [1990, [101, 219, 413, 528, 704, 903, 1122, 1225]],
    [1993, [101, 215, 409, 531, 705, 906, 1125, 1224]],
    [1994, [221, 401, 427, 530, 704, 905, 1124, 1226]],
    [1998, [101, 119, 216, 410, 525, 703, 907, 1126, 1225]],
    [2001, [101, 115, 219, 413, 528, 704, 903, 911, 912, 913, 914, 1122, 1225]],
    [2004, [101, 119, 216, 409, 531, 611, 705, 906, 1125, 1224]],
    [2007, [101, 102, 115, 219, 406, 528, 704, 903, 1122, 1225]],
    [2010, [101, 118, 215, 402, 531, 705, 906, 1125, 1224]],
    [2011, [117, 221, 422, 530, 704, 905, 1124, 1226]],
    [2012, [102, 116, 220, 406, 528, 704, 903, 1029, 1030, 1122, 1225]],
    [2018, [101, 115, 219, 330, 528, 704, 903, 1122, 1205, 1225]],
    [2021, [101, 118, 215, 402, 531, 705, 906, 1125, 1224]],
    [2022, [117, 221, 415, 530, 620, 704, 905, 1124, 1226]],
    [2025, [101, 109, 120, 217, 418, 526, 619, 704, 901, 1127, 1225]],
    [2026, [101, 119, 216, 403, 525, 619, 703, 907, 1126, 1225]],
    [2027, [101, 118, 215, 326, 531, 618, 705, 906, 1125, 1224]],
    [2028, [117, 221, 414, 529, 619, 704, 904, 1123, 1225]],
    [2030, [101, 121, 218, 419, 527, 619, 704, 902, 1128, 1225]],
  ])("closes on the holidays of %i", (year, expected) => {
    expect(weekdayClosures(year).map((date) => date % 10_000)).toEqual(expected);
  });

  // statistics.md, section 14, for 2024-2027; NYSE notices for the others.
  it.each([
    [1997, [703, 1027, 1128, 1224, 1226]],
    [1999, [1126, 1231]],
    [2002, [705, 1129, 1224]],
    [2003, [703, 1128, 1224, 1226]],
    [2013, [703, 1129, 1224]],
    [2020, [1127, 1224]],
    [2024, [703, 1129, 1224]],
    [2025, [703, 1128, 1224]],
    [2026, [1127, 1224]],
    [2027, [1126]],
  ])("closes early on the half days of %i", (year, expected) => {
    expect(earlyCloses(year).map((date) => date % 10_000)).toEqual(expected);
  });

  it.each([
    [20241129, "2024-11-29T18:00:00.000Z"],
    [20240703, "2024-07-03T17:00:00.000Z"],
    [19921127, "1992-11-27T19:00:00.000Z"],
    [19911224, "1991-12-24T19:00:00.000Z"],
    [19940211, "1994-02-11T19:30:00.000Z"],
    [19971027, "1997-10-27T20:30:00.000Z"],
    [20050601, "2005-06-01T19:56:00.000Z"],
  ])("ends %i at its actual close", (date, close) => {
    expect(iso(NYSE.closeOf(date))).toBe(close);
  });

  it("says why there is no session", () => {
    expect(NYSE.closureOf(20240704)).toBe("Independence Day");
    expect(NYSE.closureOf(20260703)).toBe("Independence Day (observed)");
    expect(NYSE.closureOf(20240706)).toBe("weekend");
    expect(NYSE.closureOf(20121029)).toBe("Hurricane Sandy");
    expect(NYSE.closureOf(20240705)).toBeNull();
  });

  it("does not observe a Saturday New Year's Day on the Friday before", () => {
    expect([19931231, 19991231, 20041231, 20101231, 20211231, 20271231].every((date) => NYSE.isSession(date))).toBe(true);
  });

  it("counts sessions in half-open ranges", () => {
    expect(NYSE.sessionsBetween(20240701, 20240708)).toEqual([20240701, 20240702, 20240703, 20240705]);
    expect(NYSE.sessionsBetween(20240701, 20240701)).toEqual([]);
    expect(NYSE.sessionsBetween(20240701, 20240601)).toEqual([]);
    expect(NYSE.sessionsBetween(20240101, 20250101)).toHaveLength(252);
    expect(NYSE.sessionsBetween(NYSE.firstDate, 20310101)).toHaveLength(NYSE.sessionCount);
  });

  it("steps over closures", () => {
    expect(NYSE.nextSession(20240703)).toBe(20240705);
    expect(NYSE.nextSession(20240704)).toBe(20240705);
    expect(NYSE.previousSession(20240705)).toBe(20240703);
    expect(NYSE.previousSession(20240707)).toBe(20240705);
    expect(NYSE.addSessions(20240703, 2)).toBe(20240708);
    expect(NYSE.addSessions(20240703, -1)).toBe(20240702);
    expect(NYSE.addSessions(20240703, 0)).toBe(20240703);
    expect(NYSE.addSessions(20240704, 1)).toBe(20240705);
    expect(NYSE.addSessions(20240704, -1)).toBe(20240703);
  });

  it("refuses dates outside its table and names the range", () => {
    for (const ask of [() => NYSE.isSession(19891229), () => NYSE.sessionsBetween(19891201, 19900201), () => NYSE.closeOf(20310102)]) {
      expect(ask).toThrowError(
        expect.objectContaining({
          code: "INVALID_PARAM",
          message: expect.stringContaining('The trading calendar covers "1990-01-01" to "2030-12-31"; found "'),
        }),
      );
    }
    expect(() => NYSE.addSessions(20301231, 1)).toThrowError(/covers "1990-01-01" to "2030-12-31"/);
    expect(() => NYSE.previousSession(19900102)).toThrowError(/covers "1990-01-01" to "2030-12-31"/);
  });

  it("refuses an open or close of a day without a session, and numbers that are no date", () => {
    expect(() => NYSE.openOf(20240704)).toThrowError('"2024-07-04" is not a trading session (Independence Day).');
    expect(() => NYSE.addSessions(20240704, 0)).toThrowError('"2024-07-04" is not a trading session (Independence Day).');
    expect(() => NYSE.isSession(20240230)).toThrowError('Expected a date as a number such as 20240701; found "20240230".');
    expect(() => NYSE.isSession(Number.NaN)).toThrowError(/found "NaN"/);
    expect(() => NYSE.addSessions(20240701, 1.5)).toThrowError(/whole numbers; found "1.5"/);
  });

  it("numbers sessions in order: neighbours differ by one, non-sessions are -1", () => {
    expect(NYSE.sessionIndex(19900102)).toBe(0);
    expect(NYSE.sessionIndex(20240704)).toBe(-1);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: NYSE.sessionCount - 2 }), fc.integer({ min: -500, max: 500 }), (index, step) => {
        const date = NYSE.sessionAt(index);
        expect(NYSE.sessionIndex(date)).toBe(index);
        expect(NYSE.nextSession(NYSE.previousSession(date))).toBe(date);
        expect(NYSE.openOf(date)).toBeLessThan(NYSE.closeOf(date));
        expect(NYSE.closeOf(date)).toBeLessThan(NYSE.openOf(NYSE.nextSession(date)));
        if (index + step >= 0 && index + step < NYSE.sessionCount) {
          expect(NYSE.sessionIndex(NYSE.addSessions(date, step))).toBe(index + step);
        }
      }),
    );
  });
});

const readDates = (path: string): number[] => {
  const lines = readFileSync(sharedPath(path), "utf8").trim().split("\n").slice(1);
  return lines.map((line) => parseDate(line.slice(0, 10)));
};

describeWithShared(
  "NYSE against real daily series",
  ["data/npm_extract/vega-datasets_SP500_1d.csv", "data/equity_daily_lean/SPY_1d.csv"],
  () => {
    it.each([
      ["data/npm_extract/vega-datasets_SP500_1d.csv", 5105],
      ["data/equity_daily_lean/SPY_1d.csv", 4277],
    ])("has exactly the sessions of %s", (path, count) => {
      const dates = readDates(path);
      expect(dates).toHaveLength(count);
      expect(NYSE.sessionsBetween(dates[0]!, NYSE.nextSession(dates.at(-1)!))).toEqual(dates);
    });
  },
);

describeWithShared("NYSE against real hourly volume", ["data/equity_hourly_lean/SPY_1h.csv"], () => {
  it("closes at 13:00 exactly on the days when SPY hardly traded from 15:00 on, 1998 to 2014", () => {
    const total = new Map<number, number>();
    const late = new Map<number, number>();
    for (const line of readFileSync(sharedPath("data/equity_hourly_lean/SPY_1h.csv"), "utf8").trim().split("\n").slice(1)) {
      const [, stamp, , , , , volume] = line.split(",");
      const date = parseDate(stamp!.slice(0, 10));
      const isLate = stamp!.slice(11) >= "15:00";
      total.set(date, (total.get(date) ?? 0) + Number(volume));
      late.set(date, (late.get(date) ?? 0) + (isLate ? Number(volume) : 0));
    }
    const sessions = NYSE.sessionsBetween(19980102, 20150101);
    const quiet = sessions.filter((date) => late.get(date)! < 0.02 * total.get(date)!);
    expect(sessions.filter((date) => NYSE.isEarlyClose(date) && date !== 20050601)).toEqual(quiet);
    expect(quiet).toHaveLength(39);
  });
});
