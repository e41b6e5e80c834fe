import type { Matrix } from "../matrix.ts";
import type { NanShare } from "./quality.schema.ts";
import { adjustedClose, type Check, percent, verdict } from "./verdict.ts";

const SPARSE = 0.5;
/** The part of the rows, at the end, that the leakage scan reads. */
const SCANNED_TAIL = 0.1;
const MIN_PAIRS = 60;
/** Multiples of a correlation's standard error that chance does not reach over hundreds of features. */
const CHANCE = 6;
const SUSPICIOUS = 0.5;
const CERTAIN = 0.9;

/** Share of unknown values, for each feature and over all features of each indicator. */
export function nanShare(matrix: Matrix): NanShare {
  const columns: Record<string, number> = {};
  const byIndicator = new Map<string, number[]>();
  matrix.info.features.forEach(({ name, indicator }, i) => {
    let unknown = 0;
    for (const value of matrix.features[i]!) if (Number.isNaN(value)) unknown += 1;
    columns[name] = unknown / matrix.rows;
    byIndicator.set(indicator, [...(byIndicator.get(indicator) ?? []), unknown / matrix.rows]);
  });
  const mean = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { columns, indicators: Object.fromEntries([...byIndicator].map(([name, shares]) => [name, mean(shares)])) };
}

/** Features that are mostly or wholly unknown: their input is missing, or their warm-up fills the window. */
export const nanShareCheck: Check = ({ matrix }) => {
  const { columns, indicators } = nanShare(matrix);
  const sparse = Object.entries(columns).filter(([, share]) => share > SPARSE);
  const empty = sparse.filter(([, share]) => share === 1);
  const worst = Math.max(0, ...Object.values(columns));
  const numbers = {
    columns: Object.keys(columns).length,
    indicators: Object.keys(indicators).length,
    sparse: sparse.length,
    empty: empty.length,
    worst,
  };
  const names = sparse.map(([name]) => name);
  if (names.length === 0) return verdict("nan_share", "ok", `At most ${percent(worst)} of any feature is unknown.`, numbers);
  if (empty.length === Object.keys(columns).length)
    return verdict(
      "nan_share",
      "fail",
      "Every feature is unknown in every row. Add history before the window, or shorten the warm-up.",
      numbers,
      names,
    );
  const summary = `More than half of ${names.slice(0, 5).join(", ")} is unknown ("${empty.length}" wholly). Add history, or leave them out.`;
  return verdict("nan_share", "warn", summary, numbers, names);
};

/** Features with one value only carry nothing. */
export const constantColumns: Check = ({ matrix }) => {
  const constant: string[] = [];
  matrix.info.features.forEach(({ name }, i) => {
    const column = matrix.features[i]!;
    const known = column.findIndex((value) => !Number.isNaN(value));
    if (known >= 0 && column.every((value) => Number.isNaN(value) || value === column[known])) constant.push(name);
  });
  const numbers = { columns: matrix.features.length, constant: constant.length };
  if (constant.length === 0) return verdict("constant_columns", "ok", "Every feature varies.", numbers);
  const summary = `${constant.slice(0, 5).join(", ")} never change and carry nothing. Leave them out.`;
  return verdict("constant_columns", "warn", summary, numbers, constant);
};

/**
 * Features that move with the future on the last tenth of the rows: with the next bar's return (a shift by one bar
 * shows here) or with the label's. Limits grow where few independent rows make chance correlations large. This is a
 * hint; the truncation test is the proof.
 */
export const leakageScan: Check = ({ matrix }) => {
  const { rows, info, features, retFwd } = matrix;
  const from = rows - Math.max(Math.floor(rows * SCANNED_TAIL), Math.min(rows, 4 * MIN_PAIRS));
  const next = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i + 1 < rows; i++) next[i] = adjustedClose(matrix, i + 1) / adjustedClose(matrix, i) - 1;
  const span = labelSpan(matrix);

  let strongest = 0;
  const suspicious: string[] = [];
  const certain: string[] = [];
  info.features.forEach(({ name }, i) => {
    const withNext = correlation(features[i]!, next, from, rows);
    const withLabel = correlation(features[i]!, retFwd, from, rows);
    const nextLimit = Math.max(SUSPICIOUS, CHANCE / Math.sqrt(withNext.pairs));
    const labelLimit = Math.max(SUSPICIOUS, CHANCE / Math.sqrt(withLabel.pairs / span));
    if (withNext.pairs >= MIN_PAIRS) strongest = Math.max(strongest, Math.abs(withNext.value));
    if (withNext.pairs >= MIN_PAIRS && Math.abs(withNext.value) > CERTAIN) certain.push(name);
    else if ((withNext.pairs >= MIN_PAIRS && Math.abs(withNext.value) > nextLimit) || Math.abs(withLabel.value) > labelLimit)
      suspicious.push(name);
  });
  const numbers = {
    rows_scanned: rows - from,
    columns: features.length,
    suspicious: suspicious.length,
    certain: certain.length,
    strongest,
  };
  const names = [...certain, ...suspicious];
  if (names.length === 0) return verdict("leakage_scan", "ok", "No feature moves with the future.", numbers);
  const summary = `${names.slice(0, 5).join(", ")} move with the next bar's or the label's return more than any honest feature does. Find out why.`;
  return verdict("leakage_scan", certain.length > 0 ? "fail" : "warn", summary, numbers, names);
};

/** Rows that one label spans, so that overlapping labels count as what they are: nearly the same number again. */
function labelSpan({ info }: Matrix): number {
  return info.label.kind === "forward_return" ? info.label.horizon : 1;
}

/** Pearson correlation over rows where both are finite; 0 when either does not vary. */
function correlation(a: Float64Array, b: Float64Array, from: number, to: number): { value: number; pairs: number } {
  let pairs = 0;
  let meanA = 0;
  let meanB = 0;
  let varA = 0;
  let varB = 0;
  let shared = 0;
  for (let i = from; i < to; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    pairs += 1;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / pairs;
    meanB += dy / pairs;
    varA += dx * (x - meanA);
    varB += dy * (y - meanB);
    shared += dx * (y - meanB);
  }
  const scale = Math.sqrt(varA * varB);
  return { value: scale > 0 ? shared / scale : 0, pairs };
}
