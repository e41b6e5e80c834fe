/** Elastic-net penalty: lambda x (l1_ratio x |b| + (1 - l1_ratio) / 2 x b^2), the intercept free. */
export interface Penalty {
  readonly lambda: number;
  readonly l1_ratio: number;
}

/** Coefficients of standardised columns; `slopes` are changed in place by the solver. */
export interface Coefficients {
  intercept: number;
  readonly slopes: Float64Array;
}

/** Most passes over all columns in one solve. */
const MOST_PASSES = 2000;

/**
 * Weighted least squares with an elastic-net penalty, by cyclic coordinate descent: minimises
 * 1/2 sum v (residual)^2 + penalty, from where the coefficients stand.
 *
 * @param columns - standardised features, one array each
 * @param v - weight of each row, not negative; their scale is against `penalty`
 * @param residual - working response minus what the coefficients say; kept up to date in place
 * @param tol - ends when no coefficient moved by more in a pass
 * @returns whether it ended by itself
 * @see Friedman, Hastie & Tibshirani, Regularization Paths for Generalized Linear Models via Coordinate Descent (2010), section 2
 */
export function descendCoordinates(
  columns: readonly Float64Array[],
  v: Float64Array,
  residual: Float64Array,
  coefficients: Coefficients,
  { lambda, l1_ratio }: Penalty,
  tol: number,
): boolean {
  const { slopes } = coefficients;
  const rows = v.length;
  const curvature = Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += v[row]! * column[row]! * column[row]!;
    return sum;
  });
  let mass = 0;
  for (let row = 0; row < rows; row++) mass += v[row]!;
  const threshold = lambda * l1_ratio;
  const ridge = lambda * (1 - l1_ratio);

  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let largest = 0;
    for (let j = 0; j < columns.length; j++) {
      const column = columns[j]!;
      const before = slopes[j]!;
      let gradient = 0;
      for (let row = 0; row < rows; row++) gradient += v[row]! * column[row]! * residual[row]!;
      const pull = gradient + curvature[j]! * before;
      const excess = Math.abs(pull) - threshold;
      const denominator = curvature[j]! + ridge;
      const after = excess > 0 && denominator > 0 ? (Math.sign(pull) * excess) / denominator : 0;
      const step = after - before;
      if (step === 0) continue;
      slopes[j] = after;
      for (let row = 0; row < rows; row++) residual[row]! -= step * column[row]!;
      largest = Math.max(largest, Math.abs(step));
    }
    let drift = 0;
    for (let row = 0; row < rows; row++) drift += v[row]! * residual[row]!;
    const shift = mass > 0 ? drift / mass : 0;
    coefficients.intercept += shift;
    for (let row = 0; row < rows; row++) residual[row]! -= shift;
    if (Math.max(largest, Math.abs(shift)) <= tol) return true;
  }
  return false;
}
