/** A monotone step function: `values[i]` at `scores[i]`, both ascending. */
export interface IsotonicFit {
  readonly scores: Float64Array;
  readonly values: Float64Array;
}

/**
 * Weighted least-squares fit of a non-decreasing function, by pooling adjacent violators.
 *
 * Equal scores are pooled first. Of a block of equal values only its two ends are kept. Reading between them is
 * linear, outside the first and last score it is the nearest value: scikit-learn's convention.
 *
 * @param scores - any order, no NaN
 * @param target - 0 or 1, or any numbers to fit
 * @param weight - positive
 * @returns points of the function, scores strictly ascending; empty without rows
 * @see Barlow, Bartholomew, Bremner & Brunk, Statistical Inference under Order Restrictions (1972)
 */
export function fitIsotonic(scores: Float64Array, target: ArrayLike<number>, weight: Float64Array): IsotonicFit {
  const { score, mean, mass } = poolTies(scores, target, weight);
  // Blocks as stacks: value, weight and the index of the last pooled score.
  const value = new Float64Array(score.length);
  const blockMass = new Float64Array(score.length);
  const lastOf = new Int32Array(score.length);
  let blocks = 0;
  for (let i = 0; i < score.length; i++) {
    let [v, w] = [mean[i]!, mass[i]!];
    while (blocks > 0 && value[blocks - 1]! >= v) {
      blocks -= 1;
      v = (value[blocks]! * blockMass[blocks]! + v * w) / (blockMass[blocks]! + w);
      w += blockMass[blocks]!;
    }
    value[blocks] = v;
    blockMass[blocks] = w;
    lastOf[blocks] = i;
    blocks += 1;
  }
  const points: [number, number][] = [];
  for (let block = 0; block < blocks; block++) {
    const first = block === 0 ? 0 : lastOf[block - 1]! + 1;
    points.push([score[first]!, value[block]!]);
    if (lastOf[block]! > first) points.push([score[lastOf[block]!]!, value[block]!]);
  }
  return { scores: Float64Array.from(points, ([x]) => x), values: Float64Array.from(points, ([, y]) => y) };
}

/**
 * The fitted value at a score: linear between points, the end value outside them.
 *
 * @returns NaN for a NaN score or an empty fit
 */
export function isotonicAt({ scores, values }: IsotonicFit, score: number): number {
  const last = scores.length - 1;
  if (Number.isNaN(score) || last < 0) return Number.NaN;
  if (score <= scores[0]!) return values[0]!;
  if (score >= scores[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}

/** Sorts by score and replaces rows of equal score by their weighted mean. */
function poolTies(scores: Float64Array, target: ArrayLike<number>, weight: Float64Array) {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const score: number[] = [];
  const mean: number[] = [];
  const mass: number[] = [];
  for (let i = 0; i < order.length; ) {
    const at = scores[order[i]!]!;
    let sum = 0;
    let total = 0;
    for (; i < order.length && scores[order[i]!]! === at; i++) {
      sum += weight[order[i]!]! * target[order[i]!]!;
      total += weight[order[i]!]!;
    }
    score.push(at);
    mean.push(sum / total);
    mass.push(total);
  }
  return { score, mean, mass };
}
