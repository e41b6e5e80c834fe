import { developmentView } from "#lib/backtest/holdout.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { pathsOfSplits } from "#lib/backtest/splits.schema.ts";
import { splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { learnerIdentity } from "#lib/learners/learner-identity.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { estimateSweep } from "#lib/sweeps/estimate.ts";
import { checkFeasibility } from "#lib/sweeps/feasibility.ts";
import { foldSeconds } from "#lib/sweeps/fit-work.ts";
import { distinctTrials, lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger } from "#lib/sweeps/ledger-store.ts";
import type { SweepRequest } from "#lib/sweeps/sweep.schema.ts";
import { foldPath, ledgerRange, predictionSha } from "../../shared/evaluation-plan.ts";
import { feasibilityContext } from "../../shared/feasibility-context.ts";
import { loadBuiltContext } from "../../shared/model-context.ts";
import { expandSweep } from "../../shared/sweep-request.ts";
import { tightenedModel } from "../../shared/tightened-model.ts";
import { tradedName } from "../../shared/traded-name.ts";
import type { ApiDeps } from "../api-deps.ts";
import type { Estimate } from "./sweep-estimate.schema.ts";

/**
 * Seconds of the reference machine. Local mode multiplies them by what a short probe of this machine says; Lambda's own speed
 * is not measured, and its constants are fixed.
 */
const SPEED = {
  local: {
    secondsToStart: 2.6,
    secondsPerCall: 0.012,
    secondsPerVariant: 2e-4,
    secondsPerVariantRow: 1.2e-7,
    secondsPerRowWritten: 1e-3,
    lambdaGigabytes: 0,
  },
  cloud: {
    factor: 1.5,
    secondsToStart: 2,
    secondsPerCall: 0.4,
    secondsPerVariant: 2e-4,
    secondsPerVariantRow: 1.2e-7,
    secondsPerRowWritten: 3e-3,
    parallelCalls: 40,
    lambdaGigabytes: 2.94,
  },
} as const;
/** Building and proving a matrix, for each of its values. */
const BUILD_SECONDS_PER_VALUE = 2e-6;

/**
 * What a sweep will take and cost, and how good its best result will look by luck alone. Nothing runs.
 *
 * @throws NOT_FOUND, INVALID_PARAM as the sweep itself; UNPROCESSABLE when the model has no matrix yet
 */
export async function estimateRequest({ ports, mode, machine }: ApiDeps, owner: string, request: SweepRequest): Promise<Estimate> {
  const { artifacts, metadata } = ports;
  const { variants, composed } = await expandSweep(ports, owner, request);
  const { model: own, matrixSha, prefix } = await loadBuiltContext(ports, owner, request.pack_id, request.model_id);
  const model = tightenedModel(own, composed.length === 0 ? request.gates : undefined);
  const splits = splitsOf(request);
  const { matrix } = await loadMatrix(artifacts, prefix, matrixSha);
  const development = developmentView(matrix, splits.holdout_share).matrix;
  const { folds } = outerFolds(development, splits);
  const first = folds[0]!.testStart;
  const evaluated = feasibilityContext(development, first);
  const range = ledgerRange(development, splits);
  const ledger = await readLedger(
    metadata,
    owner,
    lineageKey({ modelId: request.model_id, symbol: tradedName(model.config.data), cadence: model.config.cadence, ...range }),
  );
  const fitted = { matrix: { prefix }, prediction_sha: predictionSha(matrixSha, model.config, splits) };
  const stored = await Promise.all(folds.map(({ index }) => artifacts.head(foldPath(fitted, index))));
  const definitions = definitionsOf(model);
  // Of a composition it is known what it will be made of, not yet what its matrix is called.
  const models = composed.length === 0 ? [model] : composed.map((one) => one.model);
  const predictions = new Map(models.map((each) => [canonicalJson({ ...definitionsOf(each) }), each]));
  const matrices = new Map(models.map((each) => [canonicalJson(definitionsOf(each).matrix), each]));
  const fitSeconds = [...predictions].flatMap(([key, { config, columns }]) => {
    const { algo, resolvedParams: params } = learnerIdentity(config.learner, config.cadence);
    const shape = { columns: columns.length, classes: development.info.classes.length, algo, params };
    const isOwn = key === canonicalJson({ ...definitions });
    return folds
      .filter(({ index }) => !isOwn || stored[index] === undefined)
      .map(({ train }) => foldSeconds({ ...shape, rows: train.length }, splits.inner_folds));
  });
  const buildSeconds = [...matrices].flatMap(([key, { columns }]) =>
    key === canonicalJson(definitions.matrix) ? [] : [BUILD_SECONDS_PER_VALUE * matrix.rows * columns.length],
  );
  const infeasible = (composed.length === 0 ? [{ model, variants }] : composed).map((each) =>
    checkFeasibility(each.variants, each.model.limits, evaluated),
  );
  const { reason, remedy } = infeasible.find((each) => each.reason === null) ?? infeasible[0]!;
  const trialsBefore = distinctTrials(ledger);
  const speed = mode === "cloud" ? SPEED.cloud : { ...SPEED.local, ...(await (machine ?? unmeasured)()) };
  const estimate = estimateSweep({
    variants,
    fitSeconds,
    buildSeconds,
    tradedRows: (development.rows - first) * pathsOfSplits(splits),
    sessions: evaluated.sessions,
    sessionsPerYear: 252,
    trialsBefore,
    place: mode,
    speed,
  });
  return {
    ...estimate,
    compositions: composed.length,
    folds: folds.length,
    fits: fitSeconds.length > 0,
    fit_count: fitSeconds.length,
    measured: mode === "local" && machine !== undefined,
    sessions: evaluated.sessions,
    trials_before: trialsBefore,
    infeasible: reason === null ? null : { code: reason.code, remedy },
  };
}

const unmeasured = async () => ({ factor: 1, parallelCalls: 2 });

/** What decides a model's matrix and its fits, as far as its definitions do. */
function definitionsOf({ config, lineage }: Pick<ResolvedModel, "config" | "lineage">) {
  const { features, momentum, volatility, train, learner } = config;
  const matrix = JSON.parse(JSON.stringify({ set: lineage.indicator_set_sha, features, momentum, volatility, train }));
  return { matrix, learner: JSON.parse(JSON.stringify(learner)) };
}
