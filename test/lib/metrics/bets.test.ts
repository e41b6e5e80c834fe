import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBets } from "#lib/metrics/bets.ts";

const intervals = (...pairs: [number, number][]) => ({
  entryMs: Float64Array.from(pairs, ([entry]) => entry),
  exitMs: Float64Array.from(pairs, ([, exit]) => exit),
});

describe("countBets", () => {
  it("joins overlapping trades into one bet", () => {
    expect(countBets(intervals([0, 10], [5, 12], [11, 20], [30, 40]))).toBe(2);
  });

  it("keeps a trade that opens when the one before closes apart", () => {
    expect(countBets(intervals([0, 10], [10, 20], [20, 30]))).toBe(3);
  });

  it("sees through a long trade that spans several short ones", () => {
    expect(countBets(intervals([0, 100], [10, 20], [50, 60], [100, 110]))).toBe(2);
  });

  it("reads only the first count trades", () => {
    expect(countBets({ ...intervals([0, 1], [2, 3], [4, 5]), count: 2 })).toBe(2);
  });

  it("counts trades of different symbols in one session once, and of one symbol apart", () => {
    const twoHours = intervals([0, 1], [2, 3], [100, 101], [102, 103]);
    const entrySession = Int32Array.of(0, 0, 1, 1);
    expect(countBets({ ...twoHours, entrySession, symbol: Int32Array.of(0, 1, 0, 0) })).toBe(3);
    expect(countBets({ ...twoHours, entrySession, symbol: Int32Array.of(0, 0, 0, 0) })).toBe(4);
  });

  const trades = fc.array(fc.tuple(fc.nat(500), fc.nat(40)), { maxLength: 40 });

  it("is never above the number of trades, and 0 only without trades", () => {
    fc.assert(
      fc.property(trades, (list) => {
        const bets = countBets(intervals(...list.map(([entry, length]): [number, number] => [entry, entry + length])));
        expect(bets).toBeLessThanOrEqual(list.length);
        expect(bets > 0).toBe(list.length > 0);
      }),
    );
  });

  it("does not depend on the order of the trades", () => {
    fc.assert(
      fc.property(trades, (list) => {
        const pairs = list.map(([entry, length]): [number, number] => [entry, entry + length + 1]);
        expect(countBets(intervals(...pairs.toReversed()))).toBe(countBets(intervals(...pairs)));
      }),
    );
  });
});
