import { describe, expect, it } from "vitest";
import { tightenBudget } from "#lib/leaderboard/tighten.ts";

const profile = { min_bets: 30, max_drawdown_pct: 25, min_dsr: 0.9, allowed_hours: [13, 14, 15] };

describe("tightenBudget", () => {
  it("takes stricter limits and limits that the profile does not set", () => {
    const budget = tightenBudget(profile, [
      { source: "the policy", budget: { max_drawdown_pct: 20, turnover_max: 2 } },
      { source: "the model", budget: { min_bets: 50, turnover_max: 1, allowed_hours: [14] } },
    ]);
    expect(budget).toEqual({ min_bets: 50, max_drawdown_pct: 20, min_dsr: 0.9, turnover_max: 1, allowed_hours: [14] });
    expect(profile.allowed_hours).toEqual([13, 14, 15]);
  });

  it("takes an equal limit", () => {
    expect(tightenBudget(profile, [{ source: "the policy", budget: { min_bets: 30, max_drawdown_pct: 25 } }])).toEqual(profile);
  });

  it("refuses a loosening with key, limit and attempt", () => {
    expect(() => tightenBudget(profile, [{ source: 'gates of model "m"', budget: { min_bets: 20 } }])).toThrowError(
      expect.objectContaining({
        code: "MODEL_INVALID",
        facts: { key: "min_bets", limit: "30", attempt: "20" },
        message:
          'Gates may only become stricter. min_bets: the limit is "30", gates of model "m" asks for "20". Remove the key or make it stricter.',
      }),
    );
  });

  it("names every loosened key as a field error", () => {
    const loose = { max_drawdown_pct: 30, min_dsr: 0.5, allowed_hours: [9, 14] };
    expect(() => tightenBudget(profile, [{ source: "the model", budget: loose }])).toThrowError(
      expect.objectContaining({
        fieldErrors: [
          { path: "max_drawdown_pct", issue: 'must not loosen "25" to "30"' },
          { path: "min_dsr", issue: 'must not loosen "0.9" to "0.5"' },
          { path: "allowed_hours", issue: 'must not loosen "13,14,15" to "9,14"' },
        ],
      }),
    );
  });

  it("holds the model against what the policy has tightened", () => {
    const tightenings = [
      { source: "the policy", budget: { max_drawdown_pct: 15 } },
      { source: "the model", budget: { max_drawdown_pct: 20 } },
    ];
    expect(() => tightenBudget(profile, tightenings)).toThrow('the limit is "15", the model asks for "20"');
  });
});
