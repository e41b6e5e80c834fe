import type { Attributions } from "./shap/attributions.ts";

/**
 * Rows that a learner fits on. Columns are float64, NaN = unknown; `target` holds class indices (0-based, in the
 * order of `classes`), one for each row; `weight` is positive.
 */
export interface TrainingRows {
  readonly rows: number;
  readonly featureNames: readonly string[];
  /** One array for each feature, `rows` long. */
  readonly features: readonly Float64Array[];
  readonly target: Int32Array;
  readonly weight: Float64Array;
  /** Label values that the class indices stand for, ascending, such as [-1, 1]. */
  readonly classes: readonly number[];
}

/** How much a feature did in a fitted model. */
export interface FeatureImportance {
  readonly feature: string;
  /** Sum of the gains of its splits, in units of weighted log loss (times two). */
  readonly gain: number;
  /** Number of its splits. */
  readonly splits: number;
}

/** Why a model is no more than its base rates; null when it learned. */
export type Degenerate = "single_class" | null;

/** A fitted model. Immutable; the same bytes come from the same rows, parameters and seed. */
export interface FittedModel {
  readonly algo: string;
  readonly classes: readonly number[];
  readonly featureNames: readonly string[];
  /** `single_class`: all training rows had one class, so the model predicts the prior. Reports say so. */
  readonly degenerate: Degenerate;
  /**
   * Class probabilities, before calibration.
   *
   * @param features - one array for each feature name, in order, all of one length
   * @returns one array for each class, in the order of `classes`; each row sums to 1
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
   * @throws INVALID_PARAM when arrays differ in length, a weight is not positive or a target is not a class
   */
  fit(rows: TrainingRows, params: Params, seed: number): FittedModel;
}
