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
 * Asks row by row, without an array for each row.
 *
 * @param features - one array for each feature, `rows` long
 * @param addRow - adds the contributions of a row to its second argument, one array for each margin, cleared before each call
 * @returns shape (margins, features, rows)
 */
export function contributionsOf(
  features: readonly Float64Array[],
  rows: number,
  margins: number,
  addRow: (x: Float64Array, phi: readonly Float64Array[]) => void,
): Float64Array[][] {
  const all = Array.from({ length: margins }, () => features.map(() => new Float64Array(rows)));
  const phi = all.map(() => new Float64Array(features.length));
  const x = new Float64Array(features.length);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < x.length; f++) x[f] = features[f]![row]!;
    for (const sums of phi) sums.fill(0);
    addRow(x, phi);
    for (let m = 0; m < margins; m++) for (let f = 0; f < x.length; f++) all[m]![f]![row] = phi[m]![f]!;
  }
  return all;
}
