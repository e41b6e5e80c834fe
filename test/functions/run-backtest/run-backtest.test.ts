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

    const sheet = (await lab.ports.artifacts.get(result.tear_sheet_key)).bytes;
    const page = new TextDecoder().decode(sheet);
    expect(page).toContain(`Gate: ${best.gate.status}`);
    for (const { code } of best.gate.reasons) expect(page).toContain(code);
    const markdown = new TextDecoder().decode((await lab.ports.artifacts.get(result.markdown_key)).bytes);
    expect(markdown).toContain(`## Gate: ${best.gate.status}`);

    expect(await createRunBacktest(lab.ports)(event)).toEqual(result);
    expect((await lab.ports.artifacts.get(result.report_key)).bytes).toEqual(bytes);
    expect((await lab.ports.artifacts.get(result.tear_sheet_key)).bytes).toEqual(sheet);
  });

  it("keeps unsaved results off the leaderboard", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ save: false });
    await lab.fitFolds("backtest_1", plan);
    const result = await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key });
    expect(result.best_rows).toEqual([]);
    expect((await queryRows(lab.ports.metadata, lab.owner, { sort: "score" }, { limit: 5 })).rows).toEqual([]);
  });

  it("evaluates combinatorial paths, shows the median one, and caps what it finds", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ thresholds: [0, 0.1], splits: { kind: "cpcv", n_groups: 4, k_test: 2 } });
    expect(plan).toMatchObject({ folds: [0, 1, 2, 3, 4, 5], warnings: ["trains_on_later_rows"] });
    await lab.fitFolds("backtest_1", plan);
    const event = { ...lab.base("backtest_1"), plan_key: plan.plan_key };
    const result = await createRunBacktest(lab.ports)(event);
    const bytes = (await lab.ports.artifacts.get(result.report_key)).bytes;
    const report = BacktestReportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));

    const { metrics, paths } = report.variants[report.headline]!;
    expect(paths!.each).toHaveLength(3);
    expect(paths!.each[report.path]!.residual_sharpe).toBe(metrics.residual.sharpe);
    expect(paths!.residual_sharpe.median).toBe(metrics.residual.sharpe);
    expect(paths!.residual_sharpe.min!).toBeLessThanOrEqual(paths!.residual_sharpe.median!);
    expect(report.folds.map(({ fold }) => fold)).toEqual([0, 1, 2, 3]);
    // Path 0 takes groups 2 and 3 from the splits that test the last two: models of earlier rows only.
    expect(report.folds.slice(0, 2).map(({ train }) => train.later)).toEqual([true, true]);
    expect(report.folds[3]!.train.later).toBe(false);
    expect(report.folds.reduce((sum, { trades }) => sum + trades, 0)).toBe(metrics.trades);
    expect(report.folds.reduce((sum, { test }) => sum + test.rows, 0)).toBe(report.data.development_rows);
    expect(report.equity.dates).toHaveLength(report.data.development_rows);
    expect(report.warnings).toContain("trains_on_later_rows");
    expect(report.assumptions.statements.join(" ")).toContain("rows after their test blocks");

    const row = await readRow(lab.ports.metadata, lab.owner, result.best_rows[0]!);
    expect(row.gate.status).not.toBe("PASS");
    expect(row.gate.reasons.map(({ code }) => code)).toContain("capped_trains_on_later_rows");
    expect(row.stamps.trains_on_later_rows).toBe(true);
    expect(row.paths).toMatchObject({ paths: 3, shown: report.path });
    expect(result.plots.map((key) => key.split("/").at(-1))).toEqual(["equity.svg", "folds.svg", "paths.svg"]);
    for (const plot of result.plots) expect(new TextDecoder().decode((await lab.ports.artifacts.get(plot)).bytes)).toMatch(/^<svg/);
    expect(await createRunBacktest(lab.ports)(event)).toEqual(result);
  });

  it("counts looks through any kind of split in one ledger", async () => {
    const lab = await createLab();
    await lab.build();
    const trials: number[] = [];
    for (const [i, splits] of [5, { kind: "purged_kfold", splits: 4 }, { kind: "cpcv", n_groups: 4, k_test: 2 }, 5].entries()) {
      const plan = await lab.planBacktest({ splits }, `backtest_${i}`);
      await lab.fitFolds(`backtest_${i}`, plan);
      trials.push((await createRunBacktest(lab.ports)({ ...lab.base(`backtest_${i}`), plan_key: plan.plan_key })).trials);
    }
    expect(trials).toEqual([1, 2, 3, 3]);
  });

  it("refuses thresholds by hour of a daily model", async () => {
    const lab = await createLab();
    await lab.build();
    await expect(lab.planBacktest({ hour_thresholds: { "10": 0.6 } })).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining("Hours do not apply to daily bars"),
      fieldErrors: [{ path: "hour_thresholds", issue: "hours do not apply at daily cadence" }],
    });
  });
});
