import { describe, expect, it } from "vitest";
import { plateauCentre, plateaus } from "#lib/leaderboard/plateau.ts";
import { variantOf } from "#lib/sweeps/variant-id.ts";
import { grid, params, spike } from "./grid.fixture.ts";

describe("plateaus", () => {
  it("takes neighbours one step away on one axis", () => {
    const found = plateaus(
      grid([
        [1, 2, 3],
        [4, 5, -6],
        [7, null, 9],
      ]),
    );
    expect(found[0]).toEqual({ neighbours: 2, profitable_share: 1, mean_neighbour_score: 3, height: 7 / 3 });
    // The centre: 2, 4, -6 and one without a score.
    expect(found[4]).toEqual({ neighbours: 4, profitable_share: 0.5, mean_neighbour_score: 0, height: 1.25 });
    expect(found[7]).toMatchObject({ neighbours: 3, height: null });
  });

  it("has no neighbours across thresholds by hour", () => {
    const points = [null, { "10": 0.2 }].map((hour_thresholds) => ({
      ...variantOf({ ...params(0, 1, null), hour_thresholds }, 10),
      score: 1,
      total_return: 1,
    }));
    expect(plateaus(points).map(({ neighbours }) => neighbours)).toEqual([0, 0]);
  });

  it("has no neighbours across sets of hours", () => {
    const points = [null, [9, 10]].map((hours) => ({ ...variantOf(params(0, 1, hours), 10), score: 1, total_return: 1 }));
    expect(plateaus(points)).toEqual([
      { neighbours: 0, profitable_share: null, mean_neighbour_score: null, height: 1 },
      { neighbours: 0, profitable_share: null, mean_neighbour_score: null, height: 1 },
    ]);
  });
});

describe("plateauCentre", () => {
  it("prefers a plateau to a spike", () => {
    // (2,2): 1.3, 1.2, 1.1 -> 1.2; the spike (0,0): 3, -1, -1 -> 1/3.
    expect(plateauCentre(spike)).toBe(spike[8]);
  });

  it("chooses among eligible points only", () => {
    expect(plateauCentre(spike, (point) => point === spike[0])).toBe(spike[0]);
    expect(plateauCentre(spike, () => false)).toBeUndefined();
  });
});
