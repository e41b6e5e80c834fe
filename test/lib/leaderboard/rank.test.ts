import { describe, expect, it } from "vitest";
import { bestPerModel, matchesFilter, rankRows } from "#lib/leaderboard/rank.ts";
import { LeaderboardFilterSchema } from "#lib/leaderboard/rows.schema.ts";
import { metricsWith } from "./metrics.fixture.ts";
import { rowWith } from "./rows.fixture.ts";

const matches = (filter: object) => matchesFilter(rowWith(), LeaderboardFilterSchema.parse(filter));

describe("matchesFilter", () => {
  it.each([
    [{ pack_id: "swingsigma" }, { pack_id: "zerosigma" }],
    [{ model_id: "spx_eq_swing_daily" }, { model_id: "other" }],
    [{ sweep_id: "sweep_1" }, { sweep_id: "sweep_2" }],
    [{ risk_profile: "balanced" }, { risk_profile: "aggressive" }],
    [{ tag: "sweep" }, { tag: "other" }],
    [{ tag: "swing" }, { tag: "swin" }],
    [{ gate_status: "PASS" }, { gate_status: "FAIL" }],
    [{ symbol: "SPX" }, { symbol: "SPY" }],
    [{ simulated: "false" }, { simulated: "true" }],
    [{ created_from: "2026-11-20T14:00:00Z" }, { created_from: "2026-11-20T14:00:01Z" }],
    [{ created_to: "2026-11-20T14:00:01Z" }, { created_to: "2026-11-20T14:00:00Z" }],
  ])("takes %o and leaves %o", (taken, left) => {
    expect(matches(taken)).toBe(true);
    expect(matches(left)).toBe(false);
  });
});

describe("rankRows", () => {
  const rows = [
    rowWith({ row_id: "a", score: 1, metrics: metricsWith({ sharpe: 0.1 }) }),
    rowWith({ row_id: "b", score: null, metrics: metricsWith({ sharpe: 3 }) }),
    rowWith({ row_id: "c", score: 2, model_id: "other", metrics: metricsWith({ sharpe: null, total_return: 9 }) }),
  ];
  const ids = (sort?: "score" | "sharpe" | "total_return") => rankRows(rows, sort).map(({ row_id }) => row_id);

  it("puts the best first and the undefined last", () => {
    expect(ids()).toEqual(["c", "a", "b"]);
    expect(ids("sharpe")).toEqual(["b", "a", "c"]);
    expect(ids("total_return")).toEqual(["c", "a", "b"]);
  });

  it("keeps the best row of each model", () => {
    expect(bestPerModel(rankRows(rows)).map(({ row_id }) => row_id)).toEqual(["c", "a"]);
  });
});
