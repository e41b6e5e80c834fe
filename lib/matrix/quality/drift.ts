import type { Matrix } from "../matrix.ts";
import { type Check, verdict } from "./verdict.ts";

const TOP_FEATURES = 10;
const BINS = 10;
const MIN_VALUES = 100;
/** The customary reading of the index: below 0.1 stable, above 0.25 shifted. */
const SHIFTED = 0.25;
const EMPTY_BIN = 1e-4;

/**
 * Whether the label and the features most related to it are distributed alike in the first and the last third of the
 * rows. Prices trend, so features in price units drift by nature; the finding warns and never fails.
 */
export const driftCheck: Check = ({ matrix }) => {
  const { rows, y, features, info } = matrix;
  const third = Math.floor(rows / 3);
  const measure = (column: Float64Array): number => populationStability(column.subarray(0, third), column.subarray(rows - third));
  const label = measure(y);
  const top = strongestFeatures(matrix, TOP_FEATURES).map((i) => ({ name: info.features[i]!.name, psi: measure(features[i]!) }));
  const shifted = top.filter(({ psi }) => psi > SHIFTED);
  const numbers = { label_psi: label, ...Object.fromEntries(top.map(({ name, psi }) => [name, psi])) };
  const names = [...(label > SHIFTED ? ["y"] : []), ...shifted.map(({ name }) => name)];
  if (names.length === 0) return verdict("drift", "ok", "Label and main features are distributed alike early and late.", numbers);
  const summary = `${names.slice(0, 5).join(", ")} are distributed differently in the last third of the window than in the first. Prefer scale-free features.`;
  return verdict("drift", "warn", summary, numbers, names);
};

/**
 * Population stability index of two samples over the deciles of the first (over its distinct values when there are
 * fewer than ten).
 *
 * @returns sum of (q - p) ln(q / p) over bins; NaN when either sample has fewer than 100 known values
 */
export function populationStability(base: Float64Array, other: Float64Array): number {
  const sorted = known(base).sort();
  const compared = known(other);
  if (sorted.length < MIN_VALUES || compared.length < MIN_VALUES) return Number.NaN;
  const distinct = new Set(sorted);
  const edges =
    distinct.size <= BINS
      ? [...distinct].slice(0, -1)
      : [...new Set(Array.from({ length: BINS - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / BINS)]!))];
  const expected = shares(sorted, edges);
  const found = shares(compared, edges);
  return expected.reduce((sum, p, i) => sum + (found[i]! - p) * Math.log(found[i]! / p), 0);
}

const known = (column: Float64Array): Float64Array => column.filter((value) => !Number.isNaN(value));

/** Share of values in each bin (upper edge included), at least a small constant so that logarithms stay finite. */
function shares(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= edges[middle]!) high = middle;
      else low = middle + 1;
    }
    counts[low]! += 1;
  }
  return counts.map((count) => Math.max(count / values.length, EMPTY_BIN));
}

/** Indices of the features whose class means differ most, in units of their deviation. */
function strongestFeatures({ features, y }: Matrix, count: number): number[] {
  const strength = features.map((column) => {
    const sums = new Map<number, { n: number; sum: number }>();
    let n = 0;
    let mean = 0;
    let squares = 0;
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (!Number.isFinite(value) || Number.isNaN(y[i]!)) continue;
      n += 1;
      const step = value - mean;
      mean += step / n;
      squares += step * (value - mean);
      const entry = sums.get(y[i]!) ?? { n: 0, sum: 0 };
      entry.n += 1;
      entry.sum += value;
      sums.set(y[i]!, entry);
    }
    if (n < 2 || squares <= 0) return 0;
    let between = 0;
    for (const [, entry] of sums) between += entry.n * (entry.sum / entry.n - mean) ** 2;
    return between / squares;
  });
  return strength
    .map((value, i) => ({ value, i }))
    .sort((a, b) => b.value - a.value || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i);
}
