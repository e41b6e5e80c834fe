import * as z from "zod";
import { type PathContexts, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { addRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { selectWinner } from "#lib/leaderboard/winner.ts";
import { findRun } from "#lib/runs/run-store.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { sweepIdOf, writeSweep } from "#lib/sweeps/sweep-store.ts";
import type { VariantOutcome } from "#lib/sweeps/variant-part.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { ledgerRange, loadDevelopment, loadPlan, loadPredictions, reportPath } from "../shared/evaluation-plan.ts";
import { judgeVariants } from "../shared/judge-variants.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { wholePart } from "../shared/variant-batch.ts";

const CollectSweepInputSchema = z.strictObject({ ...stepInput, plan_key: z.string().regex(/^[0-9a-f]{64}$/) });

/** State `CollectSweep`: reads what the batches wrote, judges all variants together and writes the leaderboard rows. */
export const createCollectSweep = defineStep({
  name: "CollectSweep",
  input: CollectSweepInputSchema,
  run: async (ports: StepPorts, { owner, run_id, plan_key }) => {
    const plan = await loadPlan(ports.artifacts, owner, plan_key);
    const [matrix, predictions] = await Promise.all([loadDevelopment(ports.artifacts, plan), loadPredictions(ports.artifacts, plan)]);
    const prepared = preparePaths(evaluationInput(plan, matrix, predictions));
    const evaluated = await readParts(ports, plan, plan_key, prepared);
    const done = evaluated.flatMap(({ outcome, daily }) => (outcome.status === "done" ? [{ outcome, daily }] : []));
    if (done.length === 0) throw firstFailure(evaluated.map(({ outcome }) => outcome));

    const scores = pooledScores(prepared.predictions, matrix.y);
    const createdAt = (await findRun(ports.metadata, run_id))?.run.created_at ?? new Date(ports.clock.now()).toISOString();
    const dataKey = reportPath(plan, plan_key, "sweep.json");
    const { rows, significance } = await judgeVariants(
      ports.metadata,
      done.map(({ outcome, daily }) => ({ variant: outcome.variant, metrics: outcome.metrics, paths: outcome.paths, daily })),
      {
        plan,
        planKey: plan_key,
        runId: run_id,
        createdAt,
        range: ledgerRange(matrix, plan.splits),
        instrumentReturns: prepared.contexts[0]!.instrumentReturns,
        scores,
        plotsKey: null,
        dataKey,
      },
    );
    const winner = selectWinner(
      rows
        .filter(({ duplicate_of }) => duplicate_of === null)
        .map((row) => ({
          variant_id: row.variant_id,
          params: row.params,
          score: row.score,
          total_return: row.total_return,
          win_rate: row.win_rate,
          status: row.gate.status,
          row,
        })),
      significance.pbo,
    );
    const count = (status: LeaderboardRow["gate"]["status"]): number => rows.filter(({ gate }) => gate.status === status).length;
    const { min_trades, min_sharpe } = guardrails(plan);
    const record: SweepRecord = {
      schema_version: 1,
      sweep_id: sweepIdOf(plan_key),
      owner,
      run_id,
      pack_id: plan.pack_id,
      model_id: plan.model_id,
      risk_profile: plan.risk_profile.name,
      tag: plan.tag,
      created_at: createdAt,
      plan_key,
      variants: evaluated.length,
      failed_variants: evaluated.length - done.length,
      distinct: significance.distinct,
      distinct_trade_lists: new Set(done.map(({ outcome }) => outcome.trades_digest)).size,
      trials: significance.ledger.trials.length,
      pass: count("PASS"),
      marginal: count("MARGINAL"),
      marginal_sig: count("MARGINAL_SIG"),
      fail: count("FAIL"),
      below_min_trades: rows.filter(({ metrics }) => metrics.trades < min_trades).length,
      below_min_sharpe: rows.filter(({ metrics }) => !((metrics.sharpe ?? Number.NEGATIVE_INFINITY) >= min_sharpe)).length,
      dsr_best: significance.dsr_best,
      pbo: significance.pbo,
      p_oos_loss: significance.p_oos_loss,
      luck_sharpe: significance.luck_sharpe,
      log_loss: known(scores.model.logLoss),
      prior_log_loss: known(scores.prior.logLoss),
      best_rows: winner ? [winner.candidate.row.row_id] : [],
      selection: winner?.rule ?? "none",
      warnings: [...plan.warnings, ...(winner?.warning ? [winner.warning] : [])],
      remedy: plan.remedy,
      stamps: plan.stamps,
      lineage: plan.lineage,
    };
    // Everything that is written is content or conditional: a redriven step changes nothing.
    const report = canonicalJson({
      sweep: { ...record, created_at: null, run_id: null },
      rows: rows.map((row) => ({ ...row, created_at: null, run_id: null })),
    });
    await ports.artifacts.put(dataKey, new TextEncoder().encode(report), "any");
    await addRows(ports.metadata, owner, rows);
    await writeSweep(ports.metadata, record);
    const { lineage, warnings, stamps, remedy, plan_key: _, schema_version, owner: __, ...summary } = record;
    return { ...summary, warnings, has_skill: scores.hasSkill };
  },
  message: ({ variants, distinct, pass, marginal, marginal_sig, fail }) =>
    `${variants} variants (${distinct} distinct): ${pass} PASS, ${marginal} MARGINAL, ${marginal_sig} MARGINAL_SIG, ${fail} FAIL`,
});

async function readParts(
  { artifacts }: StepPorts,
  plan: EvaluationPlan,
  planKey: string,
  prepared: PathContexts,
): Promise<{ outcome: VariantOutcome; daily: Float64Array }[]> {
  const parts = await Promise.all(plan.batches.map(({ batch_id }) => wholePart(artifacts, plan, planKey, batch_id, async () => prepared)));
  return parts.flatMap(({ part: { outcomes, daily } }) => outcomes.map((outcome, i) => ({ outcome, daily: daily[i]! })));
}

/** A sweep in which nothing could be evaluated fails with the first reason, rather than with an empty result. */
function firstFailure(outcomes: readonly VariantOutcome[]): SigmaError {
  const failed = outcomes.find((outcome) => outcome.status === "failed");
  return new SigmaError(
    "UNPROCESSABLE",
    `None of ${outcomes.length} variants could be evaluated. The first one: ${failed?.code ?? "unknown"}: ${failed?.detail ?? ""}`,
    {
      variants: outcomes.length,
    },
  );
}

function guardrails(plan: EvaluationPlan): { min_trades: number; min_sharpe: number } {
  const { min_trades, min_sharpe } = plan.request;
  return { min_trades: Number(min_trades ?? 0), min_sharpe: Number(min_sharpe ?? Number.NEGATIVE_INFINITY) };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
