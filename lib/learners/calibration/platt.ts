import { sigmoid } from "../logistic.ts";

/** p = 1 / (1 + exp(a f + b)): a is negative when a higher score means a higher probability. */
export interface PlattFit {
  readonly a: number;
  readonly b: number;
  /** Wald statistic -a / se(a): positive when scores order the outcomes as they should; 0 when it cannot be known. */
  readonly z: number;
}

const MAX_STEPS = 100;
const SMALLEST_STEP = 1e-10;
const GRADIENT_END = 1e-10;
/** Keeps the Hessian invertible. */
const RIDGE = 1e-12;

/**
 * Platt scaling: a logistic curve from scores to probabilities, fitted by Newton's method with backtracking to the
 * targets (N+ + 1)/(N+ + 2) and 1/(N- + 2), where N are sums of weights.
 *
 * @param scores - margins, no NaN
 * @param positive - 1 or 0 for each row
 * @param weight - positive; a weight of 2 is the row twice
 * @see Lin, Lin & Weng, A Note on Platt's Probabilistic Outputs for Support Vector Machines (2007)
 */
export function fitPlatt(scores: Float64Array, positive: Uint8Array, weight: Float64Array): PlattFit {
  let plus = 0;
  let minus = 0;
  for (let i = 0; i < scores.length; i++) {
    if (positive[i] === 1) plus += weight[i]!;
    else minus += weight[i]!;
  }
  const high = (plus + 1) / (plus + 2);
  const low = 1 / (minus + 2);
  const target = Float64Array.from(positive, (y) => (y === 1 ? high : low));
  let a = 0;
  let b = Math.log((minus + 1) / (plus + 1));
  let loss = lossAt(scores, target, weight, a, b);
  let curve = curvatureAt(scores, target, weight, a, b);

  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradientA, gradientB, aa, ab, bb } = curve;
    if (Math.abs(gradientA) < GRADIENT_END && Math.abs(gradientB) < GRADIENT_END) break;
    const determinant = aa * bb - ab * ab;
    const deltaA = -(bb * gradientA - ab * gradientB) / determinant;
    const deltaB = -(aa * gradientB - ab * gradientA) / determinant;
    const slope = gradientA * deltaA + gradientB * deltaB;
    let size = 1;
    let nextLoss = lossAt(scores, target, weight, a + deltaA, b + deltaB);
    while (nextLoss >= loss + 1e-4 * size * slope && size >= SMALLEST_STEP) {
      size /= 2;
      nextLoss = lossAt(scores, target, weight, a + size * deltaA, b + size * deltaB);
    }
    if (size < SMALLEST_STEP) break;
    a += size * deltaA;
    b += size * deltaB;
    loss = nextLoss;
    curve = curvatureAt(scores, target, weight, a, b);
  }
  const variance = curve.bb / (curve.aa * curve.bb - curve.ab * curve.ab);
  const z = -a / Math.sqrt(variance);
  return { a, b, z: Number.isFinite(z) ? z : 0 };
}

/** The calibrated probability at a score. */
export function plattAt({ a, b }: Pick<PlattFit, "a" | "b">, score: number): number {
  return sigmoid(-(a * score + b));
}

/** Cross-entropy, in the form that neither overflows nor cancels. */
function lossAt(scores: Float64Array, target: Float64Array, weight: Float64Array, a: number, b: number): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const f = a * scores[i]! + b;
    loss += weight[i]! * (f >= 0 ? target[i]! * f + Math.log1p(Math.exp(-f)) : (target[i]! - 1) * f + Math.log1p(Math.exp(f)));
  }
  return loss;
}

/** Gradient and Hessian of the loss. */
function curvatureAt(scores: Float64Array, target: Float64Array, weight: Float64Array, a: number, b: number) {
  let [gradientA, gradientB, aa, ab, bb] = [0, 0, RIDGE, 0, RIDGE];
  for (let i = 0; i < scores.length; i++) {
    const f = scores[i]!;
    const p = sigmoid(-(a * f + b));
    const curvature = weight[i]! * p * (1 - p);
    const gradient = weight[i]! * (target[i]! - p);
    gradientA += f * gradient;
    gradientB += gradient;
    aa += f * f * curvature;
    ab += f * curvature;
    bb += curvature;
  }
  return { gradientA, gradientB, aa, ab, bb };
}
