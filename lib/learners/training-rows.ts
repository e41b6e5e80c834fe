import { SigmaError } from "../errors/sigma-error.ts";
import type { ClassRows, TrainingRows, ValueRows } from "./define-learner.ts";

/**
 * Checks what a learner is given, before it loops over it.
 *
 * @throws HISTORY_TOO_SHORT when there is no row
 * @throws INVALID_PARAM when arrays differ in length, a weight is not positive, a target is not a class or not finite
 */
export function checkTrainingRows(data: TrainingRows): void {
  const { rows, featureNames, features, target, weight, spans } = data;
  if (rows < 1) throw new SigmaError("HISTORY_TOO_SHORT", 'A learner needs at least "1" training row, found "0".', { rows });
  if (features.length !== featureNames.length)
    throw invalid(`one column for each of the "${featureNames.length}" feature names, found "${features.length}" columns`);
  for (const [i, column] of features.entries()) {
    if (column.length !== rows) throw invalid(`"${rows}" values of feature "${featureNames[i]}", found "${column.length}"`);
  }
  if (target.length !== rows || weight.length !== rows)
    throw invalid(`"${rows}" targets and weights, found "${target.length}" and "${weight.length}"`);
  if (spans !== undefined && (spans.start.length !== rows || spans.end.length !== rows))
    throw invalid(`"${rows}" spans, found "${spans.start.length}" starts and "${spans.end.length}" ends`);
  for (let row = 0; row < rows; row++) {
    const w = weight[row]!;
    if (!(w > 0) || w === Number.POSITIVE_INFINITY) throw invalid(`positive finite weights, found "${w}" in row "${row}"`);
  }
  if (data.task === "classify") checkClasses(data);
  else checkValues(data);
}

function checkClasses({ target, classes }: ClassRows): void {
  for (const [row, k] of target.entries())
    if (k < 0 || k >= classes.length) throw invalid(`class indices from "0" to "${classes.length - 1}", found "${k}" in row "${row}"`);
}

function checkValues({ target }: ValueRows): void {
  for (const [row, value] of target.entries())
    if (!Number.isFinite(value)) throw invalid(`finite targets, found "${value}" in row "${row}"`);
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
export function classShares({ rows, target, weight, classes }: Pick<ClassRows, "rows" | "target" | "weight" | "classes">): {
  readonly shares: number[];
  readonly weightSum: number;
} {
  const sums = classes.map(() => 0);
  let weightSum = 0;
  for (let row = 0; row < rows; row++) {
    sums[target[row]!]! += weight[row]!;
    weightSum += weight[row]!;
  }
  return { shares: sums.map((sum) => sum / weightSum), weightSum };
}

/** Weighted mean and standard deviation (of the population) of a target. Equal values have a deviation of exactly 0. */
export function targetMoments({ rows, target, weight }: Pick<ValueRows, "rows" | "target" | "weight">): {
  readonly mean: number;
  readonly deviation: number;
  readonly weightSum: number;
} {
  const first = target[0]!;
  let [sum, weightSum] = [0, 0];
  for (let row = 0; row < rows; row++) {
    sum += weight[row]! * (target[row]! - first);
    weightSum += weight[row]!;
  }
  const mean = first + sum / weightSum;
  let squares = 0;
  let constant = true;
  for (let row = 0; row < rows; row++) {
    squares += weight[row]! * (target[row]! - mean) ** 2;
    constant &&= target[row] === first;
  }
  return { mean, deviation: constant ? 0 : Math.sqrt(squares / weightSum), weightSum };
}

/** Some of the rows, by ascending position. */
export function pickRows<Rows extends TrainingRows>(data: Rows, at: Int32Array): Rows {
  const { spans } = data;
  return {
    ...data,
    rows: at.length,
    features: data.features.map((column) => valuesAt(column, at)),
    target: data.task === "classify" ? at.map((position) => data.target[position]!) : valuesAt(data.target, at),
    weight: valuesAt(data.weight, at),
    ...(spans === undefined ? {} : { spans: { start: valuesAt(spans.start, at), end: valuesAt(spans.end, at) } }),
  };
}

export function valuesAt(column: Float64Array, at: Int32Array): Float64Array {
  const out = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) out[i] = column[at[i]!]!;
  return out;
}

const invalid = (needed: string): SigmaError => new SigmaError("INVALID_PARAM", `A learner needs ${needed}.`);
