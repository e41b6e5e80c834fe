import { describe, expect, it } from "vitest";
import { lastMomentOf, yearsToExpiry } from "#lib/options/expiry-time.ts";

const at = (iso: string) => Date.parse(iso);

describe("lastMomentOf", () => {
  it("is the session's actual close in New York", () => {
    expect(lastMomentOf(20240701)).toBe(at("2024-07-01T16:00:00-04:00"));
    expect(lastMomentOf(20240119)).toBe(at("2024-01-19T16:00:00-05:00"));
    // Half days: 3 July and the day after Thanksgiving.
    expect(lastMomentOf(20240703)).toBe(at("2024-07-03T13:00:00-04:00"));
    expect(lastMomentOf(20241129)).toBe(at("2024-11-29T13:00:00-05:00"));
  });

  it("means the session before a date that has none", () => {
    // A Saturday expiry of the old kind, and Good Friday.
    expect(lastMomentOf(20140621)).toBe(at("2014-06-20T16:00:00-04:00"));
    expect(lastMomentOf(20240329)).toBe(at("2024-03-28T16:00:00-04:00"));
  });

  it("takes dates beyond the calendar for full sessions and refuses those before it", () => {
    expect(lastMomentOf(20311219)).toBe(at("2031-12-19T16:00:00-05:00"));
    expect(() => lastMomentOf(19890101)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
    expect(() => lastMomentOf(20240231)).toThrowError(expect.objectContaining({ code: "INVALID_PARAM" }));
  });
});

describe("yearsToExpiry", () => {
  it("counts calendar minutes of 365 days", () => {
    expect(yearsToExpiry(at("2024-07-01T14:00:00-04:00"), 20240701)).toBe(120 / 525_600);
    // Over a weekend, and over the change to daylight time: one hour less.
    expect(yearsToExpiry(at("2024-07-05T16:00:00-04:00"), 20240708)).toBe((3 * 1440) / 525_600);
    expect(yearsToExpiry(at("2024-03-08T16:00:00-05:00"), 20240311)).toBe((3 * 1440 - 60) / 525_600);
    expect(yearsToExpiry(at("2024-07-03T12:00:00-04:00"), 20240703)).toBe(60 / 525_600);
  });

  it("is at least a minute while there is any time, then 0", () => {
    expect(yearsToExpiry(at("2024-07-01T15:59:30-04:00"), 20240701)).toBe(1 / 525_600);
    expect(yearsToExpiry(at("2024-07-01T15:59:59.999-04:00"), 20240701)).toBe(1 / 525_600);
    expect(yearsToExpiry(at("2024-07-01T16:00:00-04:00"), 20240701)).toBe(0);
    expect(yearsToExpiry(at("2024-07-02T10:00:00-04:00"), 20240701)).toBe(0);
    expect(yearsToExpiry(Number.NaN, 20240701)).toBeNaN();
  });
});
