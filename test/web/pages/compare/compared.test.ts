import { describe, expect, it } from "vitest";
import { budgetUses, lettersOf, sideLines } from "../../../../web/src/pages/compare/compared.ts";

describe("sideLines", () => {
  it("puts values side by side, says which differ, and leaves out what none has", () => {
    expect(
      sideLines([
        { a: 1, b: null, c: [9, 10] },
        { a: 1, b: null, c: [9], d: "x" },
      ]),
    ).toEqual([
      { key: "a", values: ["1", "1"], differs: false },
      { key: "c", values: ["[9,10]", "[9]"], differs: true },
      { key: "d", values: ["", "x"], differs: true },
    ]);
  });
});

describe("budgetUses", () => {
  const metrics = { bets: 15, max_drawdown_pct: 30, residual: { sharpe: 0.6 }, turnover: null };
  const uses = budgetUses(metrics, { dsr: 0.9 }, { min_bets: 30, max_drawdown_pct: 25, min_sharpe: 0.5, turnover_max: 2, min_dsr: 0.9 });

  it("holds each limit against its number", () => {
    expect(uses.map(({ key, value, holds }) => [key, value, holds])).toEqual([
      ["min_bets", 15, false],
      ["max_drawdown_pct", 30, false],
      ["min_sharpe", 0.6, true],
      ["turnover_max", null, null],
      ["min_dsr", 0.9, true],
    ]);
  });

  it("says how much of the limit it is", () => {
    expect(uses.map(({ share }) => share)).toEqual([0.5, 1.2, 1.2, null, 1]);
  });
});

describe("lettersOf", () => {
  it("names as many as there are", () => {
    expect(lettersOf(3)).toEqual(["A", "B", "C"]);
  });
});
