import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import type { FoldPrediction } from "#lib/backtest/fold-prediction.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { calibratedClasses, calibratedProbabilities } from "#lib/learners/calibration/calibrated-probabilities.ts";
import { matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { dataSources, dataUntil } from "#lib/matrix/matrix-data.ts";
import { matrixNeeds, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { IndicatorEntrySchema } from "#lib/packs/indicator-set.schema.ts";
import type { ModelBundle } from "#lib/training/model-bundle.ts";
import { type DataPorts, loadMatrixData } from "../shared/load-matrix-data.ts";

/**
 * The matrix with every bar that has closed by a moment, built by the code that built the model's own. Later bars are cut
 * off before anything is computed.
 *
 * @throws DATA_UNAVAILABLE when no bar had closed by then, UNPROCESSABLE for a model of a universe
 */
export async function matrixUntil(ports: DataPorts, plan: EvaluationPlan, now: number): Promise<Matrix> {
  const { symbol, universe } = plan.config.data;
  if (universe !== undefined)
    throw new SigmaError(
      "UNPROCESSABLE",
      `"${plan.model_id}" trades the universe "${universe}". Signals are made for models of one symbol: train a model of one of its members.`,
      { universe },
    );
  const config = { ...plan.config, window: { start: plan.config.window.start, end: null } };
  const entries = plan.indicator_entries.map((entry) => IndicatorEntrySchema.parse(entry));
  const all = await loadMatrixData(ports, plan.owner, config, matrixNeeds(config, entries, symbol));
  const data = dataUntil(all, now);
  if (data.series.bars.length === 0)
    throw new SigmaError("DATA_UNAVAILABLE", `No bar of "${symbol}" had closed by ${new Date(now).toISOString()}.`, { symbol });
  const spec = matrixSpecOf(config, entries, symbol, dataSources(data));
  return matrixOf(spec, prepareMatrix(spec, data));
}

/**
 * The model's word on every row after its training, in the form that the backtest reads: earlier rows are the confidences
 * that the top share is cut from.
 *
 * @throws MODEL_INVALID when the features are not those that the model was trained on
 */
export function livePrediction(matrix: Matrix, bundle: ModelBundle): FoldPrediction {
  requireSameFeatures(matrix, bundle);
  let testStart = matrix.rows - 1;
  while (testStart > 0 && matrix.ts[testStart - 1]! > bundle.trainLastTs) testStart -= 1;
  const rows = matrix.features.map((column) => column.slice(testStart));
  return {
    schemaVersion: 1,
    fold: 0,
    testStart,
    testEnd: matrix.rows,
    classes: calibratedClasses(bundle.model),
    baseRates: bundle.baseRates,
    probabilities: calibratedProbabilities(bundle.model, bundle.calibrator, rows),
    slice: bundle.slice,
    trainRows: bundle.trainRows,
    effectiveRows: bundle.trainRows,
    trainFirstTs: bundle.trainFirstTs,
    trainLastTs: bundle.trainLastTs,
    embargoBars: 0,
    calibration: { method: bundle.calibrator.kind, reason: null },
    notes: [],
  };
}

function requireSameFeatures({ info }: Matrix, { model, indicatorSetSha }: ModelBundle): void {
  const names = info.features.map(({ name }) => name);
  const { featureNames } = model;
  const same = names.length === featureNames.length && names.every((name, i) => name === featureNames[i]);
  if (same && info.indicatorSetSha === indicatorSetSha) return;
  throw new SigmaError(
    "MODEL_INVALID",
    same
      ? "The model's indicators have other versions or parameters now than when it was trained. Train it again."
      : `The model was trained on ${featureNames.length} features, its data give ${names.length} or other ones now. Train it again.`,
    { trained_on: featureNames.length, found: names.length },
  );
}
