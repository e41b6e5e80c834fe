/** How near predicted numbers came. NaN = undefined. */
export interface RegressionScores {
  /** Rows with a known target. */
  readonly rows: number;
  /** 1 - squared error / squared error of the training means: above 0 = better than the means, below 0 = worse. */
  readonly r2: number;
  /** Mean absolute error, in the target's unit. */
  readonly mae: number;
  /** The same of the training means: the floor. */
  readonly maeOfMean: number;
}

/**
 * Scores predictions against what came, beside the means that were known at training.
 *
 * @param predicted - NaN rows are left out
 * @param target - NaN = unknown, left out
 * @param trainMean - mean target of the rows that each prediction's model was trained on
 * @see Campbell & Thompson, Predicting Excess Stock Returns Out of Sample (2008), equation 1
 */
export function regressionScores(predicted: Float64Array, target: Float64Array, trainMean: Float64Array): RegressionScores {
  let rows = 0;
  let [squared, squaredOfMean, absolute, absoluteOfMean] = [0, 0, 0, 0];
  for (let row = 0; row < target.length; row += 1) {
    const error = predicted[row]! - target[row]!;
    if (Number.isNaN(error)) continue;
    const ofMean = trainMean[row]! - target[row]!;
    rows += 1;
    squared += error * error;
    squaredOfMean += ofMean * ofMean;
    absolute += Math.abs(error);
    absoluteOfMean += Math.abs(ofMean);
  }
  return {
    rows,
    r2: squaredOfMean > 0 ? 1 - squared / squaredOfMean : Number.NaN,
    mae: rows === 0 ? Number.NaN : absolute / rows,
    maeOfMean: rows === 0 ? Number.NaN : absoluteOfMean / rows,
  };
}
