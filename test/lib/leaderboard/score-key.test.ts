import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRank, orderedHex, scoreKey } from "#lib/leaderboard/score-key.ts";

const row = (score: number | null, total_return: number | null, win_rate: number | null, row_id: string) => ({
  score,
  total_return,
  win_rate,
  row_id,
});

describe("orderedHex", () => {
  it("orders texts as the numbers are ordered", () => {
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(orderedHex(a) < orderedHex(b) ? -1 : orderedHex(a) > orderedHex(b) ? 1 : 0)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      {
        numRuns: 1000,
        examples: [
          [-0, 0],
          [-1, 1],
          [Number.MIN_VALUE, 0],
          [-Number.MIN_VALUE, 0],
          [-5, -5.000001],
        ],
      },
    );
  });

  it("puts what is undefined before every number", () => {
    expect(orderedHex(null) < orderedHex(Number.NEGATIVE_INFINITY)).toBe(true);
    expect(orderedHex(Number.NaN)).toBe(orderedHex(null));
    expect(orderedHex(1)).toBe("bff0000000000000");
  });
});

describe("scoreKey", () => {
  it("reads best first in descending order, ties by return, win rate and id", () => {
    const rows = [
      row(0.5, 0.2, 0.5, "a"),
      row(0.5, 0.2, 0.5, "b"),
      row(0.5, 0.2, 0.6, "c"),
      row(0.5, 0.3, 0.1, "d"),
      row(-1, 9, 9, "e"),
      row(null, 9, 9, "f"),
      row(2, -1, 0, "g"),
    ];
    expect(rows.toSorted((a, b) => (scoreKey(a) < scoreKey(b) ? 1 : -1)).map(({ row_id }) => row_id)).toEqual([..."gdcbaef"]);
    expect(rows.toSorted(compareRank).map(({ row_id }) => row_id)).toEqual([..."gdcbaef"]);
  });

  it("fits a sort key", () => {
    expect(Buffer.byteLength(scoreKey(row(1, 1, 1, "x".repeat(128))))).toBeLessThan(1024);
  });
});
