import * as z from "zod";
import { preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { addRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { selectWinner, type Winner } from "#lib/leaderboard/winner.ts";
import { findRun } from "#lib/runs/run-store.ts";
import type { SweepSignificance } from "#lib/sweeps/significance.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { sweepIdOf, writeSweep } from "#lib/sweeps/sweep-store.ts";
import type { VariantOutcome } from "#lib/sweeps/variant-part.ts";
import { loadDevelopmentContracts } from "../shared/contract-tape.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { ledgerRange, loadDevelopment, loadPredictions, reportPath } from "../shared/evaluation-plan.ts";
import { createJudge, type Judge, type JudgedPart } from "../shared/judge-variants.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { type SweepPart, sweepParts } from "../shared/sweep-parts.ts";
import { wholePart } from "../shared/variant-batch.ts";

const CollectSweepInputSchema = z.strictObject({ ...stepInput, plan_key: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * State `CollectSweep`: reads what the batches wrote, one after another, judges all variants together and writes the
 * leaderboard rows.
 */
export const createCollectSweep = defineStep({
  name: "CollectSweep",
  input: CollectSweepInputSchema,
  run: async (ports: StepPorts, { owner, run_id, plan_key }) => {
    const createdAt = (await findRun(ports.metadata, run_id))?.run.created_at ?? new Date(ports.clock.now()).toISOString();
    const collected = await collect(ports, { owner, runId: run_id, planKey: plan_key, createdAt });
    const { rows, significance } = await collected.judge.finish(ports.metadata);
    const winner = winnerOf(rows, significance);
    const record = recordOf(collected, rows, significance, winner, { owner, run_id, plan_key, created_at: createdAt });
    await ports.artifacts.put(collected.dataKey, reportBytes(record, rows), "any");
    await addRows(ports.metadata, owner, rows);
    await writeSweep(ports.metadata, record);
    const { lineage, warnings, stamps, remedy, plan_key: _, schema_version, owner: __, ...summary } = record;
    return { ...summary, warnings, has_skill: collected.parts.some(({ scores }) => scores.hasSkill) };
  },
  message: ({ variants, distinct, pass, marginal, marginal_sig, fail }) =>
    `${variants} variants (${distinct} distinct): ${pass} PASS, ${marginal} MARGINAL, ${marginal_sig} MARGINAL_SIG, ${fail} FAIL`,
});

interface Collected {
  readonly judge: Judge;
  readonly parts: readonly JudgedPart[];
  readonly dataKey: string;
  readonly variants: number;
  readonly failed: number;
  readonly tradeLists: number;
}

/** Reads every part and gives its variants to one judge. Of a part, only what its rows need is kept. */
async function collect(
  ports: StepPorts,
  {
    owner,
    runId,
    planKey,
    createdAt,
  }: { readonly owner: string; readonly runId: string; readonly planKey: string; readonly createdAt: string },
): Promise<Collected> {
  const parts: JudgedPart[] = [];
  const tradeLists = new Set<string>();
  let judge: Judge | undefined;
  let dataKey = "";
  let variants = 0;
  let done = 0;
  let failure: Extract<VariantOutcome, { status: "failed" }> | undefined;
  for await (const part of sweepParts(ports.artifacts, owner, planKey)) {
    const { plan } = part;
    const { matrix, prepared, scores } = await prepare(ports, plan);
    dataKey = reportPath(plan, planKey, "sweep.json");
    judge ??= createJudge({
      sweepId: sweepIdOf(planKey),
      runId,
      createdAt,
      range: ledgerRange(matrix, plan.splits),
      instrumentReturns: prepared.contexts[0]!.instrumentReturns,
      riskFree: prepared.contexts[0]!.riskFree,
      plotsKey: null,
      dataKey,
    });
    const judged: JudgedPart = { ...part, scores };
    parts.push(judged);
    for (const { batch_id } of plan.batches) {
      const { part: results } = await wholePart(ports.artifacts, plan, part.planKey, batch_id, async () => prepared);
      for (const [i, outcome] of results.outcomes.entries()) {
        variants += 1;
        if (outcome.status === "failed") {
          failure ??= outcome;
          continue;
        }
        done += 1;
        tradeLists.add(outcome.trades_digest);
        judge.add(judged, {
          variant: outcome.variant,
          metrics: outcome.metrics,
          paths: outcome.paths,
          daily: results.daily[i]!,
          repriced: outcome.repriced_trades > 0,
        });
      }
    }
  }
  if (judge === undefined || done === 0) throw nothingEvaluated(variants, failure);
  return { judge, parts, dataKey, variants, failed: variants - done, tradeLists: tradeLists.size };
}

async function prepare({ artifacts }: StepPorts, plan: SweepPart["plan"]) {
  const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
  const prepared = preparePaths(evaluationInput(plan, matrix, predictions, await loadDevelopmentContracts(artifacts, plan, matrix)));
  return { matrix, prepared, scores: pooledScores(prepared.predictions, matrix.y) };
}

type RowWinner = Winner<Parameters<typeof selectWinner>[0][number] & { readonly row: LeaderboardRow }>;

function winnerOf(rows: readonly LeaderboardRow[], { pbo }: SweepSignificance): RowWinner | undefined {
  const candidates = rows
    .filter(({ duplicate_of }) => duplicate_of === null)
    .map((row) => ({
      variant_id: row.variant_id,
      params: row.params,
      score: row.score,
      total_return: row.total_return,
      win_rate: row.win_rate,
      status: row.gate.status,
      row,
    }));
  return selectWinner(candidates, pbo);
}

function recordOf(
  { parts, variants, failed, tradeLists }: Collected,
  rows: readonly LeaderboardRow[],
  significance: SweepSignificance,
  winner: RowWinner | undefined,
  ids: Pick<SweepRecord, "owner" | "run_id" | "plan_key" | "created_at">,
): SweepRecord {
  const { plan, scores } = parts[0]!;
  const count = (status: LeaderboardRow["gate"]["status"]): number => rows.filter(({ gate }) => gate.status === status).length;
  const { min_trades, min_sharpe } = guardrails(plan);
  const all = <T>(of: (plan: EvaluationPlan) => readonly T[]): T[] => [...new Set(parts.flatMap((part) => of(part.plan)))];
  return {
    schema_version: 1,
    sweep_id: sweepIdOf(ids.plan_key),
    ...ids,
    pack_id: plan.pack_id,
    model_id: plan.model_id,
    risk_profile: all(({ risk_profile }) => [risk_profile.name]).join(", "),
    tag: plan.tag,
    variants,
    failed_variants: failed,
    distinct: significance.distinct,
    distinct_trade_lists: tradeLists,
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
    compositions: compositionsOf(parts, rows),
    best_rows: winner ? [winner.candidate.row.row_id] : [],
    selection: winner?.rule ?? "none",
    warnings: [...all(({ warnings }) => warnings), ...(winner?.warning ? [winner.warning] : [])],
    remedy: all(({ remedy }) => (remedy === "" ? [] : [remedy])).join(" "),
    stamps: all(({ stamps }) => stamps),
    lineage: plan.lineage,
  };
}

/** Each composition in the order of the plan, with the best of its rows. */
function compositionsOf(parts: readonly JudgedPart[], rows: readonly LeaderboardRow[]): SweepRecord["compositions"] {
  return parts.flatMap(({ plan, planKey, composition, scores }) => {
    if (composition === null) return [];
    const own = rows.filter(({ plan_key }) => plan_key === planKey);
    const best = own.reduce<LeaderboardRow | undefined>(
      (top, row) => (top === undefined || (row.score ?? Number.NEGATIVE_INFINITY) > (top.score ?? Number.NEGATIVE_INFINITY) ? row : top),
      undefined,
    );
    return [
      {
        id: composition.id,
        label: composition.label,
        plan_key: planKey,
        matrix_sha: plan.matrix.sha,
        prediction_sha: plan.prediction_sha,
        variants: own.length,
        pass: own.filter(({ gate }) => gate.status === "PASS").length,
        best_score: best?.score ?? null,
        best_row: best?.row_id ?? null,
        log_loss: known(scores.model.logLoss),
        prior_log_loss: known(scores.prior.logLoss),
      },
    ];
  });
}

/**
 * The stored table. Everything that is written is content: a redriven step changes nothing, and equal sweeps are equal
 * bytes. Rows are written one by one: text of all at once would be the largest thing in memory.
 */
function reportBytes(record: SweepRecord, rows: readonly LeaderboardRow[]): Uint8Array {
  const text = new TextEncoder();
  const chunks = [text.encode('{"rows":[')];
  for (const [i, row] of rows.entries())
    chunks.push(text.encode(`${i === 0 ? "" : ","}${canonicalJson({ ...row, created_at: null, run_id: null })}`));
  chunks.push(text.encode(`],"sweep":${canonicalJson({ ...record, created_at: null, run_id: null })}}`));
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A sweep in which nothing could be evaluated fails with the first reason, rather than with an empty result. */
function nothingEvaluated(variants: number, failure: { readonly code: string; readonly detail: string } | undefined): SigmaError {
  return new SigmaError(
    "UNPROCESSABLE",
    `None of ${variants} variants could be evaluated. The first one: ${failure?.code ?? "unknown"}: ${failure?.detail ?? ""}`,
    { variants },
  );
}

function guardrails(plan: EvaluationPlan): { min_trades: number; min_sharpe: number } {
  const { min_trades, min_sharpe } = plan.request;
  return { min_trades: Number(min_trades ?? 0), min_sharpe: Number(min_sharpe ?? Number.NEGATIVE_INFINITY) };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
