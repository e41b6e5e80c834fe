import { describe, expect, it } from "vitest";
import { readTimeStamp, stampReader } from "#lib/market-data/source/time-stamp.ts";

const NEW_YORK = "America/New_York";

describe("readTimeStamp", () => {
  it.each([
    ["2024-07-01T09:30", "2024-07-01T13:30:00.000Z"],
    ["2024-07-01 09:30:15", "2024-07-01T13:30:15.000Z"],
    ["2024-07-01T09:30:15.250", "2024-07-01T13:30:15.250Z"],
    ["20240701 09:30", "2024-07-01T13:30:00.000Z"],
    ["2024-01-02T09:30", "2024-01-02T14:30:00.000Z"],
    ["2024-07-01T13:30Z", "2024-07-01T13:30:00.000Z"],
    ["2024-07-01T13:30:00.000Z", "2024-07-01T13:30:00.000Z"],
    ["2024-07-01T09:30:00-04:00", "2024-07-01T13:30:00.000Z"],
    ["2024-07-01 09:30:00 -0400", "2024-07-01T13:30:00.000Z"],
    ["2024-07-01T21:30+08:00", "2024-07-01T13:30:00.000Z"],
    ["1719840600", "2024-07-01T13:30:00.000Z"],
    ["1719840600000", "2024-07-01T13:30:00.000Z"],
    ["883749600", "1998-01-02T14:00:00.000Z"],
  ])("reads %s as %s", (text, instant) => {
    expect(readTimeStamp(text, NEW_YORK)).toEqual({ utcMs: Date.parse(instant), date: null });
  });

  it("reads a stamp without a zone in the zone given", () => {
    expect(readTimeStamp("2024-07-01T15:00", "Asia/Shanghai")?.utcMs).toBe(Date.parse("2024-07-01T07:00:00Z"));
    expect(readTimeStamp("2024-07-01T15:00Z", "Asia/Shanghai")?.utcMs).toBe(Date.parse("2024-07-01T15:00:00Z"));
  });

  it.each([
    "2024-07-01",
    "20240701",
    "2024-07-01T00:00:00",
    "2024-07-01T00:00:00Z",
    "2024-07-01 00:00:00-04:00",
    "1719792000",
    "1719792000000",
  ])("takes %s as the date 2024-07-01", (text) => {
    expect(readTimeStamp(text, NEW_YORK)?.date).toBe(20240701);
  });

  it.each([
    "",
    "2024-02-30",
    "2024-13-01",
    "11/01/1985",
    "2024-07-01T24:00",
    "2024-07-01T09:60",
    "09:30",
    "1719",
    "-1719840600",
    "2024-07-01T09:30X",
    "NaN",
  ])('does not read "%s"', (text) => {
    expect(readTimeStamp(text, NEW_YORK)).toBeUndefined();
  });
});

describe("stampReader", () => {
  const read = (dates: "year_first" | "month_first" | "day_first") => stampReader({ name: "f.csv", dates });

  it.each([
    ["month_first", "07/01/2024", 20240701],
    ["month_first", "7/1/2024", 20240701],
    ["day_first", "07/01/2024", 20240107],
    ["day_first", "31.12.2024", 20241231],
    ["year_first", "2024-07-01", 20240701],
  ] as const)("reads dates %s: %s is %i", (dates, text, date) => {
    expect(read(dates)(text)?.date).toBe(date);
  });

  it("reads a time of day after such a date as wall clock of the zone", () => {
    const utc = stampReader({ name: "f.csv", dates: "month_first", timezone: "UTC" });
    expect(utc("07/01/2024 9:30")).toEqual({ utcMs: Date.parse("2024-07-01T09:30:00Z"), date: null });
    expect(read("month_first")("07/01/2024 09:30:15")).toEqual({ utcMs: Date.parse("2024-07-01T13:30:15Z"), date: null });
  });

  it.each([
    ["month_first", "31/12/2024"],
    ["month_first", "2024-07-01"],
    ["day_first", "12/31/2024"],
    ["day_first", "01/07/24"],
    ["month_first", "07/01/2024 24:00"],
    ["year_first", "07/01/2024"],
  ] as const)("does not read dates %s from %s", (dates, text) => {
    expect(read(dates)(text)).toBeUndefined();
  });

  it("refuses a zone that does not exist before it reads anything", () => {
    expect(() => stampReader({ name: "f.csv", timezone: "America/NewYork" })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAM", message: expect.stringContaining('Did you mean "America/New_York"?') }),
    );
  });
});
