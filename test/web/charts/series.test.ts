import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alignSeries,
  dateTicks,
  drawdownOf,
  monthlyReturns,
  secondsOf,
  strengthOf,
  waterfallOf,
  yearlyReturns,
} from "../../../web/src/charts/series.ts";

describe("alignSeries", () => {
  it("puts curves over every date that one of them has, and leaves gaps unknown", () => {
    const series = [
      { name: "a", dates: ["2026-01-02", "2026-01-05"], values: [1, 1.1] },
      { name: "b", dates: ["2026-01-05", "2026-01-06"], values: [2, null] },
    ];
    expect(alignSeries(series)).toEqual({
      dates: ["2026-01-02", "2026-01-05", "2026-01-06"],
      columns: [
        [1, 1.1, null],
        [null, 2, null],
      ],
    });
  });
});

describe("drawdownOf", () => {
  it("is the fall below the highest value so far, the start of 1 included", () => {
    expect(drawdownOf([0.9, 1.2, 0.6, 1.2, 1.5])).toEqual([expect.closeTo(-0.1, 12), 0, -0.5, 0, 0]);
  });

  it("is unknown where the curve is, and goes on from the same peak", () => {
    expect(drawdownOf([2, null, 1])).toEqual([0, null, -0.5]);
  });

  it("is never above 0 and never below -1 for a curve that stays positive", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1 }), (values) => {
        for (const value of drawdownOf(values)) {
          expect(value).toBeLessThanOrEqual(0);
          expect(value).toBeGreaterThan(-1);
        }
      }),
    );
  });
});

describe("monthlyReturns", () => {
  const dates = ["2025-12-30", "2025-12-31", "2026-01-02", "2026-01-30", "2026-03-02"];
  const values = [1.1, 1.2, 1.3, 1.5, 0.75];

  it("compounds from the last value of the month before, the first from 1", () => {
    expect(monthlyReturns(dates, values)).toEqual([
      { year: 2025, month: 12, value: expect.closeTo(0.2, 12) },
      { year: 2026, month: 1, value: expect.closeTo(0.25, 12) },
      { year: 2026, month: 3, value: expect.closeTo(-0.5, 12) },
    ]);
  });

  it("skips what is not known, and compounds years to the whole", () => {
    const months = monthlyReturns([...dates, "2026-03-03"], [...values, null]);
    expect(months).toHaveLength(3);
    const years = yearlyReturns(months);
    expect(years.get(2026)).toBeCloseTo(0.75 / 1.2 - 1, 12);
    expect([...years.values()].reduce((product, value) => product * (1 + value), 1)).toBeCloseTo(0.75, 12);
  });
});

describe("waterfallOf", () => {
  it("goes from the base to the sum, the largest steps first, with the others in one", () => {
    const bars = waterfallOf(
      -0.2,
      [
        { feature: "small", value: 1, contribution: 0.01 },
        { feature: "large", value: 0.123456, contribution: -0.5 },
        { feature: "middle", value: null, contribution: 0.3 },
      ],
      { features: 4, contribution: 0.05 },
      2,
    );
    expect(bars.map(({ name, detail }) => [name, detail])).toEqual([
      ["large", "0.1235"],
      ["middle", "not known"],
      ["5 other features", ""],
    ]);
    expect(bars.at(-1)!.to).toBeCloseTo(-0.2 - 0.5 + 0.3 + 0.01 + 0.05, 12);
    expect(bars[1]!.from).toBe(bars[0]!.to);
  });

  it("has no bar for others where there are none", () => {
    const bars = waterfallOf(0, [{ feature: "only", value: 2, contribution: 1 }], { features: 0, contribution: 0 });
    expect(bars.map(({ name }) => name)).toEqual(["only"]);
  });
});

describe("strengthOf", () => {
  it("is the share of the largest value, and nothing for the unknown", () => {
    expect([strengthOf(-0.5, 1), strengthOf(3, 1), strengthOf(null, 1), strengthOf(1, 0)]).toEqual([0.5, 1, 0, 0]);
  });
});

describe("secondsOf", () => {
  it("is the date's midnight in UTC, whatever the machine's zone", () => {
    expect(secondsOf("2026-01-02")).toBe(1_767_312_000);
  });
});

describe("dateTicks", () => {
  const at = (...dates: string[]): number[] => dates.map((date) => Date.parse(date) / 1000);

  it("names days, months and years by what lies between them", () => {
    expect(dateTicks(at("2024-10-23", "2024-10-26"), 3 * 86_400)).toEqual(["2024-10-23", "2024-10-26"]);
    expect(dateTicks(at("2024-10-01", "2024-11-01"), 31 * 86_400)).toEqual(["2024-10", "2024-11"]);
    expect(dateTicks(at("2019-01-01", "2021-01-01"), 2 * 365 * 86_400)).toEqual(["2019", "2021"]);
  });
});
