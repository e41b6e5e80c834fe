import { calibratedClasses, calibratedProbabilities } from "../learners/calibration/calibrated-probabilities.ts";
import { type Calibrator, calibratorFromJson, fitCalibrator } from "../learners/calibration/calibrator.ts";
import { learnerOf, type ResolvedLearner } from "../learners/catalog.ts";
import type { FittedModel, TrainingRows } from "../learners/define-learner.ts";
import type { FittableLearner } from "../learners/import/fittable-learner.ts";
import { marginsOf } from "../learners/logistic.ts";
import { pickRows, targetMoments, valuesAt } from "../learners/training-rows.ts";
import { effectiveRows } from "../learners/uniqueness.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { requireDisjoint } from "./disjoint.ts";
import { type CalibrationNote, type FoldPrediction, testBlocksOf } from "./fold-prediction.ts";
import { type Fold, purgedKFold } from "./splits.ts";
import { timesOf } from "./time-axis.ts";
import { trainingData } from "./training-data.ts";

/** A model with the calibrator that belongs to it, and what a fold must know about its training. */
export interface CalibratedModel {
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  /** Weighted share of each class among the training rows; of a regression, of each sign. */
  readonly baseRates: readonly number[];
  /** Calibrated out-of-fold probabilities of the training rows, in row order, one array for each class. */
  readonly slice: readonly Float64Array[];
  /** Weighted mean target of the training rows; null unless a regression. */
  readonly meanTarget: number | null;
  readonly trainRows: number;
  readonly effectiveRows: number;
  readonly trainFirstTs: number;
  readonly trainLastTs: number;
  readonly notes: readonly string[];
}

/**
 * Fits a learner on rows of a matrix and its calibrator on inner purged folds of the same rows: the margins that the
 * calibrator sees come from models that saw neither those rows nor labels that overlap theirs.
 *
 * @param rows - ascending rows with known labels; the matrix's training hours are applied here
 * @param innerFolds - purged folds for calibration, at least 2
 * @throws HISTORY_TOO_SHORT when no row is left
 */
export function fitCalibrated(
  matrix: Matrix,
  rows: Int32Array,
  learner: FittableLearner,
  innerFolds: number,
  embargoBars: number,
): CalibratedModel {
  const kept = withinTrainHours(matrix, rows);
  const { rows: data, came, baseRates } = trainingData(matrix, kept, learner);
  const resolved = learnerOf(learner, matrix.info.cadence);
  const model = resolved.fit(data, learner.seed);
  const oneClass = baseRates.filter((share) => share > 0).length < 2;
  const outOfFold = predictOutOfFold(matrix, kept, data, {
    resolved,
    seed: learner.seed,
    innerFolds: oneClass ? 0 : innerFolds,
    embargoBars,
  });
  const known = Int32Array.from(kept.keys()).filter((at) => !Number.isNaN(outOfFold[0]![at]!));
  const unseen = outOfFold.map((column) => valuesAt(column, known));
  const fitted = fitOnUnseen(matrix, learner, { kept, data, came, known, unseen, oneClass });
  const regress = data.task === "regress";
  // The numbers of a regression are no probabilities before a fit has made them so.
  const unfitted = regress && fitted.toJson().rows === 0;
  const calibrator = unfitted || fitted.notes.includes("no_skill") ? saysBaseRates(fitted, baseRates) : fitted;
  return {
    model,
    calibrator,
    baseRates,
    slice: regress ? calibrator.applyToMargins(unseen) : calibrator.apply(unseen),
    meanTarget: regress ? targetMoments(data).mean : null,
    trainRows: kept.length,
    effectiveRows: effectiveRows(valuesAt(matrix.ts, kept), valuesAt(matrix.t1, kept)),
    trainFirstTs: matrix.ts[kept[0]!]!,
    trainLastTs: matrix.ts[kept[kept.length - 1]!]!,
    notes: [...new Set([...(oneClass ? ["single_class"] : []), ...model.notes, ...fitted.notes])].sort(),
  };
}

interface InnerFit {
  readonly resolved: ResolvedLearner;
  readonly seed: number;
  readonly innerFolds: number;
  readonly embargoBars: number;
}

/** What models of inner purged folds predict for the rows that they did not see; NaN where there is no such model. */
function predictOutOfFold(matrix: Matrix, kept: Int32Array, data: TrainingRows, inner: InnerFit): Float64Array[] {
  const { resolved, seed, innerFolds, embargoBars } = inner;
  const arrays = data.task === "regress" ? 1 : data.classes.length;
  const outOfFold = Array.from({ length: arrays }, () => new Float64Array(kept.length).fill(Number.NaN));
  const folds =
    innerFolds === 0 ? [] : purgedKFold(kept, matrix.ts, matrix.t1, Math.min(innerFolds, timesOf(matrix.ts, kept)), embargoBars);
  for (const fold of folds) {
    if (fold.train.length === 0) continue;
    const model = resolved.fit(pickRows(data, positionsOf(kept, fold.train)), seed);
    const tested = positionsOf(kept, fold.test);
    const predicted = model.predict(data.features.map((column) => valuesAt(column, tested)));
    for (const [k, column] of outOfFold.entries()) for (const [i, at] of tested.entries()) column[at] = predicted[k]![i]!;
  }
  return outOfFold;
}

