import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { PooledScores } from "#lib/backtest/pooled-scores.ts";
import { trainsOnLaterRows } from "#lib/backtest/splits.schema.ts";
import { isSimulatedWorkspace } from "#lib/core/workspace.ts";
import { type GateContext, judge } from "#lib/leaderboard/gate.ts";
import { packRules } from "#lib/leaderboard/pack-rules.ts";
import { type GridPoint, plateaus } from "#lib/leaderboard/plateau.ts";
import { qValues } from "#lib/leaderboard/q-values.ts";
import { leaderboardRow, sparkline } from "#lib/leaderboard/row.ts";
import type { LeaderboardRow } from "#lib/leaderboard/rows.schema.ts";
import { score } from "#lib/leaderboard/score.ts";
import { isImported } from "#lib/learners/learner.schema.ts";
import { excessReturns } from "#lib/metrics/excess-returns.ts";
import type { PathSpread } from "#lib/metrics/path-spread.schema.ts";
import type { RunMetrics } from "#lib/metrics/run-metrics.schema.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import type { Composition } from "#lib/sweeps/composition.schema.ts";
import { lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger, writeTrials } from "#lib/sweeps/ledger-store.ts";
import { createSignificanceCollector, type SweepSignificance } from "#lib/sweeps/significance.ts";
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
  /** Whether a price of some trade came from a model. */
  readonly repriced: boolean;
}

/** A plan whose variants are judged together with those of the others: one, or one a composition. */
export interface JudgedPart {
  readonly plan: EvaluationPlan;
  readonly planKey: string;
  readonly composition: Composition | null;
  readonly scores: PooledScores;
}

export interface JudgeFacts {
  /** The sweep that all belong to; null = a plain backtest. */
  readonly sweepId: string | null;
  readonly runId: string;
  readonly createdAt: string;
  /** First and last session of the lineage's ledger, `YYYY-MM-DD`. */
  readonly range: { readonly start: string; readonly end: string };
  readonly instrumentReturns: Float64Array;
  /** What the same sessions earn without risk; null = nothing is taken off. */
  readonly riskFree: Float64Array | null;
  readonly plotsKey: string | null;
  readonly dataKey: string | null;
}

/**
 * Takes variants one after another and keeps of each what the judgement of all needs: neither its returns nor its metrics,
 * so that thousands of variants weigh little.
 */
export interface Judge {
  add(part: JudgedPart, input: JudgedInput): void;
  /** Writes the trials to the ledger; doing it again adds nothing. */
  finish(metadata: MetadataStore): Promise<Verdict>;
}

/** The judgement of all variants that were added. */
export interface Verdict {
  readonly significance: SweepSignificance;
  /**
   * The leaderboard's row of a variant, given again as it was added.
   *
   * @param place - in the order in which the variants were added
   */
  rowOf(place: number, part: JudgedPart, input: JudgedInput): LeaderboardRow;
}

const SESSIONS_PER_YEAR = 252;

/** Judges the variants of one plan that are all at hand. */
export async function judgeVariants(
  metadata: MetadataStore,
  inputs: readonly JudgedInput[],
  { plan, planKey, scores, ...facts }: Omit<JudgeFacts, "sweepId"> & Omit<JudgedPart, "composition">,
): Promise<{ readonly rows: readonly LeaderboardRow[]; readonly significance: SweepSignificance }> {
  const together = createJudge({ ...facts, sweepId: null });
  const part = { plan, planKey, scores, composition: null };
  for (const input of inputs) together.add(part, input);
  const { significance, rowOf } = await together.finish(metadata);
  return { rows: inputs.map((input, place) => rowOf(place, part, input)), significance };
}

interface Judged extends GridPoint {
  readonly residual: Pick<RunMetrics["residual"], "psr">;
}

/**
 * A judge over one instrument's sessions: significance given everything that this lineage ever tried, the gate, the score,
 * the neighbourhood, and the rows of the leaderboard.
 */
