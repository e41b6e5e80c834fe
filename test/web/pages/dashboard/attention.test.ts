import { describe, expect, it } from "vitest";
import { attentionOf, firstSteps } from "../../../../web/src/pages/dashboard/attention.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");

const run = (changes: Partial<Parameters<typeof attentionOf>[0][number]> = {}): Parameters<typeof attentionOf>[0][number] => ({
  run_id: "sweep_1",
  machine: "sweep",
  pack_id: "swingsigma",
  model_id: "spx_eq_swing_daily",
  status: "failed",
  created_at: "2026-11-26T10:00:00Z",
  ended_at: "2026-11-26T10:05:00Z",
  error: { code: "HISTORY_TOO_SHORT", detail: "The history has 20 sessions, 252 are needed." },
  ...changes,
});

type Trained = Parameters<typeof attentionOf>[1][number];
const trained = (changes: Partial<Trained> = {}): Trained => ({
  trained_model_id: "tm_1",
  model_id: "spx_eq_swing_daily",
  status: "published",
  proven: false,
  gate_status: "FAIL",
  holdout: {
    start: "2017-04-04",
    end: "2020-04-17",
    sessions: 765,
    trades: 76,
    sharpe: -1.19,
    total_return: -0.4,
    max_drawdown_pct: 47,
    backtest_sharpe: 0.23,
    probability_this_low: 0.006,
    vetoed: true,
    looks: 1,
  },
  ...changes,
});

describe("attentionOf", () => {
  it("names a run that failed, with the reason that the server gave", () => {
    expect(attentionOf([run()], [], NOW)).toEqual([
      {
        key: "sweep_1",
        title: "Sweep failed: spx_eq_swing_daily",
        says: "The history has 20 sessions, 252 are needed.",
        to: "/runs/sweep_1",
        at: "2026-11-26T10:05:00Z",
      },
    ]);
  });

  it("says what to do about a run that was cut off", () => {
    const [item] = attentionOf([run({ status: "interrupted", ended_at: null, error: null })], [], NOW);
    expect(item).toMatchObject({ title: "Sweep was interrupted: spx_eq_swing_daily", at: "2026-11-26T10:00:00Z" });
    expect(item!.says).toMatch(/Resume it/);
  });

  it("forgets failures that a later success repaired, that are old, or that somebody wanted", () => {
    const success = run({ run_id: "sweep_2", status: "succeeded", created_at: "2026-11-26T11:00:00Z", error: null });
    expect(attentionOf([success, run()], [], NOW)).toEqual([]);
    expect(attentionOf([run({ created_at: "2026-11-10T10:00:00Z" })], [], NOW)).toEqual([]);
    expect(attentionOf([run({ status: "canceled" })], [], NOW)).toEqual([]);
    expect(attentionOf([{ ...success, model_id: "another" }, run()], [], NOW)).toHaveLength(1);
  });

  it("warns of a model that is live although its holdout spoke against it", () => {
    const [item] = attentionOf([], [trained()], NOW);
    expect(item).toMatchObject({ title: "spx_eq_swing_daily is live against its holdout", to: "/trained/tm_1" });
    expect(item!.says).toContain("765 unseen sessions the residual Sharpe ratio was −1.19, where the backtest promised 0.23");
    expect(attentionOf([], [trained({ status: "paused" })], NOW)).toEqual([]);
    expect(attentionOf([], [trained({ holdout: { ...trained().holdout!, vetoed: false } })], NOW)).toEqual([]);
  });
});

describe("firstSteps", () => {
  const nothing = { ownModels: [], hasResults: false, hasTrained: false, hasPublished: false };
  const next = (standing: Parameters<typeof firstSteps>[0]) => firstSteps(standing).find(({ done }) => !done);

  it("leads from nothing to a published model, a step at a time", () => {
    expect(next(nothing)).toMatchObject({ title: "Create a model", to: "/create" });
    const ownModels = [{ pack_id: "swingsigma", model_id: "spx_eq_swing_daily" }];
    expect(next({ ...nothing, ownModels })).toMatchObject({ title: "Build and evaluate it", to: "/models/swingsigma/spx_eq_swing_daily" });
    expect(next({ ...nothing, ownModels, hasResults: true })).toMatchObject({ to: "/leaderboard" });
    expect(next({ ...nothing, ownModels, hasResults: true, hasTrained: true })).toMatchObject({ to: "/trained" });
    expect(next({ ownModels, hasResults: true, hasTrained: true, hasPublished: true })).toBeUndefined();
  });
});
