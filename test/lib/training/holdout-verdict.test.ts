import { describe, expect, it } from "vitest";
import { judgeHoldout } from "#lib/training/holdout-verdict.ts";

/** Normal returns over 252 sessions: the standard error is sqrt((1 + SR^2 / 2) / 251). */
const holdout = (sharpe: number, backtestSharpe = 0.1) => ({ sharpe, sessions: 252, skew: 0, kurtosis: 3, backtestSharpe });

describe("judgeHoldout", () => {
  it("gives a holdout that equals the backtest a probability of one half, and no veto", () => {
    const { probabilityThisLow, vetoed } = judgeHoldout(holdout(0.1));
    expect(probabilityThisLow).toBeCloseTo(0.5, 12);
    expect(vetoed).toBe(false);
  });

  it("vetoes below 5 %, which normal returns reach 1.645 standard errors down", () => {
    // At SR 0 the standard error is 1 / sqrt(251) = .06312, so .1 lies 1.584 of them up: P = .0566; .105 1.664: P = .0481.
    expect(judgeHoldout(holdout(0, 0.1)).probabilityThisLow).toBeCloseTo(0.0566, 4);
    expect(judgeHoldout(holdout(0, 0.1)).vetoed).toBe(false);
    expect(judgeHoldout(holdout(0, 0.105)).probabilityThisLow).toBeCloseTo(0.0481, 4);
    expect(judgeHoldout(holdout(0, 0.105)).vetoed).toBe(true);
  });

  it("never vetoes a better holdout, nor one that says nothing", () => {
    expect(judgeHoldout(holdout(0.4)).vetoed).toBe(false);
    expect(judgeHoldout(holdout(Number.NaN))).toEqual({ probabilityThisLow: null, vetoed: false });
    expect(judgeHoldout(holdout(0, Number.NaN))).toEqual({ probabilityThisLow: null, vetoed: false });
  });
});
