import { moments } from "./moments.ts";
import { MIN_SHARPE_SESSIONS, sharpeOfMoments } from "./sharpe.ts";

/**
 * Annual Sharpe ratio of each fold.
 *
 * @param returns - daily returns of all folds, one after the other
 * @param foldStarts - index of each fold's first session, ascending
 * @returns NaN for a fold that is constant or shorter than `MIN_SHARPE_SESSIONS`
 */
export function foldSharpes(returns: Float64Array, foldStarts: Int32Array, periodsPerYear: number): Float64Array {
  const ratios = new Float64Array(foldStarts.length);
  for (let fold = 0; fold < foldStarts.length; fold += 1) {
    const start = foldStarts[fold]!;
    const end = fold + 1 < foldStarts.length ? foldStarts[fold + 1]! : returns.length;
    ratios[fold] =
      end - start < MIN_SHARPE_SESSIONS ? Number.NaN : sharpeOfMoments(moments(returns, start, end)) * Math.sqrt(periodsPerYear);
  }
  return ratios;
}

/** Standard deviation (ddof 1) of the known values; NaN under two of them. */
export function deviationOfKnown(values: Float64Array): number {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n += 1;
    sum += value;
  }
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - sum / n) ** 2;
  return n > 1 ? Math.sqrt(squares / (n - 1)) : Number.NaN;
}
