import type { TrainingRows } from "../learners/define-learner.ts";
import type { LearnerConfig } from "../learners/learner.schema.ts";
import { classShares, valuesAt } from "../learners/training-rows.ts";
import { averageUniqueness } from "../learners/uniqueness.ts";
import { tradedClasses } from "../matrix/label.schema.ts";
import type { Matrix } from "../matrix/matrix.ts";

/** What a learner fits on, and the classes that its probabilities are judged by. */
export interface TrainingData {
  readonly rows: TrainingRows;
  /** Class of each row, as an index into the traded classes; of a regression the return's sign, -1 where it is zero. */
  readonly came: Int32Array;
  /** Weighted share of each traded class; returns of zero are left out. */
  readonly baseRates: readonly number[];
}

/** Takes rows of a matrix, ascending, with known labels. */
export function trainingData(matrix: Matrix, rows: Int32Array, learner: Pick<LearnerConfig, "sample_weights">): TrainingData {
  const { features, classes: labelled, label } = matrix.info;
  const classes = tradedClasses(label);
  const y = valuesAt(matrix.y, rows);
  const spans = { start: valuesAt(matrix.ts, rows), end: valuesAt(matrix.t1, rows) };
  const weight =
    learner.sample_weights === "uniqueness" ? averageUniqueness(spans.start, spans.end) : new Float64Array(rows.length).fill(1);
  const came = classesOf(y, labelled, classes);
  const common = {
    rows: rows.length,
    featureNames: features.map(({ name }) => name),
    features: matrix.features.map((column) => valuesAt(column, rows)),
    weight,
    spans,
  };
  const data: TrainingRows =
    labelled.length === 0 ? { task: "regress", ...common, target: y } : { task: "classify", ...common, target: came, classes: labelled };
  return { rows: data, came, baseRates: sharesOf(came, weight, classes) };
}

/**
 * Class of each label value, as an index into the traded classes: the value itself, or of a regression the return's sign.
 *
 * @param labelled - the label's classes; none for a regression
 * @returns -1 where the value is unknown, or a return of exactly zero
 */
export function classesOf(y: Float64Array, labelled: readonly number[], traded: readonly number[]): Int32Array {
  return Int32Array.from(y, (value) => traded.indexOf(labelled.length === 0 ? Math.sign(value) : value));
}

function sharesOf(came: Int32Array, weight: Float64Array, classes: readonly number[]): readonly number[] {
  const known = Int32Array.from(came.keys()).filter((row) => came[row]! >= 0);
  const shares = classShares({ rows: known.length, target: known.map((row) => came[row]!), weight: valuesAt(weight, known), classes });
  // Without any move nothing is known of the sides.
  return known.length === 0 ? classes.map(() => 1 / classes.length) : shares.shares;
}
