import { sigmoid } from "../logistic.ts";

/**
 * Gradients and hessians of the log loss. A hessian stays above a floor, so that a row of which the model is certain
 * still counts in its leaf.
 */
const HESSIAN_FLOOR = 1e-7;

/**
 * Binary log loss: g = w (p - y), h = w p (1 - p).
 *
 * @param positive - 1 where the row has the second class
 * @param pairs - receives gradient and hessian, interleaved
 */
export function binaryGradients(margin: Float64Array, positive: Uint8Array, weight: Float64Array, pairs: Float64Array): void {
  for (let row = 0; row < margin.length; row++) {
    const p = sigmoid(margin[row]!);
    const w = weight[row]!;
    pairs[2 * row] = w * (p - positive[row]!);
    pairs[2 * row + 1] = w * Math.max(p * (1 - p), HESSIAN_FLOOR);
  }
}

/**
 * Softmax log loss of one class: g = w (p - y), h = w K / (K - 1) p (1 - p), with K the number of classes.
 *
 * @param probability - of the class, one for each row
 * @param target - class index of each row
 * @see Friedman, Greedy Function Approximation (2001), section 4.6, for the factor
 */
export function softmaxGradients(
  probability: Float64Array,
  target: Int32Array,
  classIndex: number,
  classCount: number,
  weight: Float64Array,
  pairs: Float64Array,
): void {
  const factor = classCount / (classCount - 1);
  for (let row = 0; row < probability.length; row++) {
    const p = probability[row]!;
    const w = weight[row]!;
    pairs[2 * row] = w * (target[row] === classIndex ? p - 1 : p);
    pairs[2 * row + 1] = w * Math.max(factor * p * (1 - p), HESSIAN_FLOOR);
  }
}

/** Squared error: g = w (f - y), h = w. */
export function squaredGradients(margin: Float64Array, target: Float64Array, weight: Float64Array, pairs: Float64Array): void {
  for (let row = 0; row < margin.length; row++) {
    const w = weight[row]!;
    pairs[2 * row] = w * (margin[row]! - target[row]!);
    pairs[2 * row + 1] = w;
  }
}

/** Turns margins into probabilities that sum to 1 in each row; `out` may not share memory with `margins`. */
export function softmaxInto(margins: readonly Float64Array[], out: readonly Float64Array[]): void {
  const rows = margins[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < margins.length; k++) largest = Math.max(largest, margins[k]![row]!);
    let sum = 0;
    for (let k = 0; k < margins.length; k++) {
      const e = Math.exp(margins[k]![row]! - largest);
      out[k]![row] = e;
      sum += e;
    }
    for (let k = 0; k < margins.length; k++) out[k]![row]! /= sum;
  }
}
