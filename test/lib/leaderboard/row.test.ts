import { describe, expect, it } from "vitest";
import { sparkline } from "#lib/leaderboard/row.ts";
import { LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { rowWith } from "./rows.fixture.ts";

describe("leaderboardRow", () => {
  it("keeps the classic names beside the metrics", () => {
    const row = rowWith();
    expect(row).toMatchObject({ best_cum_ret: 0.4, total_return: 0.4, trades_total: 120, win_rate: 0.55, equity: [1, 1.1, 0.55, 1.1] });
    expect(row.best_sharpe_hourly).toBe(row.metrics.best_sharpe_hourly);
  });

  it("is a document of its schema", () => {
    const row = rowWith();
    expect(LeaderboardRowSchema.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
    expect(LeaderboardRowSchema.safeParse({ ...row, typo: 1 }).success).toBe(false);
  });

  it("stays far below the store's limit of a record", () => {
    expect(JSON.stringify(rowWith({ equity: sparkline(new Float64Array(5000).fill(0.001)) })).length).toBeLessThan(16_000);
  });
});

describe("sparkline", () => {
  it("samples evenly from 1 to the final equity", () => {
    const values = sparkline(new Float64Array(1000).fill(0.001), 5);
    expect(values).toEqual([1, 1.2839, 1.6483, 2.1162, 2.7169]);
  });

  it("shows the start alone without sessions, and 0 after a total loss", () => {
    expect(sparkline(new Float64Array(0))).toEqual([1]);
    expect(sparkline(Float64Array.of(-1.5, 1))).toEqual([1, 0, 0]);
  });
});
