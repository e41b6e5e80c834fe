/** Shift and scale of a feature, from the training rows alone. */
export interface FeatureScale {
  /** Weighted mean of the known values. */
  readonly center: number;
  /** Weighted standard deviation of the known values; 0 = the feature is constant or unknown, and is left out. */
  readonly scale: number;
}

/** A deviation below this share of the mean's size is rounding. */
const SMALLEST_TELLING_SHARE = 1e-12;
/** Standardised values stay within this, so that no sum overflows, whatever comes live. */
const LARGEST = 1e6;

/**
 * Weighted mean and deviation (of the population) of a column. NaN and infinities count as unknown.
 *
 * @param weight - positive
 */
export function featureScale(column: Float64Array, weight: Float64Array): FeatureScale {
  let [sum, total] = [0, 0];
  for (let row = 0; row < column.length; row++) {
    if (!Number.isFinite(column[row]!)) continue;
    sum += weight[row]! * column[row]!;
    total += weight[row]!;
  }
  const center = total > 0 ? sum / total : 0;
  let squares = 0;
  for (let row = 0; row < column.length; row++) if (Number.isFinite(column[row]!)) squares += weight[row]! * (column[row]! - center) ** 2;
  const scale = total > 0 ? Math.sqrt(squares / total) : 0;
  if (!Number.isFinite(center) || !Number.isFinite(scale)) return { center: 0, scale: 0 };
  return { center, scale: scale > SMALLEST_TELLING_SHARE * Math.abs(center) ? scale : 0 };
}

/** A value on the training rows' scale; what is unknown, infinite or left out is at the mean, 0. */
export function standardised(x: number, { center, scale }: FeatureScale): number {
  if (scale === 0 || !Number.isFinite(x)) return 0;
  return Math.min(LARGEST, Math.max(-LARGEST, (x - center) / scale));
}