interface Unseen {
  readonly kept: Int32Array;
  readonly data: TrainingRows;
  readonly came: Int32Array;
  /** Positions that have an out-of-fold prediction. */
  readonly known: Int32Array;
  readonly unseen: readonly Float64Array[];
  readonly oneClass: boolean;
}

/** The calibrator of out-of-fold predictions; rows without a class, returns of exactly zero, say nothing of one. */
function fitOnUnseen(matrix: Matrix, learner: FittableLearner, { kept, data, came, known, unseen, oneClass }: Unseen): Calibrator {
  const regress = data.task === "regress";
  const judged = Int32Array.from(known.keys()).filter((at) => came[known[at]!]! >= 0);
  const at = take32(known, judged);
  const columns = unseen.map((column) => valuesAt(column, judged));
  const own = take32(kept, at);
  return fitCalibrator(
    // A number becomes a probability by calibration only; the prior has none to give, and is found to have no skill.
    oneClass ? "none" : regress && learner.calibration === "none" ? "sigmoid" : learner.calibration,
    regress ? columns : marginsOf(columns),
    take32(came, at),
    valuesAt(data.weight, at),
    {
      effectiveRows: effectiveRows(valuesAt(matrix.ts, own), valuesAt(matrix.t1, own)),
      ...(regress ? { unit: spreadOf(columns[0]!) } : {}),
    },
  );
}

/** Root mean square of predictions, the unit that they are calibrated in; 1 when there is none. */
function spreadOf(values: Float64Array): number {
  const rms = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  return rms > 0 && Number.isFinite(rms) ? rms : 1;
}

/**
 * Fits one fold and predicts its test blocks: one unit of parallel work. Depends on nothing but its arguments.
 *
 * @param matrix - the development view (for the holdout's own fold, the whole matrix)
 * @throws LEAKAGE_DETECTED when a training label meets a test block
 */
export function fitFold(matrix: Matrix, fold: Fold, learner: FittableLearner, innerFolds: number): FoldPrediction {
  requireDisjoint(matrix, fold);
  return predictFold(matrix, fold, fitCalibrated(matrix, fold.train, learner, innerFolds, fold.embargoBars));
}

/** What a fitted model says about a fold's test blocks. */
export function predictFold(matrix: Matrix, fold: Fold, fitted: CalibratedModel): FoldPrediction {
  const rows = testRowsOf(fold);
  const tested = matrix.features.map((column) => valuesAt(column, rows));
  const { calibrator, model, meanTarget } = fitted;
  return {
    schemaVersion: 1,
    fold: fold.index,
    testStart: fold.testStart,
    testEnd: fold.testEnd,
    ...(fold.blocks === undefined ? {} : { blocks: fold.blocks }),
    classes: calibratedClasses(model),
    baseRates: fitted.baseRates,
    probabilities: calibratedProbabilities(model, calibrator, tested),
    slice: fitted.slice,
    ...(meanTarget === null ? {} : { returns: { predicted: model.predict(tested)[0]!, trainMean: meanTarget } }),
    trainRows: fitted.trainRows,
    effectiveRows: fitted.effectiveRows,
    trainFirstTs: fitted.trainFirstTs,
    trainLastTs: fitted.trainLastTs,
    embargoBars: fold.embargoBars,
    calibration: calibrationNote(calibrator),
    notes: fitted.notes,
  };
}

function testRowsOf(fold: Fold): Int32Array {
  const blocks = testBlocksOf(fold);
  const rows = new Int32Array(blocks.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of blocks) for (let row = start; row < end; row++) rows[at++] = row;
  return rows;
}

/**
 * A calibrator that found no skill says the base rates that edges are measured from, exactly: else every row would
 * have the same small edge.
 */
function saysBaseRates(calibrator: Calibrator, baseRates: readonly number[]): Calibrator {
  const json = calibrator.toJson();
  const wanted = json.maps.length === 1 ? baseRates.slice(1) : baseRates;
  return calibratorFromJson({
    ...json,
    maps: json.maps.map((map, i) => ({ map: "base_rate", value: wanted[i]!, z: map.map === "identity" ? null : map.z })),
  });
}

function calibrationNote({ kind, notes }: Calibrator): CalibrationNote {
  if (notes.includes("no_skill")) return { method: "base_rate", reason: "no_skill" };
  if (notes.includes("isotonic_too_few_rows")) return { method: "sigmoid", reason: "isotonic_too_few_rows" };
  return { method: kind, reason: notes[0] ?? null };
}

/** The rows whose hour the model may be trained on. */
export function withinTrainHours({ info, hourEt }: Matrix, rows: Int32Array): Int32Array {
  const hours = info.trainHours;
  return hours === null ? rows : rows.filter((row) => hours.includes(hourEt[row]!));
}

/** Positions of ascending rows within an ascending list that holds them all. */
function positionsOf(list: Int32Array, rows: Int32Array): Int32Array {
  let at = 0;
  return rows.map((row) => {
    while (list[at] !== row) at++;
    return at;
  });
}

function take32(list: Int32Array, at: Int32Array): Int32Array {
  return at.map((position) => list[position]!);
}
