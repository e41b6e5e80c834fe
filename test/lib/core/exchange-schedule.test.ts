import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import {
  isHoliday,
  isScheduleDate,
  isScheduledSession,
  nextScheduledSession,
  previousScheduledSession,
  scheduledCloseOf,
  scheduledOpenOf,
} from "#lib/core/exchange-schedule.ts";

const iso = (ms: number): string => new Date(ms).toISOString();

describe("the exchange's schedule", () => {
  it("knows holidays in advance and no closure that nobody foresaw", () => {
    // Hurricane Sandy, and the attacks of September 11.
    for (const date of [20121029, 20121030, 20010911, 20010914, 20181205, 20250109]) {
      expect([NYSE.isSession(date), isScheduledSession(date), isHoliday(date)]).toEqual([false, true, false]);
    }
    for (const date of [20260703, 20260403, 20220620]) expect([isScheduledSession(date), isHoliday(date)]).toEqual([false, true]);
    expect([isScheduledSession(20260704), isHoliday(20260704)]).toEqual([false, false]);
  });

  it("is the trading calendar but for those closures", () => {
    const unforeseen: number[] = [];
    for (let date = 19900102; date < 20310101; date = nextScheduledSession(date)) if (!NYSE.isSession(date)) unforeseen.push(date);
    expect(unforeseen).toEqual([
      19940427, 20010911, 20010912, 20010913, 20010914, 20040611, 20070102, 20121029, 20121030, 20181205, 20250109,
    ]);
    for (let i = 0; i < NYSE.sessionCount; i++) expect(isScheduledSession(NYSE.sessionAt(i))).toBe(true);
  });

  it("steps over weekends and holidays, and beyond the trading calendar's end", () => {
    expect(nextScheduledSession(20260618)).toBe(20260622);
    expect(previousScheduledSession(20260706)).toBe(20260702);
    expect(nextScheduledSession(20121026)).toBe(20121029);
    expect(nextScheduledSession(20301231)).toBe(20310102);
  });

  it("closes early on announced half days, and expects 16:00 on days that were cut short by surprise", () => {
    expect(iso(scheduledOpenOf(20240703))).toBe("2024-07-03T13:30:00.000Z");
    expect(iso(scheduledCloseOf(20240703))).toBe("2024-07-03T17:00:00.000Z");
    expect(iso(scheduledCloseOf(20031226))).toBe("2003-12-26T18:00:00.000Z");
    // The communication system failed at 15:56.
    expect(iso(NYSE.closeOf(20050601))).toBe("2005-06-01T19:56:00.000Z");
    expect(iso(scheduledCloseOf(20050601))).toBe("2005-06-01T20:00:00.000Z");
  });

  it.each([Number.NaN, 20240230, 20241301, 19891229, 2024.5, 0])("has no date %d", (date) => {
    expect(isScheduleDate(date)).toBe(false);
  });

  it("has dates from 1990 on", () => {
    expect([19900102, 20260618, 20330414].map(isScheduleDate)).toEqual([true, true, true]);
  });
});
