import * as z from "zod";
import { type PathContexts, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { pooledScores } from "#lib/backtest/pooled-scores.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { addRows } from "#lib/leaderboard/leaderboard-store.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { findRun } from "#lib/runs/run-store.ts";
import type { SweepSignificance } from "#lib/sweeps/significance.ts";
import type { SweepRecord } from "#lib/sweeps/sweep-record.schema.ts";
import { sweepIdOf, writeSweep } from "#lib/sweeps/sweep-store.ts";
import type { VariantOutcome } from "#lib/sweeps/variant-part.ts";
import { evaluationInput } from "../shared/evaluation-input.ts";
import { ledgerRange, loadDevelopment, loadPredictions, reportPath } from "../shared/evaluation-plan.ts";
import { createJudge, type Judge, type JudgedInput, type JudgedPart, type Verdict } from "../shared/judge-variants.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { loadDevelopmentContracts } from "../shared/stored-contract-tape.ts";
import { type SweepPart, sweepParts } from "../shared/sweep-parts.ts";
import { wholePart } from "../shared/variant-batch.ts";
import { type Guardrails, SweepTable } from "./sweep-table.ts";

const CollectSweepInputSchema = z.strictObject({ ...stepInput, plan_key: z.string().regex(/^[0-9a-f]{64}$/) });

/** Rows that are written together, one transaction of the store. */
const ROWS_PER_WRITE = 25;

/**
 * State `CollectSweep`: reads what the batches wrote, one after another, judges all variants together, then reads it again
 * and writes the leaderboard rows. Never more than one batch is held.
 */
export const createCollectSweep = defineStep({
  name: "CollectSweep",
  input: CollectSweepInputSchema,
  run: async (ports: StepPorts, { owner, run_id, plan_key }) => {
    const createdAt = (await findRun(ports.metadata, run_id))?.run.created_at ?? new Date(ports.clock.now()).toISOString();
    const collected = await collect(ports, { owner, runId: run_id, planKey: plan_key, createdAt });
    const { significance, rowOf } = await collected.judge.finish(ports.metadata);
    const table = await writeRows(ports, owner, collected.parts, rowOf);
    const record = recordOf(collected, table, significance, { owner, run_id, plan_key, created_at: createdAt });
    await ports.artifacts.put(collected.dataKey, table.bytes(record), "any");
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

type Failed = Extract<VariantOutcome, { status: "failed" }>;
type Evaluated = { readonly failure: Failed } | { readonly input: JudgedInput; readonly tradesDigest: string };

/** The results of a part in the order of its plan, one batch at a time: returns are gone when the next batch comes. */
async function* resultsOf(
  { artifacts }: StepPorts,
  { plan, planKey }: Pick<SweepPart, "plan" | "planKey">,
  context: () => Promise<PathContexts>,
): AsyncGenerator<Evaluated> {
  const variants = new Map(plan.variants.map((variant) => [variant.variant_id, variant]));
  for (const { batch_id } of plan.batches) {
    const { part, free } = await wholePart(artifacts, plan, planKey, batch_id, context);
    for (const [i, outcome] of part.outcomes.entries()) {
      if (outcome.status === "failed") yield { failure: outcome };
      else {
        const { metrics, paths, repriced_trades, trades_digest } = outcome;
        const variant = variants.get(outcome.variant.variant_id)!;
        yield {
          input: { variant, metrics, paths, daily: part.daily[i]!, repriced: repriced_trades > 0 },
          tradesDigest: trades_digest,
        };
      }
    }
    free();
  }
}

/** Gives the variants of every part to one judge. */
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
  let failure: Failed | undefined;
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
    for await (const result of resultsOf(ports, part, async () => prepared)) {
      variants += 1;
      if ("failure" in result) failure ??= result.failure;
      else {
        done += 1;
        tradeLists.add(result.tradesDigest);
        judge.add(judged, result.input);
      }
    }
  }
  if (judge === undefined || done === 0) throw nothingEvaluated(variants, failure);
  return { judge, parts, dataKey, variants, failed: variants - done, tradeLists: tradeLists.size };
}

/** Reads the results again, now that the verdict is known, and writes a row for each. */
async function writeRows(ports: StepPorts, owner: string, parts: readonly JudgedPart[], rowOf: Verdict["rowOf"]): Promise<SweepTable> {
  const table = new SweepTable(guardrails(parts[0]!.plan));
  let waiting: LeaderboardRow[] = [];
  let place = 0;
  for (const part of parts) {
    for await (const result of resultsOf(ports, part, async () => (await prepare(ports, part.plan)).prepared)) {
      if ("failure" in result) continue;
      const row = rowOf(place, part, result.input);
      place += 1;
      table.add(row);
      waiting.push(row);
      if (waiting.length < ROWS_PER_WRITE) continue;
      await addRows(ports.metadata, owner, waiting);
      waiting = [];
    }
  }
  await addRows(ports.metadata, owner, waiting);
  return table;
}

async function prepare({ artifacts }: StepPorts, plan: SweepPart["plan"]) {
  const [matrix, predictions] = await Promise.all([loadDevelopment(artifacts, plan), loadPredictions(artifacts, plan)]);
  const prepared = preparePaths(evaluationInput(plan, matrix, predictions, await loadDevelopmentContracts(artifacts, plan, matrix)));
  return { matrix, prepared, scores: pooledScores(prepared.predictions, matrix.y) };
}

function recordOf(
  { parts, variants, failed, tradeLists }: Collected,
  table: SweepTable,
  significance: SweepSignificance,
  ids: Pick<SweepRecord, "owner" | "run_id" | "plan_key" | "created_at">,
): SweepRecord {
  const { plan, scores } = parts[0]!;
  const winner = table.winner(significance.pbo);
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
    ...table.counts(),
    dsr_best: significance.dsr_best,
    pbo: significance.pbo,
    p_oos_loss: significance.p_oos_loss,
    luck_sharpe: significance.luck_sharpe,
    log_loss: known(scores.model.logLoss),
    prior_log_loss: known(scores.prior.logLoss),
    compositions: compositionsOf(parts, table),
    best_rows: winner ? [winner.candidate.row_id] : [],
    selection: winner?.rule ?? "none",
    warnings: [...all(({ warnings }) => warnings), ...(winner?.warning ? [winner.warning] : [])],
    remedy: all(({ remedy }) => (remedy === "" ? [] : [remedy])).join(" "),
    stamps: all(({ stamps }) => stamps),
    lineage: plan.lineage,
  };
}

/** Each composition in the order of the plan, with the best of its rows. */
function compositionsOf(parts: readonly JudgedPart[], table: SweepTable): SweepRecord["compositions"] {
  return parts.flatMap(({ plan, planKey, composition, scores }) => {
    if (composition === null) return [];
    const { variants, pass, bestScore, bestRow } = table.ofPlan(planKey);
    return [
      {
        id: composition.id,
        label: composition.label,
        plan_key: planKey,
        matrix_sha: plan.matrix.sha,
        prediction_sha: plan.prediction_sha,
        variants,
        pass,
        best_score: bestScore,
        best_row: bestRow,
        log_loss: known(scores.model.logLoss),
        prior_log_loss: known(scores.prior.logLoss),
      },
    ];
  });
}

/** A sweep in which nothing could be evaluated fails with the first reason, rather than with an empty result. */
function nothingEvaluated(variants: number, failure: { readonly code: string; readonly detail: string } | undefined): SigmaError {
  return new SigmaError(
    "UNPROCESSABLE",
    `None of ${variants} variants could be evaluated. The first one: ${failure?.code ?? "unknown"}: ${failure?.detail ?? ""}`,
    { variants },
  );
}

function guardrails({ request: { min_trades, min_sharpe } }: EvaluationPlan): Guardrails {
  return { minTrades: Number(min_trades ?? 0), minSharpe: Number(min_sharpe ?? Number.NEGATIVE_INFINITY) };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
