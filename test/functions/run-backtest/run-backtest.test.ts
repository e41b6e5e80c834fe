import { describe, expect, it } from "vitest";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { queryRows, readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { latestProgress } from "#lib/runs/progress.ts";
import { createLab } from "../lab.ts";

const RANK = { PASS: 0, MARGINAL: 1, MARGINAL_SIG: 2, FAIL: 3, ungated: 4 };

describe("createRunBacktest", () => {
  it("judges every threshold, recommends the best judged one, and writes report, plots and rows", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ thresholds: [0, 0.1, 0.3] });
    await lab.fitFolds("backtest_1", plan);
    const event = { ...lab.base("backtest_1"), plan_key: plan.plan_key };
    const result = await createRunBacktest(lab.ports)(event);
    const best = await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!);
    expect(RANK[best.gate.status]).toBe(Math.min(...result.thresholds.map(({ gate }) => RANK[gate as keyof typeof RANK])));
    const bytes = (await lab.ports.artifacts.get(result.report_key)).bytes;
    const report = BacktestReportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    expect(report.variants[report.headline]!.params).toEqual(best.params);
    expect(result.metrics.residual_sharpe).toBe(best.metrics.residual.sharpe);
    for (const plot of result.plots) expect(new TextDecoder().decode((await lab.ports.artifacts.get(plot)).bytes)).toMatch(/^<svg/);
    expect((await latestProgress(lab.ports.metadata, "backtest_1")).last).toMatchObject({ done: 7, expected: 7, share: 1 });

    expect(await createRunBacktest(lab.ports)(event)).toEqual(result);
    expect((await lab.ports.artifacts.get(result.report_key)).bytes).toEqual(bytes);
  });

  it("keeps unsaved results off the leaderboard", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ save: false });
    await lab.fitFolds("backtest_1", plan);
    await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key });
    expect((await queryRows(lab.ports.metadata, lab.owner, { sort: "score" }, { limit: 5 })).rows).toEqual([]);
  });
});
