import type { BoostedTrees } from "./export/boosted-trees.ts";
import type { Attributions } from "./shap/attributions.ts";

/** `classify`: which class comes. `regress`: which number comes. */
export type LearningTask = "classify" | "regress";

interface RowsOfAnyTask {
  readonly rows: number;
  readonly featureNames: readonly string[];
  /** One array for each feature, `rows` long, NaN = unknown. */
  readonly features: readonly Float64Array[];
  /** Positive. */
  readonly weight: Float64Array;
  /**
   * Decision time and label end of each row, UTC milliseconds, for what must be done in order of time. Absent: a row is a
   * moment of its own, in row order.
   */
  readonly spans?: { readonly start: Float64Array; readonly end: Float64Array };
}

/** Rows whose target is a class. */
export interface ClassRows extends RowsOfAnyTask {
  readonly task: "classify";
  /** Class indices, 0-based, in the order of `classes`. */
  readonly target: Int32Array;
  /** Label values that the class indices stand for, ascending, such as [-1, 1]. */
  readonly classes: readonly number[];
}

/** Rows whose target is a number, such as a return. */
export interface ValueRows extends RowsOfAnyTask {
  readonly task: "regress";
  /** Finite. */
  readonly target: Float64Array;
}

/** Rows that a learner fits on. */
export type TrainingRows = ClassRows | ValueRows;

/** How much a feature did in a fitted model. */
export interface FeatureImportance {
  readonly feature: string;
  /**
   * Trees: sum of the gains of its splits, in units of weighted loss (`gbm`: of log loss times two, or of the target's
   * variance). Linear models: size of its standardised coefficients.
   */
  readonly gain: number;
  /** Sum of what its splits covered: hessians (`gbm`), weights of rows (other trees). 0 for linear models. */
  readonly cover: number;
  /** Number of its splits. 0 for linear models. */
  readonly splits: number;
}

/** Why a model is no more than its base rates or its mean; null when it learned. */
export type Degenerate = "single_class" | "constant_target" | null;

/** What a reader of results must know of a fit: codes that enter the fold's notes. */
export type FitNote = "early_stopping_skipped" | "early_stopping_kept_no_tree" | "rows_subsampled" | "not_converged";

/** A fitted model. Immutable; the same bytes come from the same rows, parameters and seed. */
export interface FittedModel {
  readonly algo: string;
  readonly task: LearningTask;
  /** Label values, ascending; empty for a regression. */
  readonly classes: readonly number[];
  readonly featureNames: readonly string[];
  /** `single_class`: all training rows had one class, so the model predicts the prior. Reports say so. */
  readonly degenerate: Degenerate;
  readonly notes: readonly FitNote[];
  /**
   * What the model says before calibration: class probabilities, or for a regression the predicted target.
   *
   * @param features - one array for each feature name, in order, all of one length
   * @returns one array for each class, in the order of `classes`, each row sums to 1; a regression has one array
   * @throws INVALID_PARAM when the number or the lengths of the arrays differ from what the model was fitted on
   */
  predict(features: readonly Float64Array[]): readonly Float64Array[];
  /** Every feature, the largest gain first; equal gains in the order of `featureNames`. Empty for `prior`. */
  importance(): readonly FeatureImportance[];
  /**
   * What each feature adds to the margins of each row. Absent from a model that has none to give, such as one that reads no
   * feature.
   *
   * @param features - as for `predict`
   * @throws INVALID_PARAM as for `predict`
   */
  attribute?(features: readonly Float64Array[]): Attributions;
  /** The trees, for other formats; absent from a model that is not a sum of trees. */
  readonly boosted?: BoostedTrees;
  /** The documented model file, for storage. */
  encode(): Uint8Array;
}

export interface Learner<Params> {
  readonly algo: string;
  /** Grows by one with every change that alters a fitted model for the same input; part of the prediction key. */
  readonly version: number;
  /**
   * @throws SINGLE_CLASS never: rows of one class give a model that predicts the prior
   * @throws HISTORY_TOO_SHORT when there is no row
   * @throws INVALID_PARAM when arrays differ in length, a weight is not positive, a target is not a class or not finite, or
   *   a parameter does not fit the rows
   */
  fit(rows: TrainingRows, params: Params, seed: number): FittedModel;
}
