import * as z from "zod";
import { buildReport } from "#lib/backtest/build-report.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationContext, VariantEvaluation } from "#lib/backtest/evaluate-variant.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { optionTradesCsv } from "#lib/backtest/options/option-report.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { tearSheetHtml } from "#lib/backtest/tear-sheet/tear-sheet.ts";
import { tearSheetMarkdown } from "#lib/backtest/tear-sheet/tear-sheet-markdown.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { addRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { selectWinner } from "#lib/leaderboard/winner.ts";
import type { RunMetrics } from "#lib/metrics/run-metrics.schema.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { ledgerRange, loadDevelopment, loadPlan, loadPlanMatrix, loadPredictions, reportPath } from "../shared/evaluation-plan.ts";
import { judgeVariants } from "../shared/judge-variants.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { loadDevelopmentContracts } from "../shared/stored-contract-tape.ts";
import { reportPlots } from "./plots.ts";
import { robustnessOf } from "./robustness.ts";

const RunBacktestInputSchema = z.strictObject({ ...stepInput, plan_key: z.string().regex(/^[0-9a-f]{64}$/) });

/** State `RunBacktest`: evaluates the thresholds over the stored predictions, judges them and writes report and plots. */
export const createRunBacktest = defineStep({
  name: "RunBacktest",
  input: RunBacktestInputSchema,
  run: async (ports: StepPorts, { owner, run_id, plan_key }) => {
    const { artifacts, metadata, clock } = ports;
    const plan = await loadPlan(artifacts, owner, plan_key);
    const [whole, matrix, predictions] = await Promise.all([
      loadPlanMatrix(artifacts, plan),
      loadDevelopment(artifacts, plan),
      loadPredictions(artifacts, plan),
    ]);
    const prepared = preparePaths(evaluationInput(plan, matrix, predictions, await loadDevelopmentContracts(artifacts, plan, matrix)));
    const evaluations = plan.variants.map(({ params }) => evaluatePaths(prepared, params));
    const scores = pooledScores(prepared.predictions, matrix.y);
    const createdAt = (await findRun(metadata, run_id))?.run.created_at ?? new Date(clock.now()).toISOString();
    const place = (name: string): string => reportPath(plan, plan_key, name);
    const dataKey = place("report.json");

    const { rows, significance } = await judgeVariants(
      metadata,
      plan.variants.map((variant, i) => {
        const { evaluation, spread } = evaluations[i]!;
        const { metrics, daily, options } = evaluation;
        return { variant, metrics, daily, paths: spread, repriced: (options?.repriced ?? 0) > 0 };
      }),
      {
        plan,
        planKey: plan_key,
        runId: run_id,
        createdAt,
        range: ledgerRange(matrix, plan.splits),
        instrumentReturns: prepared.contexts[0]!.instrumentReturns,
        riskFree: prepared.contexts[0]!.riskFree,
        scores,
        plotsKey: place("equity.svg"),
        dataKey,
      },
    );
    const best = recommendedRow(rows);
    const headline = rows.indexOf(best);
    const report = buildReport({
      modelId: plan.model_id,
      lineage: plan.lineage,
      prepared,
      windowRows: whole.rows,
      learner: plan.config.learner,
      splits: plan.splits,
      evaluations,
      headline,
      robustness: await robustnessOf(artifacts, plan, matrix, prepared, evaluations[headline]!),
      warnings: plan.warnings,
    });
    const text = new TextEncoder();
    await artifacts.put(dataKey, text.encode(canonicalJson(report)), "any");
    const plots = reportPlots(report).map(({ name, svg }) => ({ key: place(name), svg }));
    for (const { key, svg } of plots) await artifacts.put(key, text.encode(svg), "any");
    const verdict = { rowId: best.row_id, gate: best.gate, score: best.score, significance: best.significance };
    const sheets = { html: place("tear-sheet.html"), markdown: place("report.md") };
    await artifacts.put(sheets.html, text.encode(tearSheetHtml(report, verdict)), "any");
    await artifacts.put(sheets.markdown, text.encode(tearSheetMarkdown(report, verdict)), "any");
    const optionTrades = optionTradesOf(plan, prepared.contexts[0]!, evaluations[headline]!.evaluation);
    if (optionTrades !== null) await artifacts.put(place("option-trades.csv"), text.encode(optionTrades), "any");
    const isSaved = plan.request["save"] !== false;
    if (isSaved) await addRows(metadata, owner, rows);
    return {
      plan_key,
      pass: rows.filter(({ gate }) => gate.status === "PASS").length,
      // What is not on the leaderboard can be neither opened nor trained there.
      best_rows: isSaved ? [best.row_id] : [],
      thresholds: rows.map((row, i) => thresholdResult(row.row_id, evaluations[i]!.evaluation, row.gate.status)),
      gate: best.gate,
      score: best.score,
      significance: best.significance,
      trials: significance.ledger.trials.length,
      log_loss: known(scores.model.logLoss),
      prior_log_loss: known(scores.prior.logLoss),
      has_skill: scores.hasSkill,
      paths: evaluations[headline]!.spread,
      metrics: headlineMetrics(evaluations[headline]!.evaluation),
      warnings: report.warnings,
      report_key: dataKey,
      tear_sheet_key: sheets.html,
      markdown_key: sheets.markdown,
      ...(optionTrades === null ? {} : { option_trades_key: place("option-trades.csv") }),
      plots: plots.map(({ key }) => key),
    };
  },
  message: ({ thresholds, gate, has_skill }) =>
    `${thresholds.length} threshold${thresholds.length === 1 ? "" : "s"} evaluated, best is ${gate.status}${has_skill ? "" : " (no skill: log loss not below the prior's)"}`,
});

