import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceInWords, formatAge, formatDate, formatMoment, formatNumber, formatUtc, plural } from "../../../web/src/words/format.ts";

describe("formatNumber", () => {
  it.each([
    [1234567, "count", "1,234,567"],
    [1.2345, "ratio", "1.23"],
    [-1.2345, "ratio", "−1.23"],
    [0.1234, "share", "12.3%"],
    [0.1234, "signed_share", "+12.3%"],
    [-0.1234, "signed_share", "−12.3%"],
    [15.2051, "signed_share", "+1,521%"],
    [12.34, "percent", "12.3%"],
    [0.5, "probability", "0.500"],
    [0.0001, "probability", "< 0.001"],
    [0.9999, "probability", "> 0.999"],
    [1, "probability", "1.000"],
    [0, "probability", "0.000"],
    [7.25, "bps", "7.3 bps"],
    [2.5, "multiple", "2.50×"],
    [0.68215, "score4", "0.6822"],
    [0.3, "seconds", "< 1 s"],
    [59, "seconds", "59 s"],
    [125, "seconds", "2 min 5 s"],
    [1800, "seconds", "30 min"],
    [5400, "seconds", "1 h 30 min"],
    [400_000, "seconds", "4 d 15 h"],
    [0.004, "dollars", "< $0.01"],
    [1234.5, "dollars", "$1,234.50"],
  ] as const)("writes %d as %s: %s", (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text);
  });

  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])("writes %s as a dash, never as 0", (value) => {
    expect(formatNumber(value, "ratio")).toBe("–");
  });

  it("writes no negative zero", () => {
    expect(formatNumber(-0.001, "ratio")).toBe("0.00");
    expect(formatNumber(-0.0001, "signed_share")).toBe("0.0%");
  });
});

describe("chanceInWords", () => {
  it("calls nothing certain or impossible that is not", () => {
    expect([0.52, 0.994, 0.996, 0.99999, 1, 0.004, 0, null].map(chanceInWords)).toEqual([
      "0.52",
      "0.99",
      "above 0.99",
      "above 0.99",
      "1.00",
      "below 0.01",
      "0.00",
      "–",
    ]);
  });
});

describe("formatMoment", () => {
  it("is the exchange's time, in winter and in summer, whatever the machine's zone", () => {
    expect(formatMoment("2026-11-20T19:05:09Z")).toBe("2026-11-20 14:05 ET");
    expect(formatMoment("2026-07-01T19:05:09Z")).toBe("2026-07-01 15:05 ET");
    expect(formatMoment("2026-01-01T04:59:00Z")).toBe("2025-12-31 23:59 ET");
  });

  it("writes midnight as 00, and what is no moment as a dash", () => {
    expect(formatMoment("2026-01-01T05:00:00Z")).toBe("2026-01-01 00:00 ET");
    expect(formatMoment("soon")).toBe("–");
    expect(formatMoment(null)).toBe("–");
  });

  it("has UTC for its title", () => {
    expect(formatUtc("2026-11-20T19:05:09Z")).toBe("2026-11-20 19:05:09 UTC");
  });
});

describe("formatDate", () => {
  it("keeps a session's date as it is", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }), (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(formatDate(day)).toBe(day);
      }),
    );
  });

  it("takes New York's date of a moment", () => {
    expect(formatDate("2026-11-21T03:00:00Z")).toBe("2026-11-20");
  });
});

describe("formatAge", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  it.each([
    ["2026-11-20T11:59:40Z", "just now"],
    ["2026-11-20T11:56:00Z", "4 min ago"],
    ["2026-11-20T09:00:00Z", "3 h ago"],
    ["2026-11-18T12:00:00Z", "2 d ago"],
    ["2026-11-20T12:30:00Z", "in 30 min"],
  ])("says of %s: %s", (at, text) => {
    expect(formatAge(at, now)).toBe(text);
  });
});

describe("plural", () => {
  it("counts one and many", () => {
    expect(plural(1, "run")).toBe("1 run");
    expect(plural(2400, "run")).toBe("2,400 runs");
    expect(plural(0, "entry", "entries")).toBe("0 entries");
  });
});
