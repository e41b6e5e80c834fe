import { type EvaluationPlan, EvaluationPlanSchema } from "#lib/backtest/evaluation-plan.schema.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { developmentView } from "#lib/backtest/holdout.ts";
import { ledgerStartRow } from "#lib/backtest/outer-folds.ts";
import { decodePrediction } from "#lib/backtest/predictions-codec.ts";
import type { Refit } from "#lib/backtest/robustness/refit.schema.ts";
import type { RefitKind } from "#lib/backtest/robustness/refits.ts";
import type { Splits } from "#lib/backtest/splits.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { sha256, sha256OfJson } from "#lib/core/digest.ts";
import { formatDate } from "#lib/core/time.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { learnerIdentity } from "#lib/learners/learner-identity.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { ComposedSweep } from "#lib/sweeps/composed-sweep.schema.ts";

const planPath = (owner: string, planSha: string): string => `owners/${owner}/plans/${planSha}.json`;

/** Stores a plan under the digest of its content and returns the digest. Storing it again changes nothing. */
export async function storePlan(artifacts: ArtifactStore, plan: EvaluationPlan | ComposedSweep): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(plan));
  const planSha = sha256(bytes);
  await artifacts.put(planPath(plan.owner, planSha), bytes, "absent");
  return planSha;
}

/** @throws ARTIFACT_NOT_FOUND, ARTIFACT_CORRUPT */
export async function loadPlan(artifacts: ArtifactStore, owner: string, planSha: string): Promise<EvaluationPlan> {
  return parseOr("ARTIFACT_CORRUPT", EvaluationPlanSchema, await readPlanDocument(artifacts, owner, planSha), `The plan "${planSha}"`);
}

/** A stored plan of any kind, unread. @throws ARTIFACT_NOT_FOUND, ARTIFACT_CORRUPT */
export async function readPlanDocument(artifacts: ArtifactStore, owner: string, planSha: string): Promise<unknown> {
  const { bytes } = await artifacts.get(planPath(owner, planSha), planSha);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * The name of a model's fold predictions. It covers what a fit depends on and nothing of how the predictions are
 * traded, so every backtest and sweep with equal splits shares one fit.
 */
export function predictionSha(matrixSha: string, config: ModelConfig, splits: Splits): string {
  const { algo, version, resolvedParams } = learnerIdentity(config.learner, config.cadence);
  const { calibration, seed, sample_weights } = config.learner;
  return sha256OfJson({
    schema_version: 1,
    matrix_sha: matrixSha,
    learner: { algo, version, params: resolvedParams, calibration, seed, sample_weights },
    train_hours: config.train.allowed_hours,
    splits,
  });
}

/** The name of a refit's fold predictions. Another seed's are those of a model with that seed. */
export function refitSha(matrixSha: string, config: ModelConfig, splits: Splits, refit: RefitKind): string {
  if (refit.kind === "seed") return predictionSha(matrixSha, { ...config, learner: { ...config.learner, seed: refit.seed } }, splits);
  return sha256OfJson({ schema_version: 1, of: predictionSha(matrixSha, config, splits), refit });
}

export const foldPath = (
  plan: Pick<EvaluationPlan, "prediction_sha"> & { readonly matrix: Pick<EvaluationPlan["matrix"], "prefix"> },
  fold: number,
): string => `${plan.matrix.prefix}predictions/${plan.prediction_sha}/fold-${fold}.bin`;

const MOST_KEPT = 8;

/**
 * What this process made of each store's content last: a warm worker evaluates many batches of one plan. Kept by store, so
 * two systems in one process share nothing; keys name an owner where what is kept belongs to one.
 */
const keptByStore = new WeakMap<ArtifactStore, Map<string, Promise<unknown>>>();

/** The value of a key, made when it was not among the last few that were asked for. A failure is not kept. */
export function keep<T>(artifacts: ArtifactStore, key: string, make: () => Promise<T>): Promise<T> {
  const kept = keptByStore.get(artifacts) ?? new Map<string, Promise<unknown>>();
  keptByStore.set(artifacts, kept);
  const value = (kept.get(key) as Promise<T> | undefined) ?? make();
  kept.delete(key);
  kept.set(key, value);
  value.catch(() => kept.get(key) === value && kept.delete(key));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return value;
}

/** The whole matrix of a plan, holdout included: for the fit's bookkeeping, training and scoring only. */
export function loadPlanMatrix(artifacts: ArtifactStore, plan: EvaluationPlan): Promise<Matrix> {
  const { prefix, sha } = plan.matrix;
  return keep(artifacts, `matrix:${prefix}${sha}`, async () => (await loadMatrix(artifacts, prefix, sha)).matrix);
}

/** The part of a plan's matrix that choices may read: it ends where the holdout begins. */
export function loadDevelopment(artifacts: ArtifactStore, plan: EvaluationPlan): Promise<Matrix> {
  return keep(artifacts, `development:${plan.matrix.prefix}${plan.matrix.sha}:${plan.splits.holdout_share}`, async () => {
    const matrix = await loadPlanMatrix(artifacts, plan);
    return developmentView(matrix, plan.splits.holdout_share).matrix;
  });
}

/** All folds' predictions, in order. @throws ARTIFACT_NOT_FOUND when a fold was not fitted */
export function loadPredictions(artifacts: ArtifactStore, plan: EvaluationPlan): Promise<readonly FoldPrediction[]> {
  return keep(artifacts, `predictions:${plan.matrix.prefix}${plan.prediction_sha}`, () => readPredictions(artifacts, plan));
}

/** All folds' predictions of a refit, in order. They are read once, so nothing keeps them. */
export function loadRefit(artifacts: ArtifactStore, plan: EvaluationPlan, { prediction_sha }: Refit): Promise<readonly FoldPrediction[]> {
  return readPredictions(artifacts, { ...plan, prediction_sha });
}

function readPredictions(artifacts: ArtifactStore, plan: EvaluationPlan): Promise<readonly FoldPrediction[]> {
  return Promise.all(
    Array.from({ length: plan.folds }, async (_, fold) => decodePrediction((await artifacts.get(foldPath(plan, fold))).bytes)),
  );
}

/** The sessions under which a lineage's trials are counted, whatever the kind of split: `YYYY-MM-DD`. */
export function ledgerRange(matrix: Matrix, splits: Splits): { readonly start: string; readonly end: string } {
  const { rows, sessionDate } = matrix;
  return { start: formatDate(sessionDate[ledgerStartRow(matrix, splits)]!), end: formatDate(sessionDate[rows - 1]!) };
}

/** Where one batch of a plan leaves its results. */
export const partPath = (plan: EvaluationPlan, planSha: string, batchId: string): string =>
  `owners/${plan.owner}/evaluations/${planSha}/parts/${batchId}.bin`;

/** Where a plan's finished report, plots and tables stand. */
export const reportPath = (plan: EvaluationPlan, planSha: string, name: string): string =>
  `owners/${plan.owner}/evaluations/${planSha}/${name}`;
