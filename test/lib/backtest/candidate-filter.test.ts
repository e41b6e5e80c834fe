import { describe, expect, it } from "vitest";
import { candidateFilter, entryHours, MAY_BUY, MAY_CLOSE, MAY_SELL } from "#lib/backtest/candidate-filter.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { matrixOf, randomBars } from "./support.ts";

/** Three sessions of seven hourly bars, hours 9 to 15. */
const ROWS = 21;
const matrix = matrixOf(randomBars(ROWS, "filter"), {
  barsPerSession: 7,
  features: { score: Float64Array.from({ length: ROWS }, (_, row) => row - 10) },
});
const tape = buildTape(matrix);
const hours = entryHours(tape, { kind: "next_bar_direction", entry: "next_open" });
const OPEN = { hours: null, allowedHours: null, daily: false, rules: [], momentum: null };
const rowsWith = (filter: Uint8Array, bit: number): number[] => [...filter.keys()].filter((row) => (filter[row]! & bit) !== 0);

describe("candidateFilter", () => {
  it("lets everything do everything without terms", () => {
    expect(new Set(candidateFilter(tape, hours, OPEN))).toEqual(new Set([MAY_BUY | MAY_SELL | MAY_CLOSE]));
  });

  it("binds entries and closes by hours of the entry bar: the variant's and the model's", () => {
    const filter = candidateFilter(tape, hours, { ...OPEN, hours: [9, 10, 11], allowedHours: [10, 11, 12] });
    for (const bit of [MAY_BUY, MAY_SELL, MAY_CLOSE]) expect(rowsWith(filter, bit)).toEqual([0, 1, 7, 8, 14, 15]);
    expect(new Set(candidateFilter(tape, hours, { ...OPEN, hours: [3], daily: true }))).toEqual(new Set([7]));
  });

  it("binds entries alone by the strategy's rule and the momentum gate", () => {
    const rule = Uint8Array.from({ length: ROWS }, (_, row) => row % 2);
    const filter = candidateFilter(tape, hours, { ...OPEN, rules: [rule], momentum: { column: "score", min: 8 } });
    expect(rowsWith(filter, MAY_BUY)).toEqual([19]);
    expect(rowsWith(filter, MAY_SELL)).toEqual([1]);
    expect(rowsWith(filter, MAY_CLOSE)).toHaveLength(ROWS);
  });
});

describe("entryHours", () => {
  it("is the next bar's hour, over the night too", () => {
    expect([...hours.slice(0, 8)]).toEqual([10, 11, 12, 13, 14, 15, 9, 10]);
    expect([...entryHours(tape, { kind: "next_bar_direction", entry: "decision_close" }).slice(0, 3)]).toEqual([9, 10, 11]);
  });

  it("is the hour of the bar that the calendar has next where the tape ends, as it will be when that bar is there", () => {
    const endsAt = (utcMs: number): number => {
      const last = buildTape(matrixOf(randomBars(1, "filter"), { barsPerSession: 7 }));
      return entryHours({ ...last, ts: Float64Array.of(utcMs) }, { kind: "next_bar_direction", entry: "next_open" })[0]!;
    };
    // 2024-01-03 is a whole session, 2024-11-29 ends at 13:00, 2024-01-01 and the year 1970 are no sessions of the table.
    expect(endsAt(Date.UTC(2024, 0, 3, 20))).toBe(15);
    expect(endsAt(Date.UTC(2024, 0, 3, 21))).toBe(9);
    expect(endsAt(Date.UTC(2024, 10, 29, 18))).toBe(9);
    expect(endsAt(Date.UTC(2024, 0, 1, 20))).toBe(15);
    expect(endsAt(Date.UTC(1970, 0, 5, 21))).toBe(16);
  });
});
