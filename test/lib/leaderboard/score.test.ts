import { describe, expect, it } from "vitest";
import { packRules } from "#lib/leaderboard/pack-rules.ts";
import { score } from "#lib/leaderboard/score.ts";
import { balanced, metricsWith } from "./metrics.fixture.ts";

describe("score", () => {
  it("weighs Sharpe, bets, drawdown, spread of the folds and turnover", () => {
    // 1 x 50/100 - .5 x 12/25 - .2 x .5 - .1 x .5/2.
    expect(score(metricsWith({ bets: 50 }), balanced, "sharpe")).toBeCloseTo(0.5 - 0.24 - 0.1 - 0.025, 12);
  });

  it("gives full weight from 100 bets on", () => {
    expect(score(metricsWith({ bets: 250 }), balanced, "sharpe")).toBe(score(metricsWith({ bets: 100 }), balanced, "sharpe"));
  });

  it("does not soften a negative Sharpe ratio by few bets", () => {
    const few = score(metricsWith({ residualSharpe: -1, bets: 10 }), balanced, "sharpe");
    expect(few).toBeCloseTo(-1 - 0.24 - 0.1 - 0.025, 12);
  });

  it("uses Sortino x 0.7 or Calmar where the pack says so", () => {
    const metrics = metricsWith({ sortino: 2, calmar: 0.9 });
    expect(score(metrics, balanced, packRules("zerosigma").score)).toBeCloseTo(1.4 - 0.365, 12);
    expect(score(metrics, balanced, packRules("longsigma").score)).toBeCloseTo(0.9 - 0.365, 12);
    expect(packRules("swingsigma").score).toBe("sharpe");
    expect(packRules("constructor").score).toBe("sharpe");
  });

  it("leaves a term without a limit out", () => {
    expect(score(metricsWith({ turnover: null }), { max_drawdown_pct: 24 }, "sharpe")).toBeCloseTo(1 - 0.25 - 0.1, 12);
  });

  it("is undefined when something that enters is", () => {
    expect(score(metricsWith({ residualSharpe: null }), balanced, "sharpe")).toBeNull();
    expect(score(metricsWith({ sd_fold_sharpe: null }), balanced, "sharpe")).toBeNull();
    expect(score(metricsWith({ max_drawdown_pct: null }), balanced, "sharpe")).toBeNull();
  });
});
