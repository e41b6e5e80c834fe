import { describe, expect, it } from "vitest";
import { LeaderboardFilterSchema } from "#lib/leaderboard/rows.schema.ts";
import { isFiltered, leaderboardQuery } from "../../../../web/src/pages/leaderboard/leaderboard-search.ts";

const SWEEP = "swp_0123456789abcdef01234567";

describe("leaderboardQuery", () => {
  it("asks for what the address says, and for days as New York has them", () => {
    const asked = leaderboardQuery({
      pack: "swingsigma",
      sweep: SWEEP,
      gate: "FAIL",
      simulated: false,
      from: "2026-03-07",
      to: "2026-03-08",
    });
    expect(asked).toEqual({
      limit: 200,
      pack_id: "swingsigma",
      sweep_id: SWEEP,
      gate_status: "FAIL",
      simulated: "false",
      // New York is 5 hours behind UTC, and 4 from 2026-03-08 02:00 on: that day has 23 hours.
      created_from: "2026-03-07T05:00:00.000Z",
      created_to: "2026-03-09T04:00:00.000Z",
    });
    const { limit, ...filter } = asked;
    expect(LeaderboardFilterSchema.safeParse(filter).success).toBe(true);
  });

  it("has a key for each filter of the API", () => {
    const { limit, ...asked } = leaderboardQuery({
      pack: "p",
      model: "m",
      sweep: SWEEP,
      gate: "PASS",
      profile: "balanced",
      symbol: "SPY",
      tag: "t",
      simulated: true,
      from: "2026-01-01",
      to: "2026-01-31",
      sort: "-sharpe",
    });
    expect(Object.keys(asked).toSorted()).toEqual(Object.keys(LeaderboardFilterSchema.shape).toSorted());
  });

  it("leaves orders to the table that the API does not know", () => {
    expect(leaderboardQuery({ sort: "-bets" })).toEqual({ limit: 200 });
    expect(leaderboardQuery({ sort: "-score" })).toEqual({ limit: 200 });
  });
});

describe("isFiltered", () => {
  it("is about what is asked for, not about order, search or the open row", () => {
    expect(isFiltered({ sort: "-sharpe", q: "spx", row: "r" })).toBe(false);
    // The workspace stands in every address and filters nothing.
    expect(isFiltered({ workspace: "simulated" } as never)).toBe(false);
    expect(isFiltered({ sweep: SWEEP })).toBe(true);
    expect(isFiltered({ from: "2026-01-01" })).toBe(true);
  });
});
