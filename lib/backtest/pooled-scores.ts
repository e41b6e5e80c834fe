import { rocAuc } from "../metrics/auc.ts";
import { type BrierParts, brierParts, brierScore } from "../metrics/brier.ts";
import { binaryLogLoss, logLoss } from "../metrics/log-loss.ts";
import { type RegressionScores, regressionScores } from "../metrics/regression-scores.ts";
import { calibrationError, type ReliabilityBin, reliabilityTable } from "../metrics/reliability.ts";
import { type FoldPrediction, sideIndexes } from "./fold-prediction.ts";
import { classesOf } from "./training-data.ts";

/** Quality of probabilities over out-of-sample rows; NaN = undefined. Brier, ECE and AUC are of the event UP. */
export interface ScoreSet {
  readonly logLoss: number;
  readonly brier: number;
  readonly ece: number;
  readonly auc: number;
}

export interface PooledScores {
  /** Test rows with a known label. */
  readonly rows: number;
  readonly model: ScoreSet;
  /** The training base rates of each fold as the forecast: the floor. */
  readonly prior: ScoreSet;
  /** Whether the model's log loss is below the prior's. A model without skill cannot pass the gate. */
  readonly hasSkill: boolean;
  readonly reliability: readonly ReliabilityBin[];
  /** How the model's probabilities of UP miss: largest error of a bin, and Murphy's parts of the Brier score, over ten bins. */
  readonly calibration: { readonly mce: number; readonly brier: BrierParts };
  /** Regressions only: the predicted returns themselves; null for classes. */
  readonly regression: RegressionScores | null;
  /** Log loss of model and prior in each fold. */
  readonly folds: readonly { readonly fold: number; readonly rows: number; readonly model: ScoreSet; readonly prior: ScoreSet }[];
}

/**
 * Scores all folds' test rows together, and each fold by itself. The first decimals decide: a pooled log loss is
 * one number over all rows, not a mean of folds.
 *
 * @param y - labels of all rows, NaN = unknown, of a regression the returns (what came is their sign, zero is unknown); from the development view, so that nothing of the holdout is scored
 */
export function pooledScores(predictions: readonly FoldPrediction[], y: Float64Array): PooledScores {
  const folds = predictions.map((prediction) => forecastsOf(prediction, y));
  const pooled = join(folds);
  const model = scoreSet(pooled.model, pooled);
  const prior = scoreSet(pooled.prior, pooled);
  const pUp = column(pooled.model, pooled.classes, pooled.up);
  const reliability = reliabilityTable(pUp, pooled.up1);
  return {
    rows: pooled.came.length,
    model,
    prior,
    hasSkill: model.logLoss < prior.logLoss,
    reliability,
    calibration: { mce: calibrationError(reliability).mce, brier: brierParts(pUp, pooled.up1) },
    regression: pooledRegression(predictions, y),
    folds: folds.map((fold, i) => ({
      fold: predictions[i]!.fold,
      rows: fold.came.length,
      model: scoreSet(fold.model, fold),
      prior: scoreSet(fold.prior, fold),
    })),
  };
}

function pooledRegression(predictions: readonly FoldPrediction[], y: Float64Array): RegressionScores | null {
  const folds = predictions.flatMap(({ returns, testStart, testEnd }) =>
    returns === undefined ? [] : [{ ...returns, target: y.subarray(testStart, testEnd) }],
  );
  if (folds.length === 0) return null;
  const predicted = Float64Array.from(folds.flatMap((fold) => [...fold.predicted]));
  const target = Float64Array.from(folds.flatMap((fold) => [...fold.target]));
  const means = Float64Array.from(folds.flatMap((fold) => Array<number>(fold.predicted.length).fill(fold.trainMean)));
  return regressionScores(predicted, target, means);
}

interface Forecasts {
  readonly classes: number;
  /** Column of UP. */
  readonly up: number;
  /** Shape (rows, classes), row by row. */
  readonly model: Float64Array;
  readonly prior: Float64Array;
  /** Class index that came, and whether it was UP. */
  readonly came: Int32Array;
  readonly up1: Uint8Array;
}

function forecastsOf(prediction: FoldPrediction, y: Float64Array): Forecasts {
  const { testStart, testEnd, classes, probabilities, baseRates, returns } = prediction;
  const { up } = sideIndexes(classes);
  const rows: number[] = [];
  const classAt = classesOf(y.subarray(testStart, testEnd), returns === undefined ? classes : [], classes);
  for (let row = testStart; row < testEnd; row++) if (classAt[row - testStart]! >= 0) rows.push(row);
  const model = new Float64Array(rows.length * classes.length);
  const prior = new Float64Array(rows.length * classes.length);
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < classes.length; k++) {
      model[i * classes.length + k] = probabilities[k]![row - testStart]!;
      prior[i * classes.length + k] = baseRates[k]!;
    }
  }
  const came = Int32Array.from(rows, (row) => classAt[row - testStart]!);
  return { classes: classes.length, up, model, prior, came, up1: Uint8Array.from(came, (index) => (index === up ? 1 : 0)) };
}

function join(folds: readonly Forecasts[]): Forecasts {
  const floats = (pick: (fold: Forecasts) => Float64Array): Float64Array => Float64Array.from(folds.flatMap((fold) => [...pick(fold)]));
  return {
    classes: folds[0]?.classes ?? 2,
    up: folds[0]?.up ?? 1,
    model: floats(({ model }) => model),
    prior: floats(({ prior }) => prior),
    came: Int32Array.from(folds.flatMap(({ came }) => [...came])),
    up1: Uint8Array.from(folds.flatMap(({ up1 }) => [...up1])),
  };
}

function scoreSet(table: Float64Array, { classes, up, came, up1 }: Forecasts): ScoreSet {
  const pUp = column(table, classes, up);
  return {
    logLoss: classes === 2 ? binaryLogLoss(pUp, up1) : logLoss(table, came, classes),
    brier: brierScore(pUp, up1),
    ece: calibrationError(reliabilityTable(pUp, up1)).ece,
    auc: rocAuc(pUp, up1),
  };
}

function column(table: Float64Array, classes: number, index: number): Float64Array {
  return Float64Array.from({ length: table.length / classes }, (_, row) => table[row * classes + index]!);
}
