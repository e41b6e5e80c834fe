import type { Json } from "../core/canonical-json.ts";

/** What a fit is made of, as far as its time depends on it. */
export interface FitShape {
  readonly rows: number;
  readonly columns: number;
  /** Classes of the label. */
  readonly classes: number;
  readonly algo: string;
  /** The learner's parameters with their values. */
  readonly params: Readonly<Record<string, Json>>;
}

/**
 * Seconds on the reference machine (one core, 2.x GHz): of a cell, one row of one column in one level of one tree; of a bin,
 * one histogram bin of one column in one node of one tree; and of sorting one value of one column into its bin. Measured on
 * trainings of 300 to 16,000 rows, 20 to 60 columns, 20 to 150 trees and depths of 3 to 5.
 */
const SECONDS_PER_CELL = 4e-9;
const SECONDS_PER_BIN = 5e-9;
const SECONDS_PER_BINNED_VALUE = 1e-7;

/** Trees of learners that say nothing of trees: a linear model passes over its rows about as often. */
const LINEAR_PASSES = 30;

/**
 * About how long one fit of a learner takes on one core of the reference machine.
 *
 * @returns seconds
 */
export function fitSeconds({ rows, columns, classes, algo, params }: FitShape): number {
  if (algo === "prior") return 0;
  const number = (name: string, otherwise: number): number => (typeof params[name] === "number" ? params[name] : otherwise);
  const outputs = classes <= 2 ? 1 : classes;
  const trees = number("trees", algo === "cart" ? 1 : LINEAR_PASSES) * outputs;
  const depth = number("max_depth", 1);
  const seen = rows * number("subsample", 1);
  const drawn = columns * number("colsample", 1);
  return (
    SECONDS_PER_CELL * seen * drawn * trees * depth +
    SECONDS_PER_BIN * drawn * trees * 2 ** depth * number("max_bins", 255) +
    SECONDS_PER_BINNED_VALUE * rows * columns
  );
}

/**
 * One fold: the model itself, and one on the rows outside each inner fold for its calibration.
 *
 * @param shape - with the rows that the fold trains on
 */
export function foldSeconds(shape: FitShape, innerFolds: number): number {
  const inner = fitSeconds({ ...shape, rows: (shape.rows * (innerFolds - 1)) / innerFolds });
  return fitSeconds(shape) + innerFolds * inner;
}
