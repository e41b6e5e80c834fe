import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { tightenBudget } from "#lib/policies/tighten.ts";

describe("tightenBudget", () => {
  it("raises floors, lowers ceilings, narrows hours and takes new limits", () => {
    const base = { min_bets: 30, max_drawdown_pct: 25, allowed_hours: [13, 14, 15] };
    expect(tightenBudget(base, { min_bets: 50, max_drawdown_pct: 20, allowed_hours: [15, 13], min_sharpe: 0.5 })).toEqual({
      budget: { min_bets: 50, max_drawdown_pct: 20, allowed_hours: [13, 15], min_sharpe: 0.5 },
      loosened: [],
    });
  });

  it("keeps the stricter value and names what was relaxed", () => {
    expect(
      tightenBudget({ min_dsr: 0.9, turnover_max: 2, allowed_hours: [13] }, { min_dsr: 0.5, turnover_max: 3, allowed_hours: [9, 13] }),
    ).toEqual({
      budget: { min_dsr: 0.9, turnover_max: 2, allowed_hours: [13] },
      loosened: [
        { key: "turnover_max", inForce: "2", found: "3" },
        { key: "allowed_hours", inForce: "13", found: "9,13" },
        { key: "min_dsr", inForce: "0.9", found: "0.5" },
      ],
    });
  });

  it("never yields a limit that is looser than either side, and calls equal limits no relaxation", () => {
    const budget: fc.Arbitrary<RiskBudget> = fc.record(
      {
        min_bets: fc.nat(100),
        max_drawdown_pct: fc.integer({ min: 1, max: 100 }),
        es95_mult: fc.integer({ min: 1, max: 9 }),
        fill_rate_min: fc.double({ min: 0, max: 1, noNaN: true }),
        max_p_oos_loss: fc.double({ min: 0, max: 1, noNaN: true }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(budget, budget, (a, b) => {
        const { budget: both } = tightenBudget(a, b);
        expect(tightenBudget(a, both).loosened).toEqual([]);
        expect(tightenBudget(b, both).loosened).toEqual([]);
        expect(tightenBudget(b, a).budget).toEqual(both);
        expect(tightenBudget(both, both)).toEqual({ budget: both, loosened: [] });
      }),
    );
  });
});