export function createJudge(facts: JudgeFacts): Judge {
  const { riskFree } = facts;
  const collector = createSignificanceCollector({
    instrumentReturns: excessReturns(facts.instrumentReturns, riskFree),
    sessionsPerYear: SESSIONS_PER_YEAR,
  });
  const judged: Judged[] = [];
  let lineage: EvaluationPlan | undefined;
  return {
    add({ plan }, { variant, metrics, daily }) {
      lineage ??= plan;
      collector.add({ variant_id: variant.variant_id, dailyReturns: excessReturns(daily, riskFree), directional: isDirectional(plan) });
      judged.push({
        ...variant,
        score: scoreOf(plan, metrics),
        total_return: metrics.total_return,
        residual: { psr: metrics.residual.psr },
      });
    },
    async finish(metadata) {
      const { owner, model_id, config } = lineage!;
      const key = lineageKey({ modelId: model_id, symbol: tradedName(config.data), cadence: config.cadence, ...facts.range });
      const before = await readLedger(metadata, owner, key);
      const significance = collector.finish(before);
      await writeTrials(metadata, owner, before, significance.ledger);
      return { significance, rowOf: rowsOf(judged, significance, facts) };
    },
  };
}

const scoreOf = (plan: EvaluationPlan, metrics: RunMetrics): number | null => score(metrics, plan.limits, packRules(plan.pack_id).score);

function rowsOf(judged: readonly Judged[], significance: SweepSignificance, facts: JudgeFacts): Verdict["rowOf"] {
  // Results that are equal count once; each shows what its first one has.
  const first = firstOfEqual(significance);
  const distinct = [...new Set(first)];
  const points = distinct.map((i) => judged[i]!);
  const around = new Map(plateaus(points).map((plateau, k) => [distinct[k]!, plateau]));
  const adjusted = new Map(qValues(points).map((q, k) => [distinct[k]!, q]));
  const contexts = new Map<JudgedPart, ReturnType<typeof contextOf>>();
  return (place, part, { variant, metrics, paths, daily, repriced }) => {
    const { plan, planKey, composition } = part;
    const context = contexts.get(part) ?? contextOf(part);
    contexts.set(part, context);
    const verdict = significance.variants[place]!;
    return leaderboardRow({
      row_id: `${planKey.slice(0, 16)}-${variant.variant_id}`,
      run_id: facts.runId,
      sweep_id: facts.sweepId,
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
      composition,
      duplicate_of: verdict.duplicate_of,
      metrics,
      paths,
      significance: verdict.significance,
      gate: judge(metrics, verdict.significance, plan.limits, { ...context.gate, repriced }),
      score: judged[place]!.score,
      q_value: adjusted.get(first[place]!)!,
      plateau: around.get(first[place]!)!,
      equity: sparkline(daily),
      lineage: plan.lineage,
      stamps: { ...context.stamps, repriced },
      plots_uri: facts.plotsKey,
      data_uri: facts.dataKey,
    });
  };
}

/** What the gate and the rows say of a plan's data. */
function contextOf({ plan, scores }: JudgedPart): {
  readonly gate: Omit<GateContext, "repriced">;
  readonly stamps: Omit<LeaderboardRow["stamps"], "repriced">;
} {
  const stamps = {
    simulated: plan.stamps.includes("simulated"),
    survivorship_biased: plan.stamps.includes("survivorship_biased"),
    price_return_only: plan.stamps.includes("price_return_only"),
    trains_on_later_rows: trainsOnLaterRows(plan.splits),
    imported_model_training_rows_unknown: isImported(plan.config.learner),
    rf: plan.risk_free === null ? "rf=0" : `rf=${plan.risk_free.symbol}`,
  };
  return {
    stamps,
    gate: {
      packId: plan.pack_id,
      kind: plan.kind,
      instrument: plan.config.instrument,
      simulated: stamps.simulated,
      survivorshipBiased: stamps.survivorship_biased,
      trainsOnLaterRows: stamps.trains_on_later_rows,
      importedModel: stamps.imported_model_training_rows_unknown,
      researchOnly: plan.stamps.includes("research_only"),
      simulatedWorkspace: isSimulatedWorkspace(plan.owner),
      skill: { logLoss: scores.model.logLoss, priorLogLoss: scores.prior.logLoss },
      infeasible: plan.infeasible,
    },
  };
}

/** For each variant the place of the first with the same returns: its own when it is the first. */
function firstOfEqual({ variants }: SweepSignificance): number[] {
  const place = new Map(variants.map(({ variant_id }, i) => [variant_id, i]));
  return variants.map(({ duplicate_of }, i) => (duplicate_of === null ? i : place.get(duplicate_of)!));
}
