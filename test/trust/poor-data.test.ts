import { describe, expect, it } from "vitest";
import { POOR_CASES } from "../../trust/poor-data/cases.ts";
import { type PoorResult, poorData } from "../../trust/poor-data/experiment.ts";

const resultOf = async (group: string) => (await poorData.run({ experiment: "poor-data", group, seed: 1 })) as unknown as PoorResult;

describe("the handlers on poor data", () => {
  it("say that no fold could learn, trade nothing and fail with what is missing", async () => {
    expect(await resultOf("single-class")).toMatchObject({
      rows: 27,
      singleClassFolds: 5,
      mostTrades: 0,
      statuses: ["FAIL"],
      reasons: expect.arrayContaining(["min_bets_not_met", "no_skill", "sharpe_undefined", "dsr_undefined"]),
      unknown: expect.arrayContaining(["sharpe", "win_rate", "residual.sharpe"]),
      silent: 0,
      unexplained: [],
    });
  });

  it("fail a model whose labels are FLAT nine times of ten", async () => {
    const result = await resultOf("flat-labels");
    expect(result.flatShare).toBeGreaterThan(0.9);
    expect(result).toMatchObject({ rows: 27, statuses: ["FAIL"], silent: 0, unexplained: [] });
  });

  it("fail what traded a dozen times, and knew beforehand that it could not pass", async () => {
    const result = await resultOf("twelve-trades");
    expect(result.mostTrades).toBeGreaterThanOrEqual(10);
    expect(result.mostTrades).toBeLessThanOrEqual(12);
    expect(result).toMatchObject({ rows: 1, statuses: ["FAIL"], reasons: expect.arrayContaining(["min_bets_not_met", "gate_infeasible"]) });
  });

  it("are asked about every case", () => {
    expect(Object.keys(POOR_CASES).sort()).toEqual(["flat-labels", "single-class", "twelve-trades"]);
  });
});
