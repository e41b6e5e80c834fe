import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { PooledScores } from "#lib/backtest/pooled-scores.ts";
import { trainsOnLaterRows } from "#lib/backtest/splits.schema.ts";
import { isSimulatedWorkspace } from "#lib/core/workspace.ts";
import { judge } from "#lib/leaderboard/gate.ts";
import { packRules } from "#lib/leaderboard/pack-rules.ts";
import { plateaus } from "#lib/leaderboard/plateau.ts";
import { qValues } from "#lib/leaderboard/q-values.ts";
import { leaderboardRow } from "#lib/leaderboard/row.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { score } from "#lib/leaderboard/score.ts";
import type { PathSpread } from "#lib/metrics/path-spread.schema.ts";
import type { RunMetrics } from "#lib/metrics/run-metrics.schema.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger, writeTrials } from "#lib/sweeps/ledger-store.ts";
import { collectSignificance, type SweepSignificance } from "#lib/sweeps/significance.ts";
import { sweepIdOf } from "#lib/sweeps/sweep-store.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { isDirectional } from "./evaluation-input.ts";
import { tradedName } from "./traded-name.ts";

/** One evaluated variant as the judge needs it. */
export interface JudgedInput {
  readonly variant: Variant;
  readonly metrics: RunMetrics;
  /** On every path of combinatorial splits; null where there is one. */
  readonly paths: PathSpread | null;
  readonly daily: Float64Array;
}

export interface JudgeFacts {
  readonly plan: EvaluationPlan;
  readonly planKey: string;
  readonly runId: string;
  readonly createdAt: string;
  /** First and last session of the lineage's ledger, `YYYY-MM-DD`. */
  readonly range: { readonly start: string; readonly end: string };
  readonly instrumentReturns: Float64Array;
  readonly scores: PooledScores;
  readonly plotsKey: string | null;
  readonly dataKey: string | null;
}

const SESSIONS_PER_YEAR = 252;

/**
 * Judges variants together: significance given everything that this lineage ever tried, the gate, the score, the
 * neighbourhood, and the rows of the leaderboard. The trials are written to the ledger; doing it again adds nothing.
 */
export async function judgeVariants(
  metadata: MetadataStore,
  inputs: readonly JudgedInput[],
  facts: JudgeFacts,
): Promise<{ readonly rows: readonly LeaderboardRow[]; readonly significance: SweepSignificance }> {
  const { plan, planKey } = facts;
  const key = lineageKey({ modelId: plan.model_id, symbol: tradedName(plan.config.data), cadence: plan.config.cadence, ...facts.range });
  const before = await readLedger(metadata, plan.owner, key);
  const significance = collectSignificance({
    variants: inputs.map(({ variant, daily }) => ({ variant_id: variant.variant_id, dailyReturns: daily })),
    instrumentReturns: facts.instrumentReturns,
    directional: isDirectional(plan),
    sessionsPerYear: SESSIONS_PER_YEAR,
    ledger: before,
  });
  await writeTrials(metadata, plan.owner, before, significance.ledger);

  const rules = packRules(plan.pack_id);
  const scored = inputs.map(({ variant, metrics }) => ({
    variant_id: variant.variant_id,
    params: variant.params,
    score: score(metrics, plan.limits, rules.score),
    total_return: metrics.total_return,
  }));
  // Results that are equal count once; each shows what its first one has.
  const first = firstOfEqual(significance);
  const distinct = [...new Set(first)];
  const around = new Map(plateaus(distinct.map((i) => scored[i]!)).map((plateau, k) => [distinct[k]!, plateau]));
  const adjusted = new Map(qValues(distinct.map((i) => inputs[i]!.metrics)).map((q, k) => [distinct[k]!, q]));
  const stamps = {
    simulated: plan.stamps.includes("simulated"),
    survivorship_biased: plan.stamps.includes("survivorship_biased"),
    repriced: false,
    price_return_only: plan.stamps.includes("price_return_only"),
    trains_on_later_rows: trainsOnLaterRows(plan.splits),
    rf: "rf=0" as const,
  };
  const gateContext = {
    packId: plan.pack_id,
    kind: plan.kind,
    instrument: plan.config.instrument,
    simulated: stamps.simulated,
    survivorshipBiased: stamps.survivorship_biased,
    repriced: stamps.repriced,
    trainsOnLaterRows: stamps.trains_on_later_rows,
    simulatedWorkspace: isSimulatedWorkspace(plan.owner),
    skill: { logLoss: facts.scores.model.logLoss, priorLogLoss: facts.scores.prior.logLoss },
    infeasible: plan.infeasible,
  };
  const rows = inputs.map(({ variant, metrics, paths, daily }, i) => {
    const judged = significance.variants[i]!;
    return leaderboardRow({
      row_id: `${planKey.slice(0, 16)}-${variant.variant_id}`,
      run_id: facts.runId,
      sweep_id: plan.kind === "sweep" ? sweepIdOf(planKey) : null,
      plan_key: planKey,
      variant_id: variant.variant_id,
      pack_id: plan.pack_id,
      model_id: plan.model_id,
      symbol: tradedName(plan.config.data),
      risk_profile: plan.risk_profile.name,
      tags: plan.config.tags,
      tag: plan.tag,
      created_at: facts.createdAt,
      params: variant.params,
      duplicate_of: judged.duplicate_of,
      metrics,
      paths,
      significance: judged.significance,
      gate: judge(metrics, judged.significance, plan.limits, gateContext),
      score: scored[i]!.score,
      q_value: adjusted.get(first[i]!)!,
      plateau: around.get(first[i]!)!,
      dailyReturns: daily,
      lineage: plan.lineage,
      stamps,
      plots_uri: facts.plotsKey,
      data_uri: facts.dataKey,
    });
  });
  return { rows, significance };
}

/** For each variant the place of the first with the same returns: its own when it is the first. */
function firstOfEqual({ variants }: SweepSignificance): number[] {
  const place = new Map(variants.map(({ variant_id }, i) => [variant_id, i]));
  return variants.map(({ duplicate_of }, i) => (duplicate_of === null ? i : place.get(duplicate_of)!));
}
