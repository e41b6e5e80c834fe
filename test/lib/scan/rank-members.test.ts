import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MemberValues, rankMembers, type ScanRule, unknownRanks } from "#lib/scan/rank-members.ts";

const member = (symbol: string, values: Readonly<Record<string, number>>): MemberValues => ({
  symbol,
  values: new Map(Object.entries(values)),
});
const rule = (rank: readonly Partial<ScanRule["rank"][number]>[], where: ScanRule["where"] = []): ScanRule => ({
  where,
  rank: rank.map((one) => ({ column: "a", best: "high", weight: 1, ...one })) as ScanRule["rank"],
});
const listed = (members: readonly MemberValues[], by: ScanRule) =>
  rankMembers(members, by).map(({ member: { symbol }, score }) => [symbol, score]);

describe("rankMembers", () => {
  const FOUR = [member("A", { a: 1, b: 9 }), member("B", { a: 2, b: 8 }), member("C", { a: 2, b: 7 }), member("D", { a: 5, b: 6 })];

  // By hand: of four values 1, 2, 2, 5 the percentiles are 0.5, 2, 2 and 3.5 of 4.
  it("scores by percentile, equals alike, and then goes by symbol", () => {
    expect(listed(FOUR, rule([{}]))).toEqual([
      ["D", 87.5],
      ["B", 50],
      ["C", 50],
      ["A", 12.5],
    ]);
    expect(listed(FOUR, rule([{ best: "low" }])).map(([symbol]) => symbol)).toEqual(["A", "B", "C", "D"]);
  });

  // By hand: a counts twice, b falls from A to D: (2 x 12.5 + 87.5) / 3, (2 x 50 + 62.5) / 3, (2 x 50 + 37.5) / 3, (2 x 87.5 + 12.5) / 3.
  it("weighs several columns, whatever their units", () => {
    expect(listed(FOUR, rule([{ weight: 2 }, { column: "b" }]))).toEqual([
      ["D", 62.5],
      ["B", 162.5 / 3],
      ["C", 137.5 / 3],
      ["A", 37.5],
    ]);
  });

  it("puts those first that fulfil every condition, and says what was found", () => {
    const ranked = rankMembers(
      FOUR,
      rule(
        [{}],
        [
          { column: "a", op: "<", value: 5 },
          { column: "b", op: ">", value: "a" },
        ],
      ),
    );
    expect(ranked.map(({ member: { symbol }, fulfilled }) => [symbol, fulfilled])).toEqual([
      ["B", true],
      ["C", true],
      ["A", true],
      ["D", false],
    ]);
    expect(ranked[3]!.conditions).toEqual([
      { column: "a", op: "<", value: 5, found: 5, holds: false },
      { column: "b", op: ">", value: "a", found: 6, holds: true },
    ]);
  });

  it("lets no condition hold whose value is unknown", () => {
    const [only] = rankMembers([member("A", { a: 1, b: Number.NaN })], rule([{}], [{ column: "b", op: "!=", value: 0 }]));
    expect(only).toMatchObject({ score: 50, fulfilled: false });
  });

  it("knows nothing of the order in which members come, of their units, nor of numbers beyond the order of the values", () => {
    const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (numbers, scale) => {
        const members = numbers.map((a, i) => member(`S${String(i).padStart(2, "0")}`, { a, b: (i * 7) % 5 }));
        const by = rule([{ weight: 2 }, { column: "b", best: "low" }]);
        const stretched = members.map(({ symbol, values: own }) => member(symbol, { a: own.get("a")! ** 3 * scale, b: own.get("b")! }));
        expect(listed(members.toReversed(), by)).toEqual(listed(members, by));
        expect(listed(stretched, by)).toEqual(listed(members, by));
        const scores = listed(members, by).map(([, score]) => score as number);
        expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeCloseTo(50, 9);
      }),
    );
  });
});

describe("unknownRanks", () => {
  it("names the columns that rank and are unknown or absent", () => {
    const by = rule([{}, { column: "b" }, { column: "c" }]);
    expect(unknownRanks(member("A", { a: 1, b: Number.NaN }), by)).toEqual(["b", "c"]);
  });
});
