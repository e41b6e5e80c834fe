import { describe, expect, it } from "vitest";
import { bytes, count, decimal, duration, minute, percent, text, wrap } from "../../cli/format.ts";

describe("decimal", () => {
  it("shows unknown as n/a and never as 0", () => {
    expect([decimal(null), decimal(undefined), decimal(Number.NaN), decimal(0)]).toEqual(["n/a", "n/a", "n/a", "0.00"]);
  });

  it("has no negative zero", () => {
    expect(decimal(-0.001)).toBe("0.00");
  });
});

describe("count and percent", () => {
  it("groups whole numbers by three", () => {
    expect(count(5105)).toBe("5,105");
    expect(count(null)).toBe("n/a");
  });

  it("turns a fraction into percent", () => {
    expect(percent(0.1234)).toBe("12.3");
    expect(percent(null)).toBe("n/a");
  });
});

describe("text and minute", () => {
  it("says n/a for nothing", () => {
    expect([text(null), text(""), text("x")]).toEqual(["n/a", "n/a", "x"]);
    expect(minute("2026-01-02T21:00:05.000Z")).toBe("2026-01-02 21:00");
    expect(minute(null)).toBe("n/a");
  });
});

describe("duration", () => {
  it("takes the unit that fits", () => {
    expect([400, 9_940, 9_960, 59_400, 185_000, 7_440_000].map(duration)).toEqual([
      "0.4 s",
      "9.9 s",
      "10 s",
      "59 s",
      "3 min 05 s",
      "2 h 04 min",
    ]);
  });
});

describe("bytes", () => {
  it("takes the largest unit that leaves at least 1", () => {
    expect([0, 1023, 1024, 1_572_864].map(bytes)).toEqual(["0 B", "1023 B", "1.0 KB", "1.5 MB"]);
  });
});

describe("wrap", () => {
  it("breaks at spaces and keeps words whole", () => {
    expect(wrap("one two three", 7)).toBe("one two\nthree");
    expect(wrap("incomprehensible", 5)).toBe("incomprehensible");
  });
});
