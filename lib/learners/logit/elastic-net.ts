import { sigmoid } from "../logistic.ts";
import { type Coefficients, descendCoordinates, type Penalty } from "./coordinate-descent.ts";
import type { ResolvedLogitParams } from "./params.ts";

export interface ElasticNetFit extends Coefficients {
  /** Outer steps taken. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** Weights of the quadratic approximation stay above this share of their row's, so that certain rows still count. */
const SMALLEST_CURVATURE = 1e-5;
/** Most halvings of a step that raises the objective. */
const MOST_HALVINGS = 30;

/**
 * Logistic regression with an elastic-net penalty: minimises the weighted mean log loss plus
 * lambda x (l1_ratio x |b| + (1 - l1_ratio) / 2 x b^2). Newton steps outside, cyclic coordinate descent inside; a step that
 * would raise the objective is halved.
 *
 * @param columns - standardised features
 * @param positive - 1 where the row is of the class, else 0
 * @param weight - positive; their sum does not matter
 * @see Friedman, Hastie & Tibshirani, Regularization Paths for Generalized Linear Models via Coordinate Descent (2010), section 3
 */
export function fitLogistic(
  columns: readonly Float64Array[],
  positive: Uint8Array,
  weight: Float64Array,
  params: ResolvedLogitParams,
): ElasticNetFit {
  const rows = positive.length;
  const share = normalised(weight);
  const base = share.reduce((sum, w, row) => sum + w * positive[row]!, 0);
  const current: Coefficients = { intercept: Math.log(base / (1 - base)), slopes: new Float64Array(columns.length) };
  const margin = new Float64Array(rows).fill(current.intercept);
  const v = new Float64Array(rows);
  const residual = new Float64Array(rows);
  let objective = objectiveAt(margin, positive, share, current.slopes, params);

  for (let iteration = 1; iteration <= params.max_iter; iteration++) {
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(margin[row]!);
      const curvature = Math.max(p * (1 - p), SMALLEST_CURVATURE);
      v[row] = share[row]! * curvature;
      residual[row] = (positive[row]! - p) / curvature;
    }
    const next: Coefficients = { intercept: current.intercept, slopes: current.slopes.slice() };
    descendCoordinates(columns, v, residual, next, params, params.tol / 10);
    let size = 1;
    let moved = moveTo(columns, margin, current, next, size);
    let reached = objectiveAt(moved.margin, positive, share, moved.slopes, params);
    for (let halving = 0; halving < MOST_HALVINGS && reached > objective; halving++) {
      size /= 2;
      moved = moveTo(columns, margin, current, next, size);
      reached = objectiveAt(moved.margin, positive, share, moved.slopes, params);
    }
    const largest = moved.slopes.reduce(
      (most, slope, j) => Math.max(most, Math.abs(slope - current.slopes[j]!)),
      Math.abs(moved.intercept - current.intercept),
    );
    current.intercept = moved.intercept;
    current.slopes.set(moved.slopes);
    margin.set(moved.margin);
    objective = reached;
    if (largest <= params.tol) return { ...current, iterations: iteration, converged: true };
  }
  return { ...current, iterations: params.max_iter, converged: false };
}

/**
 * Linear regression with an elastic-net penalty: minimises half the weighted mean squared error plus the penalty.
 *
 * @param target - standardised, so that lambda does not depend on its unit
 */
export function fitLinear(
  columns: readonly Float64Array[],
  target: Float64Array,
  weight: Float64Array,
  params: ResolvedLogitParams,
): ElasticNetFit {
  const fit: Coefficients = { intercept: 0, slopes: new Float64Array(columns.length) };
  const converged = descendCoordinates(columns, normalised(weight), target.slice(), fit, params, params.tol);
  return { ...fit, iterations: 1, converged };
}

function normalised(weight: Float64Array): Float64Array {
  const sum = weight.reduce((total, w) => total + w, 0);
  return weight.map((w) => w / sum);
}

/** Coefficients and margins part of the way from where they are to the next ones. */
function moveTo(columns: readonly Float64Array[], margin: Float64Array, from: Coefficients, to: Coefficients, size: number) {
  const slopes = from.slopes.map((slope, j) => (size === 1 ? to.slopes[j]! : slope + size * (to.slopes[j]! - slope)));
  const intercept = from.intercept + size * (to.intercept - from.intercept);
  const moved = margin.map((value) => value + intercept - from.intercept);
  for (const [j, column] of columns.entries()) {
    const step = slopes[j]! - from.slopes[j]!;
    if (step !== 0) for (let row = 0; row < moved.length; row++) moved[row]! += step * column[row]!;
  }
  return { intercept, slopes, margin: moved };
}

function objectiveAt(
  margin: Float64Array,
  positive: Uint8Array,
  share: Float64Array,
  slopes: Float64Array,
  { lambda, l1_ratio }: Penalty,
): number {
  let loss = 0;
  for (let row = 0; row < margin.length; row++) {
    const m = positive[row] === 1 ? -margin[row]! : margin[row]!;
    loss += share[row]! * (m > 0 ? m + Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)));
  }
  for (const slope of slopes) loss += lambda * (l1_ratio * Math.abs(slope) + ((1 - l1_ratio) / 2) * slope * slope);
  return loss;
}