/** The headline's trades as CSV; null for stocks. */
function optionTradesOf(
  { config, policy }: EvaluationPlan,
  { tape }: EvaluationContext,
  { options, trades }: VariantEvaluation,
): string | null {
  return options && optionTradesCsv(options, trades, tape, { symbol: config.ticker, capitalUsd: policy.risk.max_exposure });
}

/** The best score among the rows with the best gate status, as in a sweep: what a pipeline trains has to have passed. */
function recommendedRow(rows: readonly LeaderboardRow[]): LeaderboardRow {
  const candidates = rows
    .filter(({ duplicate_of }) => duplicate_of === null)
    .map((row) => ({ ...pick(row), status: row.gate.status, row }));
  return selectWinner(candidates, null)!.candidate.row;
}

const pick = ({ variant_id, params, score, total_return, win_rate }: LeaderboardRow) => ({
  variant_id,
  params,
  score,
  total_return,
  win_rate,
});

function thresholdResult(rowId: string, { params, metrics }: VariantEvaluation, gate: string) {
  return {
    row_id: rowId,
    threshold: params.threshold,
    hour_thresholds: params.hour_thresholds,
    trades: metrics.trades,
    bets: metrics.bets,
    sharpe: metrics.sharpe,
    residual_sharpe: metrics.residual.sharpe,
    gate,
  };
}

const HEADLINES = [
  "sessions",
  "trades",
  "bets",
  "win_rate",
  "profit_factor",
  "total_return",
  "annual_return",
  "volatility",
  "sharpe",
  "sortino",
  "calmar",
  "max_drawdown_pct",
  "turnover",
  "exposure",
  "costs",
] as const satisfies readonly (keyof RunMetrics)[];

/** The numbers that a summary shows; the report has all of them. */
function headlineMetrics({ metrics, realisedShare }: VariantEvaluation) {
  const shown = Object.fromEntries(HEADLINES.map((key) => [key, metrics[key]])) as Pick<RunMetrics, (typeof HEADLINES)[number]>;
  return {
    ...shown,
    residual_sharpe: metrics.residual.sharpe,
    beta: metrics.residual.beta,
    psr: metrics.residual.psr,
    realised_share: known(realisedShare),
    benchmark_total_return: metrics.benchmark.total_return,
    benchmark_sharpe: metrics.benchmark.sharpe,
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
