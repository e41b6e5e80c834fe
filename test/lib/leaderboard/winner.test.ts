import { describe, expect, it } from "vitest";
import { selectWinner } from "#lib/leaderboard/winner.ts";
import { spike } from "./grid.fixture.ts";

describe("selectWinner", () => {
  const candidates = spike.map((point) => ({ ...point, win_rate: 0.5, status: "MARGINAL_SIG" as "PASS" | "MARGINAL_SIG" }));

  it("takes the best score when choosing helps", () => {
    expect(selectWinner(candidates, 0.5)).toMatchObject({
      candidate: { variant_id: spike[0]!.variant_id },
      rule: "best_score",
      warning: null,
    });
    expect(selectWinner(candidates, null)?.rule).toBe("best_score");
  });

  it("takes the centre of the plateau and warns when PBO is above one half", () => {
    expect(selectWinner(candidates, 0.51)).toMatchObject({
      candidate: { variant_id: spike[8]!.variant_id },
      rule: "plateau_centre",
      warning: "pbo_above_half",
    });
  });

  it("never prefers a worse gate status", () => {
    const one = candidates.map((candidate, i) => (i === 1 ? { ...candidate, status: "PASS" as const } : candidate));
    expect(selectWinner(one, 0.1)?.candidate).toBe(one[1]);
    expect(selectWinner(one, 0.9)?.candidate).toBe(one[1]);
  });

  it("is undefined without candidates", () => {
    expect(selectWinner([], 0.9)).toBeUndefined();
  });
});
