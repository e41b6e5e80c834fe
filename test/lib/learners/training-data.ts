import { createRng } from "#lib/core/rng.ts";
import type { ClassRows, ValueRows } from "#lib/learners/define-learner.ts";
import type { ResolvedGbmParams } from "#lib/learners/gbm/params.ts";

/** One tree of one split, nothing held back: results that can be worked by hand. */
export const STUMP: ResolvedGbmParams = {
  trees: 1,
  max_depth: 1,
  learning_rate: 1,
  min_child_rows: 1,
  min_child_weight: 0,
  subsample: 1,
  colsample: 1,
  l2: 1,
  l1: 0,
  max_bins: 255,
  early_stopping_rounds: 0,
  validation_share: 0.2,
  class_weights: "none",
  monotone: {},
};

/** Training rows from columns; equal weights unless given. */
export function rowsOf(
  columns: readonly ArrayLike<number>[],
  target: readonly number[],
  weight?: readonly number[],
  classes: readonly number[] = [-1, 1],
): ClassRows {
  return {
    task: "classify",
    rows: target.length,
    featureNames: columns.map((_, i) => `f${i}`),
    features: columns.map((column) => Float64Array.from(column)),
    target: Int32Array.from(target),
    weight: Float64Array.from(weight ?? target.map(() => 1)),
    classes,
  };
}

/** Training rows of a regression; equal weights unless given. */
export function valuesOf(columns: readonly ArrayLike<number>[], target: readonly number[], weight?: readonly number[]): ValueRows {
  const { classes: _, ...rows } = rowsOf(columns, target, weight);
  return { ...rows, task: "regress", target: Float64Array.from(target) };
}

/** The problem of `nonLinearRows` with the number itself as the target, in the size of a daily return. */
export function nonLinearValues(seed: number, rows: number): ValueRows {
  const { classes: _, ...data } = nonLinearRows(seed, rows);
  const rng = createRng(`values/${seed}`);
  const known = (x: number): number => (Number.isNaN(x) ? 0 : x);
  const [a, b, c] = data.features;
  const target = Float64Array.from(
    { length: rows },
    (_, i) => 0.01 * (known(a![i]!) * known(b![i]!) + Math.sin(2 * known(c![i]!)) + 0.5 * rng.normal()) + 0.002,
  );
  return { ...data, task: "regress", target };
}

/** A seeded problem with an interaction, a curve, noise columns and 5 % unknown values. */
export function nonLinearRows(seed: number, rows: number, classCount: 2 | 3 = 2): ClassRows {
  const rng = createRng(`rows/${seed}`);
  const features = Array.from({ length: 6 }, () => Float64Array.from({ length: rows }, () => rng.normal()));
  const [a, b, c] = features;
  const target = Int32Array.from({ length: rows }, (_, i) => {
    const signal = 1.5 * a![i]! * b![i]! + Math.sin(2 * c![i]!);
    const noisy = signal + Math.log(1 / (1 - rng.uniform()) - 1);
    if (classCount === 2) return noisy > 0 ? 1 : 0;
    return noisy < -1 ? 0 : noisy < 1 ? 1 : 2;
  });
  for (const column of features) for (let i = 0; i < rows; i++) if (rng.uniform() < 0.05) column[i] = Number.NaN;
  return {
    task: "classify",
    rows,
    featureNames: features.map((_, i) => `f${i}`),
    features,
    target,
    weight: Float64Array.from({ length: rows }, () => 0.5 + rng.uniform()),
    classes: classCount === 2 ? [-1, 1] : [-1, 0, 1],
  };
}

/** Weighted mean log loss of class probabilities. */
export function logLoss(probabilities: readonly Float64Array[], { target, weight, rows }: ClassRows): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < rows; i++) {
    sum -= weight[i]! * Math.log(Math.max(probabilities[target[i]!]![i]!, 1e-300));
    total += weight[i]!;
  }
  return sum / total;
}
