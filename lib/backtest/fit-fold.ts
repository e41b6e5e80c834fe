import { type Calibrator, calibratorFromJson, fitCalibrator } from "../learners/calibration/calibrator.ts";
import { learnerOf } from "../learners/catalog.ts";
import type { ClassRows, FittedModel } from "../learners/define-learner.ts";
import type { LearnerConfig } from "../learners/learner.schema.ts";
import { marginsOf } from "../learners/logistic.ts";
import { classShares, pickRows, valuesAt } from "../learners/training-rows.ts";
import { averageUniqueness, effectiveRows } from "../learners/uniqueness.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { requireDisjoint } from "./disjoint.ts";
import { type CalibrationNote, type FoldPrediction, testBlocksOf } from "./fold-prediction.ts";
import { type Fold, purgedKFold } from "./splits.ts";

/** A model with the calibrator that belongs to it, and what a fold must know about its training. */
export interface CalibratedModel {
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  /** Weighted share of each class among the training rows. */
  readonly baseRates: readonly number[];
  /** Calibrated out-of-fold probabilities of the training rows, in row order, one array for each class. */
  readonly slice: readonly Float64Array[];
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
  learner: LearnerConfig,
  innerFolds: number,
  embargoBars: number,
): CalibratedModel {
  const kept = withinTrainHours(matrix, rows);
  const data = gather(matrix, kept, learner);
  const resolved = learnerOf(learner, matrix.info.cadence);
  const model = resolved.fit(data, learner.seed);
  const baseRates = classShares(data).shares;
  const oneClass = baseRates.filter((share) => share > 0).length < 2;
  const outOfFold = data.classes.map(() => new Float64Array(kept.length).fill(Number.NaN));
  if (!oneClass) {
    for (const fold of purgedKFold(kept, matrix.ts, matrix.t1, Math.min(innerFolds, kept.length), embargoBars)) {
      if (fold.train.length === 0) continue;
      const inner = resolved.fit(pickRows(data, positionsOf(kept, fold.train)), learner.seed);
      const tested = positionsOf(kept, fold.test);
      const predicted = inner.predict(data.features.map((column) => valuesAt(column, tested)));
      for (const [k, column] of outOfFold.entries()) for (const [i, at] of tested.entries()) column[at] = predicted[k]![i]!;
    }
  }
  const known = Int32Array.from(kept.keys()).filter((at) => !Number.isNaN(outOfFold[0]![at]!));
  const unseen = outOfFold.map((column) => valuesAt(column, known));
  const independent = effectiveRows(valuesAt(matrix.ts, kept), valuesAt(matrix.t1, kept));
  const fitted = fitCalibrator(
    oneClass ? "none" : learner.calibration,
    marginsOf(unseen),
    known.map((at) => data.target[at]!),
    valuesAt(data.weight, known),
    { effectiveRows: effectiveRows(valuesAt(matrix.ts, take32(kept, known)), valuesAt(matrix.t1, take32(kept, known))) },
  );
  const calibrator = fitted.notes.includes("no_skill") ? saysBaseRates(fitted, baseRates) : fitted;
  return {
    model,
    calibrator,
    baseRates,
    slice: calibrator.apply(unseen),
    trainRows: kept.length,
    effectiveRows: independent,
    trainFirstTs: matrix.ts[kept[0]!]!,
    trainLastTs: matrix.ts[kept[kept.length - 1]!]!,
    notes: [...new Set([...(oneClass ? ["single_class"] : []), ...model.notes, ...fitted.notes])].sort(),
  };
}

/**
 * Fits one fold and predicts its test blocks: one unit of parallel work. Depends on nothing but its arguments.
 *
 * @param matrix - the development view (for the holdout's own fold, the whole matrix)
 * @throws LEAKAGE_DETECTED when a training label meets a test block
 */
export function fitFold(matrix: Matrix, fold: Fold, learner: LearnerConfig, innerFolds: number): FoldPrediction {
  requireDisjoint(matrix, fold);
  return predictFold(matrix, fold, fitCalibrated(matrix, fold.train, learner, innerFolds, fold.embargoBars));
}

/** What a fitted model says about a fold's test blocks. */
export function predictFold(matrix: Matrix, fold: Fold, fitted: CalibratedModel): FoldPrediction {
  const rows = testRowsOf(fold);
  const tested = matrix.features.map((column) => valuesAt(column, rows));
  const { calibrator } = fitted;
  return {
    schemaVersion: 1,
    fold: fold.index,
    testStart: fold.testStart,
    testEnd: fold.testEnd,
    ...(fold.blocks === undefined ? {} : { blocks: fold.blocks }),
    classes: matrix.info.classes,
    baseRates: fitted.baseRates,
    probabilities: calibrator.apply(fitted.model.predict(tested)),
    slice: fitted.slice,
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

function withinTrainHours({ info, hourEt }: Matrix, rows: Int32Array): Int32Array {
  const hours = info.trainHours;
  return hours === null ? rows : rows.filter((row) => hours.includes(hourEt[row]!));
}

function gather(matrix: Matrix, rows: Int32Array, learner: LearnerConfig): ClassRows {
  const { classes, features } = matrix.info;
  const spans = { start: valuesAt(matrix.ts, rows), end: valuesAt(matrix.t1, rows) };
  return {
    task: "classify",
    rows: rows.length,
    featureNames: features.map(({ name }) => name),
    features: matrix.features.map((column) => valuesAt(column, rows)),
    target: rows.map((row) => classes.indexOf(matrix.y[row]!)),
    weight: learner.sample_weights === "uniqueness" ? averageUniqueness(spans.start, spans.end) : new Float64Array(rows.length).fill(1),
    spans,
    classes,
  };
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
