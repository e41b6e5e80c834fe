import { SigmaError } from "../errors/sigma-error.ts";
import type { TrainingRows } from "./define-learner.ts";

/**
 * Checks what a learner is given, before it loops over it.
 *
 * @throws HISTORY_TOO_SHORT when there is no row
 * @throws INVALID_PARAM when arrays differ in length, a weight is not positive or a target is not a class
 */
export function checkTrainingRows({ rows, featureNames, features, target, weight, classes }: TrainingRows): void {
  if (rows < 1) throw new SigmaError("HISTORY_TOO_SHORT", 'A learner needs at least "1" training row, found "0".', { rows });
  if (features.length !== featureNames.length)
    throw invalid(`one column for each of the "${featureNames.length}" feature names, found "${features.length}" columns`);
  for (const [i, column] of features.entries()) {
    if (column.length !== rows) throw invalid(`"${rows}" values of feature "${featureNames[i]}", found "${column.length}"`);
  }
  if (target.length !== rows || weight.length !== rows)
    throw invalid(`"${rows}" targets and weights, found "${target.length}" and "${weight.length}"`);
  for (let row = 0; row < rows; row++) {
    const [k, w] = [target[row]!, weight[row]!];
    if (k < 0 || k >= classes.length) throw invalid(`class indices from "0" to "${classes.length - 1}", found "${k}" in row "${row}"`);
    if (!(w > 0) || w === Number.POSITIVE_INFINITY) throw invalid(`positive finite weights, found "${w}" in row "${row}"`);
  }
}

/**
 * Checks the columns that a model is to predict from.
 *
 * @returns their length
 * @throws INVALID_PARAM
 */
export function checkPredictionColumns(featureNames: readonly string[], features: readonly Float64Array[]): number {
  if (features.length !== featureNames.length)
    throw new SigmaError(
      "INVALID_PARAM",
      `The model reads "${featureNames.length}" features, found "${features.length}" columns; give one column for each, in the model's order.`,
      { features: featureNames.length, columns: features.length },
    );
  const rows = features[0]?.length ?? 0;
  const odd = features.findIndex((column) => column.length !== rows);
  if (odd >= 0)
    throw new SigmaError(
      "INVALID_PARAM",
      `All columns must have "${rows}" rows like the first, feature "${featureNames[odd]}" has "${features[odd]!.length}".`,
      { feature: featureNames[odd]! },
    );
  return rows;
}

/** Weighted share of each class; they sum to 1. */
export function classShares({ rows, target, weight, classes }: TrainingRows): { readonly shares: number[]; readonly weightSum: number } {
  const sums = classes.map(() => 0);
  let weightSum = 0;
  for (let row = 0; row < rows; row++) {
    sums[target[row]!]! += weight[row]!;
    weightSum += weight[row]!;
  }
  return { shares: sums.map((sum) => sum / weightSum), weightSum };
}

const invalid = (needed: string): SigmaError => new SigmaError("INVALID_PARAM", `A learner needs ${needed}.`);
