import type { TreeShap } from "./tree-shap.ts";

export const MARGIN_SCALES = ["log_odds", "one_vs_rest", "probability", "value"] as const;
export type MarginScale = (typeof MARGIN_SCALES)[number];

/**
 * What each feature adds to a model's margins. For every row, `base` plus the contributions of all features is the margin,
 * from which the probabilities before calibration come.
 */
export interface Attributions {
  /**
   * What a margin is: log-odds of two classes, or a softmax's input; log-odds of a class against all others, each by itself;
   * a probability; or the value that a regression predicts.
   */
  readonly scale: MarginScale;
  /**
   * Class that each margin speaks for, as an index into `classes`: one for two classes (the second), else one for each class;
   * none for a regression, whose margin is the prediction.
   */
  readonly classOf: readonly number[];
  /** Class that a single margin speaks against; null with more margins, and of a regression. */
  readonly against: number | null;
  /** Margin that is expected over the training rows, one for each margin. */
  readonly base: readonly number[];
  /** Shape (margins, features, rows), in the order of the model's feature names. */
  readonly contributions: readonly (readonly Float64Array[])[];
}

/**
 * Contributions of every row, shape (margins, features, rows).
 *
 * @param features - one array for each feature, `rows` long
 */
export function contributionsOf(shap: TreeShap, features: readonly Float64Array[], rows: number): Float64Array[][] {
  const contributions = Array.from({ length: shap.margins }, () => features.map(() => new Float64Array(rows)));
  shap.addRows(features, rows, contributions);
  return contributions;
}
