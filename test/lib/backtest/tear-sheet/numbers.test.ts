import { describe, expect, it } from "vitest";
import { decimal, dollars, percent, probability, whole } from "#lib/backtest/tear-sheet/numbers.ts";

describe("numbers of the tear sheet", () => {
  it("says what is unknown, with a real minus sign and groups of three elsewhere", () => {
    expect([null, Number.NaN].map((value) => decimal(value))).toEqual(["n/a", "n/a"]);
    expect([percent(null), whole(null), dollars(null), probability(null)]).toEqual(["n/a", "n/a", "n/a", "n/a"]);
    expect(decimal(-1234.5678)).toBe("−1,234.57");
    expect(decimal(-0.001)).toBe("0.00");
    expect(percent(11.61)).toBe("1,161.0");
    expect(whole(1_234_567)).toBe("1,234,567");
  });

  it("never rounds a probability to certainty", () => {
    expect([0, 0.0001, 0.0005, 0.5, 0.9994, 0.99951, 1].map(probability)).toEqual([
      "0.000",
      "< 0.001",
      "0.001",
      "0.500",
      "0.999",
      "> 0.999",
      "1.000",
    ]);
  });

  it("reads dollars in words", () => {
    expect([950, 12_345, 34_100_000, 2.5e9, 3e12].map(dollars)).toEqual([
      "$950",
      "$12,345",
      "$34.1 million",
      "$2.5 billion",
      "$3.0 trillion",
    ]);
  });
});
