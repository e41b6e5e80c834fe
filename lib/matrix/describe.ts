import type { Matrix } from "./matrix.ts";

/** One feature column in numbers, for tables. Undefined values are NaN. */
export interface ColumnProfile {
  readonly name: string;
  readonly indicator: string;
  readonly unit: string;
  /** Share of rows without a value. */
  readonly nanShare: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Standard deviation of the known values (ddof 1). */
  readonly deviation: number;
}

/** Features in numbers, in column order. */
export function describeMatrix({ info, features, rows }: Matrix): ColumnProfile[] {
  return info.features.map(({ name, indicator, unit }, i) => {
    let known = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let mean = 0;
    let squares = 0;
    for (const value of features[i]!) {
      if (Number.isNaN(value)) continue;
      known += 1;
      if (value < min) min = value;
      if (value > max) max = value;
      const step = value - mean;
      mean += step / known;
      squares += step * (value - mean);
    }
    const none = known === 0;
    return {
      name,
      indicator,
      unit,
      nanShare: 1 - known / rows,
      min: none ? Number.NaN : min,
      mean: none ? Number.NaN : mean,
      max: none ? Number.NaN : max,
      deviation: known < 2 ? Number.NaN : Math.sqrt(squares / (known - 1)),
    };
  });
}
