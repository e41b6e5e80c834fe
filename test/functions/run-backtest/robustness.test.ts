import { describe, expect, it } from "vitest";
import { createFitFold } from "#functions/fit-fold/fit-fold.ts";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { type BacktestReport, BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { latestProgress } from "#lib/runs/progress.ts";
import { createLab } from "../lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;

async function reportOf(lab: Lab, request: Parameters<Lab["planBacktest"]>[0], runId = "backtest_1"): Promise<BacktestReport> {
  const plan = await lab.planBacktest(request, runId);
  await lab.fitFolds(runId, plan);
  const { report_key } = await createRunBacktest(lab.ports)({ ...lab.base(runId), plan_key: plan.plan_key });
  return BacktestReportSchema.parse(JSON.parse(new TextDecoder().decode((await lab.ports.artifacts.get(report_key)).bytes)));
}

describe("robustness of a backtest", () => {
  it("is asked quickly by default, and not at all on request", async () => {
    const lab = await createLab();
    await lab.build();
    const quick = (await reportOf(lab, {})).robustness!;
    expect(quick).toMatchObject({ level: "quick", learner_seeds: null, permuted_labels: null });
    expect(quick.random_entries.draws).toBe(200);
    expect((await reportOf(lab, { robustness: "none" }, "backtest_2")).robustness).toBeNull();
  });

  it("fits other seeds and permuted labels in full, once each, beside the model's own folds", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ robustness: "full" });
    expect(plan.folds).toHaveLength(5 * 10);
    const report = await reportOf(lab, { robustness: "full" });
    const { learner_seeds, permuted_labels } = report.robustness!;
    const own = report.variants[report.headline]!.metrics.residual.sharpe;
    expect(learner_seeds!.results.map(({ seed }) => seed)).toEqual([2025, 2026, 2027, 2028, 2029]);
    expect(learner_seeds!.results[0]!.residual_sharpe).toBe(own);
    expect(new Set(learner_seeds!.results.map(({ residual_sharpe }) => residual_sharpe)).size).toBeGreaterThan(1);
    // A model that learnt at random still trades: single draws may earn, and are told apart.
    expect(permuted_labels).toMatchObject({ block_rows: 5 });
    expect(new Set(permuted_labels!.results.map(({ residual_sharpe }) => residual_sharpe)).size).toBe(5);
    expect(permuted_labels!.reached).toBe(permuted_labels!.results.filter(({ residual_sharpe }) => residual_sharpe! >= own!).length);
    expect((await latestProgress(lab.ports.metadata, "backtest_1")).last).toMatchObject({ done: 52, expected: 52, share: 1 });

    const fitAgain = (fold: number) => createFitFold(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key, fold });
    expect(await fitAgain(7)).toMatchObject({ fold: 2, refit: "seed 2026", reused: true });
    expect(await fitAgain(49)).toMatchObject({ fold: 4, refit: "permuted labels 5", reused: true });
    await expect(fitAgain(50)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("shares the folds of another seed with a model that has that seed", async () => {
    const lab = await createLab({
      model: { learner: { calibration: "none", seed: 2026, params: { trees: 15, max_depth: 2 } } },
    });
    await lab.build();
    const own = await reportOf(lab, {});
    const other = await createLab();
    await other.build();
    const full = await reportOf(other, { robustness: "full" });
    expect(full.robustness!.learner_seeds!.results[1]!.residual_sharpe).toBe(own.variants[0]!.metrics.residual.sharpe);
  });
});
