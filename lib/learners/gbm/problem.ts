import { SigmaError } from "../../errors/sigma-error.ts";
import type { ClassRows, TrainingRows, ValueRows } from "../define-learner.ts";
import { sigmoid } from "../logistic.ts";
import { classShares, targetMoments } from "../training-rows.ts";
import { classFactors } from "./class-weights.ts";
import { binaryGradients, softmaxGradients, softmaxInto, squaredGradients } from "./objective.ts";
import type { ResolvedGbmParams } from "./params.ts";

/** Called once a round with the margins; gives one function for each margin that writes its gradients. */
type Objective = (margins: readonly Float64Array[]) => readonly (() => void)[];

/** What boosting minimises on some rows. Nothing to learn (one class, equal targets) is a problem without margins. */
export interface BoostingProblem {
  /** Margins at which training starts: those of the weights that training counts with. */
  readonly trainingBase: readonly number[];
  /**
   * Margins at which prediction starts. Class weights shift the training base; starting from the true base rates takes the
   * shift out of every prediction.
   *
   * @see King & Zeng, Logistic Regression in Rare Events Data (2001), section 4.1, prior correction
   */
  readonly base: readonly number[];
  /** Leaf values are in this unit of the target: its standard deviation for a regression, else 1. */
  readonly unit: number;
  /** Sum of the training weights. */
  readonly weightSum: number;
  /** Weighted share of each class, class weights left out; empty for a regression. */
  readonly shares: readonly number[];
  /** Indices of the classes that have rows; empty for a regression. */
  readonly active: readonly number[];
  /** How a margin moves with a monotone constraint: along (1), against (-1) or not bound by it (0). */
  readonly senses: readonly number[];
  /** Makes the writer of gradients. @param pairs - receives gradient and hessian, interleaved */
  objective(pairs: Float64Array): Objective;
}

export function boostingProblem(rows: TrainingRows, params: ResolvedGbmParams): BoostingProblem {
  return rows.task === "classify" ? classProblem(rows, params) : valueProblem(rows, params);
}

function classProblem(rows: ClassRows, params: ResolvedGbmParams): BoostingProblem {
  const { shares, weightSum } = classShares(rows);
  const active = shares.flatMap((share, k) => (share > 0 ? [k] : []));
  const factors = classFactors(params.class_weights, rows.classes, shares);
  const weighted = factors === null ? rows : { ...rows, weight: rows.weight.map((w, row) => w * factors[rows.target[row]!]!) };
  const weightedShares = factors === null ? shares : classShares(weighted).shares;
  const ofActive = (all: readonly number[]): number[] => active.map((k) => all[k]!);
  return {
    trainingBase: baseScore(ofActive(weightedShares)),
    base: baseScore(ofActive(shares)),
    unit: 1,
    weightSum,
    shares,
    active,
    // Of several classes the highest goes along with a direction and the lowest against it; those between are free.
    senses: active.length === 2 ? [1] : active.map((_, i) => (i === active.length - 1 ? 1 : i === 0 ? -1 : 0)),
    objective: (pairs) => (active.length === 2 ? binaryObjective(weighted, active[1]!, pairs) : softmaxObjective(weighted, active, pairs)),
  };
}

/** The target is standardised for training, so that no parameter depends on its unit. */
function valueProblem(rows: ValueRows, params: ResolvedGbmParams): BoostingProblem {
  if (params.class_weights !== "none")
    throw new SigmaError("INVALID_PARAM", "Class weights need classes, and the target is a number. Set class_weights to none.");
  const { mean, deviation, weightSum } = targetMoments(rows);
  const constant = deviation === 0;
  const standard = rows.target.map((value) => (value - mean) / deviation);
  return {
    trainingBase: constant ? [] : [0],
    base: [mean],
    unit: deviation,
    weightSum,
    shares: [],
    active: [],
    senses: [1],
    objective:
      (pairs) =>
      ([margin]) => [() => squaredGradients(margin!, standard, rows.weight, pairs)],
  };
}

/** Log-odds for two classes, centred log-shares for more, nothing for one. */
function baseScore(shares: readonly number[]): number[] {
  if (shares.length === 1) return [];
  if (shares.length === 2) return [Math.log(shares[1]! / shares[0]!)];
  const logs = shares.map((share) => Math.log(share));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.map((log) => log - mean);
}

function binaryObjective(rows: ClassRows, second: number, pairs: Float64Array): Objective {
  const positive = Uint8Array.from(rows.target, (k) => (k === second ? 1 : 0));
  return ([margin]) => [() => binaryGradients(margin!, positive, rows.weight, pairs)];
}

/** All trees of a round see the probabilities at the round's beginning. */
function softmaxObjective(rows: ClassRows, active: readonly number[], pairs: Float64Array): Objective {
  const probabilities = active.map(() => new Float64Array(rows.rows));
  return (margins) => {
    softmaxInto(margins, probabilities);
    return active.map((k, i) => () => softmaxGradients(probabilities[i]!, rows.target, k, active.length, rows.weight, pairs));
  };
}

/** What the loss reads of a probability that underflowed. */
const SMALLEST_PROBABILITY = 1e-300;

/** Class probabilities of all classes from the margins of the active ones; without margins the shares. */
export function probabilitiesFromMargins(
  { shares, active }: Pick<BoostingProblem, "shares" | "active">,
  margins: readonly Float64Array[],
  rows: number,
): Float64Array[] {
  const all = shares.map((share) => new Float64Array(rows).fill(share));
  const columns = active.map((k) => all[k]!);
  if (margins.length === 1) {
    for (let row = 0; row < rows; row++) {
      const margin = margins[0]![row]!;
      // Each side from its own margin: 1 - p would lose the small one.
      columns[0]![row] = sigmoid(-margin);
      columns[1]![row] = sigmoid(margin);
    }
  } else if (margins.length > 1) softmaxInto(margins, columns);
  return all;
}

/** Weighted mean log loss of class probabilities, or weighted mean squared error of predicted values. */
export function weightedLoss(rows: TrainingRows, predicted: readonly Float64Array[]): number {
  let [sum, weightSum] = [0, 0];
  for (let row = 0; row < rows.rows; row++) {
    const w = rows.weight[row]!;
    weightSum += w;
    if (rows.task === "classify") sum -= w * Math.log(Math.max(predicted[rows.target[row]!]![row]!, SMALLEST_PROBABILITY));
    else sum += w * (predicted[0]![row]! - rows.target[row]!) ** 2;
  }
  return sum / weightSum;
}
