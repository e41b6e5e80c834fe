import { developmentView } from "#lib/backtest/holdout.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { pathsOfSplits } from "#lib/backtest/splits.schema.ts";
import { splitsOf } from "#lib/backtest/splits-request.schema.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import { estimateSweep, type SpeedConstants } from "#lib/sweeps/estimate.ts";
import { checkFeasibility } from "#lib/sweeps/feasibility.ts";
import { distinctTrials, lineageKey } from "#lib/sweeps/ledger.ts";
import { readLedger } from "#lib/sweeps/ledger-store.ts";
import type { SweepRequest } from "#lib/sweeps/sweep.schema.ts";
import { foldPath, ledgerRange, predictionSha } from "../../shared/evaluation-plan.ts";
import { feasibilityContext } from "../../shared/feasibility-context.ts";
import { loadBuiltContext } from "../../shared/model-context.ts";
import { expandSweep } from "../../shared/sweep-request.ts";
import { tradedName } from "../../shared/traded-name.ts";
import type { ApiDeps } from "../api-deps.ts";
import type { Estimate } from "./sweep-estimate.schema.ts";

/** Seconds measured on 5,105 daily rows with 26 features; a fit grows with the rows. */
const FIT_SECONDS_PER_ROW = 6e-5;
const SPEED = {
  local: { secondsPerVariant: 0.004, secondsPerCall: 0.02, parallelCalls: 2, lambdaGigabytes: 0 },
  cloud: { secondsPerVariant: 0.01, secondsPerCall: 0.6, parallelCalls: 40, lambdaGigabytes: 2.94 },
} as const satisfies Record<string, Omit<SpeedConstants, "secondsPerFoldFit">>;

/**
 * What a sweep will take and cost, and how good its best result will look by luck alone. Nothing runs.
 *
 * @throws NOT_FOUND, INVALID_PARAM as the sweep itself; UNPROCESSABLE when the model has no matrix yet
 */
export async function estimateRequest({ ports, mode }: ApiDeps, owner: string, request: SweepRequest): Promise<Estimate> {
  const { artifacts, metadata } = ports;
  const { variants } = await expandSweep(ports, owner, request);
  const { model, matrixSha, prefix } = await loadBuiltContext(ports, owner, request.pack_id, request.model_id);
  const splits = splitsOf(request);
  const { matrix } = await loadMatrix(artifacts, prefix, matrixSha);
  const development = developmentView(matrix, splits.holdout_share).matrix;
  const { folds } = outerFolds(development, splits);
  const first = folds[0]!.testStart;
  const dates = new Set(development.sessionDate.subarray(first, development.rows));
  const range = ledgerRange(development, splits);
  const ledger = await readLedger(
    metadata,
    owner,
    lineageKey({ modelId: request.model_id, symbol: tradedName(model.config.data), cadence: model.config.cadence, ...range }),
  );
  const fitted = { matrix: { prefix }, prediction_sha: predictionSha(matrixSha, model.config, splits) };
  const stored = await Promise.all(folds.map(({ index }) => artifacts.head(foldPath(fitted, index))));
  const fits = stored.some((fold) => fold === undefined);
  const { reason, remedy } = checkFeasibility(variants, model.limits, feasibilityContext(development, first));
  const speed = SPEED[mode];
  const trialsBefore = distinctTrials(ledger);
  const estimate = estimateSweep({
    variants,
    folds: folds.length,
    fits,
    sessions: dates.size,
    sessionsPerYear: 252,
    trialsBefore,
    place: mode,
    speed: {
      ...speed,
      secondsPerVariant: speed.secondsPerVariant * pathsOfSplits(splits),
      secondsPerFoldFit: FIT_SECONDS_PER_ROW * development.rows,
    },
  });
  return {
    ...estimate,
    folds: folds.length,
    fits,
    sessions: dates.size,
    trials_before: trialsBefore,
    infeasible: reason === null ? null : { code: reason.code, remedy },
  };
}
