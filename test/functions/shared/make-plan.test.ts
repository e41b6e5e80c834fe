import { beforeAll, describe, expect, it } from "vitest";
import { loadPlan } from "#functions/shared/evaluation-plan.ts";
import { loadBuiltContext } from "#functions/shared/model-context.ts";
import { createLab, MODEL, seriesUntil } from "../lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;
let lab: Lab;
beforeAll(async () => {
  lab = await createLab();
  await lab.build();
});
const planOf = async (key: string, from: Lab = lab) => loadPlan(from.ports.artifacts, from.owner, key);

describe("makePlan", () => {
  it("gives equal requests one plan", async () => {
    const first = await lab.planBacktest({ thresholds: [0, 0.1] });
    expect(await lab.planBacktest({ thresholds: [0, 0.1] }, "backtest_2")).toEqual(first);
    expect(first).toMatchObject({ folds: [0, 1, 2, 3, 4], variants: 2 });
  });

  it("keeps the model's own lineage when nothing is changed", async () => {
    const { lineage } = await planOf((await lab.planBacktest()).plan_key);
    expect(lineage).toEqual((await loadBuiltContext(lab.ports, lab.owner, "swingsigma", MODEL)).lineage);
  });

  it("says in the lineage what a request changed, and refits only when the fit depends on it", async () => {
    const plain = await planOf((await lab.planBacktest()).plan_key);
    const sized = await planOf((await lab.planBacktest({ size_by_conf: true })).plan_key);
    expect(sized.lineage.policy_sha).not.toBe(plain.lineage.policy_sha);
    expect({ ...sized.lineage, policy_sha: "" }).toEqual({ ...plain.lineage, policy_sha: "" });
    expect(sized.prediction_sha).toBe(plain.prediction_sha);
    const calibrated = await planOf((await lab.planBacktest({ calibration: "sigmoid" })).plan_key);
    expect(calibrated.lineage.config_sha).not.toBe(plain.lineage.config_sha);
    expect(calibrated.lineage.policy_sha).toBe(plain.lineage.policy_sha);
    expect(calibrated.prediction_sha).not.toBe(plain.prediction_sha);
  });

  it("refuses folds that the history cannot fill", async () => {
    const short = await createLab();
    await short.build({ start: "2013-10-01" });
    await expect(short.planBacktest()).rejects.toMatchObject({ code: "HISTORY_TOO_SHORT" });
  });

  it("refuses a model without a matrix, and one whose data changed since it was built", async () => {
    const fresh = await createLab();
    await expect(fresh.planBacktest()).rejects.toMatchObject({ code: "UNPROCESSABLE", message: expect.stringContaining("no matrix yet") });
    await fresh.build();
    fresh.setSeries(seriesUntil(Date.UTC(2013, 5, 1)));
    await expect(fresh.planBacktest()).rejects.toMatchObject({ code: "UNPROCESSABLE", message: expect.stringContaining("is stale") });
  });

  it("carries the window that the matrix was built for", async () => {
    const later = await createLab();
    await later.build({ start: "2011-01-03" });
    const plan = await planOf((await later.planBacktest()).plan_key, later);
    expect(plan.config.window).toEqual({ start: "2011-01-03", end: null });
    expect(plan.lineage.config_sha).not.toBe((await planOf((await lab.planBacktest()).plan_key)).lineage.config_sha);
  });

  it("says before a sweep that no variant can meet the gate, and what to change", async () => {
    const few = await createLab({ model: { gates: { min_bets: 5000 } } });
    await few.build();
    const { warnings, plan_key } = await few.planSweep({ mode: "simple" });
    expect(warnings).toContain("gate_infeasible");
    const plan = await planOf(plan_key, few);
    expect(plan.infeasible).toMatchObject({ code: "gate_infeasible" });
    expect(plan.remedy.length).toBeGreaterThan(20);
  });

  it("finds no model and no plan of another owner", async () => {
    const { plan_key } = await lab.planBacktest();
    await expect(loadPlan(lab.ports.artifacts, "somebody", plan_key)).rejects.toMatchObject({ code: "ARTIFACT_NOT_FOUND" });
    await expect(loadBuiltContext(lab.ports, "somebody", "swingsigma", MODEL)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
