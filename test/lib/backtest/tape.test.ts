import { describe, expect, it } from "vitest";
import { ruleMask } from "#lib/backtest/rules.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { type Bar, matrixOf, randomBars } from "./support.ts";

describe("buildTape", () => {
  it("adjusts prices on the first row's scale", () => {
    // A dividend of 1 on 101 before row 2: the factor grows by 101 / 100.
    const bars: Bar[] = [
      [100, 100, 100, 100],
      [101, 101, 101, 101],
      [100, 102, 99, 101],
    ];
    const tape = buildTape(matrixOf(bars, { factor: Float64Array.of(0.5, 0.5, 0.505) }));
    expect([...tape.close].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([100, 101, 102.01]);
    expect(tape.sessionReturn[2]).toBeCloseTo(0.01, 12);
    expect(tape.sessionReturn[0]).toBeNaN();
  });

  it("carries the last known close over a session without prices", () => {
    const gap: Bar = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    const tape = buildTape(matrixOf([[100, 100, 100, 100], gap, [104, 104, 104, 104]]));
    expect([...tape.sessionReturn.slice(1)].map((value) => value.toFixed(4))).toEqual(["0.0000", "0.0400"]);
  });

  it("groups rows into sessions", () => {
    const tape = buildTape(matrixOf(randomBars(7, 1), { barsPerSession: 3 }));
    expect([...tape.session]).toEqual([0, 0, 0, 1, 1, 1, 2]);
    expect([...tape.sessionLastRow]).toEqual([2, 5, 6]);
    expect([...tape.sessionDate]).toEqual([20240101, 20240102, 20240103]);
  });

  it("averages true ranges as Wilder does", () => {
    // True ranges 2, 3, 5 (gap from 101 to a high of 106), 1: mean of three = 10/3, then (2 x 10/3 + 1) / 3.
    const bars: Bar[] = [
      [100, 100, 100, 100],
      [100, 101, 99, 100],
      [100, 102, 99, 101],
      [104, 106, 103, 105],
      [105, 105.5, 104.5, 105],
    ];
    const atr = buildTape(matrixOf(bars)).atr(3);
    expect([...atr.slice(0, 3)].every(Number.isNaN)).toBe(true);
    expect(atr[3]).toBeCloseTo(10 / 3, 12);
    expect(atr[4]).toBeCloseTo((2 * (10 / 3) + 1) / 3, 12);
  });

  it("knows the median dollar volume of completed sessions only", () => {
    // Closes 1, 2, 3 ... with a million shares: after 20 sessions the median is 10.5 million.
    const bars = Array.from({ length: 25 }, (_, row): Bar => [row + 1, row + 1, row + 1, row + 1]);
    const daily = buildTape(matrixOf(bars)).dollarVolume();
    expect([daily[18], daily[19], daily[20]]).toEqual([Number.NaN, 10.5e6, 11.5e6]);
    const hourly = buildTape(matrixOf(randomBars(50, 3), { barsPerSession: 2 })).dollarVolume();
    expect([Number.isNaN(hourly[38]!), Number.isNaN(hourly[39]!)]).toEqual([true, false]);
    expect(hourly[40]).toBe(hourly[39]);
  });
});

describe("ruleMask", () => {
  const tape = buildTape(
    matrixOf(randomBars(4, 2), { features: { a: Float64Array.of(1, 2, 3, Number.NaN), b: Float64Array.of(3, 2, 1, 0) } }),
  );
  const mask = (rule: Parameters<typeof ruleMask>[0]): number[] => [...ruleMask(rule, tape)];
  const one = (op: ">" | ">=" | "<" | "<=" | "==" | "!=", value: number | string): number[] => mask({ all: [{ column: "a", op, value }] });

  it("compares with numbers and with columns; unknown never holds", () => {
    expect([one(">", 2), one(">=", 2), one("<", 2), one("<=", 2), one("==", 2), one("!=", 2)]).toEqual([
      [0, 0, 1, 0],
      [0, 1, 1, 0],
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [0, 1, 0, 0],
      [1, 0, 1, 0],
    ]);
    expect(one("<", "b")).toEqual([1, 0, 0, 0]);
  });

  it("joins conditions by all or any", () => {
    const conditions: [{ column: string; op: ">"; value: number }, { column: string; op: ">"; value: number }] = [
      { column: "a", op: ">", value: 1 },
      { column: "b", op: ">", value: 1 },
    ];
    expect(mask({ all: conditions })).toEqual([0, 1, 0, 0]);
    expect(mask({ any: conditions })).toEqual([1, 1, 1, 0]);
  });
});
