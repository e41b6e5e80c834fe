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

/** A fitted model. Immutable; the same bytes come from the same rows, parameters and seed. */
export interface FittedModel {
  readonly algo: string;
  readonly classes: readonly number[];
  readonly featureNames: readonly string[];
  /**
   * Class probabilities, before calibration.
   *
   * @param features - one array for each feature name, in order, all of one length
   * @returns one array for each class, in the order of `classes`; each row sums to 1
   */
  predict(features: readonly Float64Array[]): readonly Float64Array[];
  /** The documented model file, for storage. */
  encode(): Uint8Array;
}

export interface Learner<Params> {
  readonly algo: string;
  /** Grows by one with every change that alters a fitted model for the same input; part of the prediction key. */
  readonly version: number;
  /** @throws SINGLE_CLASS never: rows of one class give a model that predicts the prior */
  fit(rows: TrainingRows, params: Params, seed: number): FittedModel;
}
