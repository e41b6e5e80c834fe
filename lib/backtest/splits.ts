import { SigmaError } from "../errors/sigma-error.ts";
import { isClear, shadowOf } from "./purging.ts";
import type { RowRange } from "./row-range.ts";
import type { Splits, WalkForwardSplits } from "./splits.schema.ts";

/** What the splits need of a matrix: decision times and label ends, UTC ms, and labels (NaN = not known). */
export interface LabelledRows {
  readonly rows: number;
  readonly ts: Float64Array;
  readonly t1: Float64Array;
  readonly y: Float64Array;
}

/** One fit: the rows that may be fitted, and the test block or blocks that are predicted with it. */
export interface Fold {
  readonly index: number;
  /** Ascending row numbers. No label in them meets a label of a test block, and none decides in an embargo. */
  readonly train: Int32Array;
  /** Half-open row range of the test block; of several, from the first one's start to the last one's end. */
  readonly testStart: number;
  readonly testEnd: number;
  /** The test blocks, ascending, where there are several. */
  readonly blocks?: readonly RowRange[];
  readonly embargoBars: number;
}

/** The outer folds of an evaluation. */
export interface OuterFolds {
  readonly folds: readonly Fold[];
  readonly embargoBars: number;
  /** Codes, such as `embargo_below_label_horizon`. */
  readonly warnings: readonly string[];
}

/** Fewest rows with a known label that a fold is fitted on, and fewest rows of a test block. */
export interface FoldLimits {
  readonly minTrainRows: number;
  readonly minTestRows: number;
}
export const FOLD_LIMITS: FoldLimits = { minTrainRows: 60, minTestRows: 20 };

/**
 * Walk-forward folds: contiguous test blocks after a first training share, each with the rows whose label
 * ended before the block by more than the embargo. Purging follows from the label ends, whatever the embargo.
 *
 * @param data - rows of the development view; rows without a label or label end are never trained on
 * @param horizonBars - bars from a decision to its label's end: the default embargo
 * @throws HISTORY_TOO_SHORT with `requiredBars` and `actualBars`
 * @see López de Prado, Advances in Financial Machine Learning (2018), ch. 7
 */
export function walkForwardFolds(
  data: LabelledRows,
  splits: WalkForwardSplits,
  horizonBars: number,
  limits: FoldLimits = FOLD_LIMITS,
): OuterFolds {
  const { rows, ts, t1, y } = data;
  const embargoBars = embargoInBars(splits, rows, horizonBars);
  const firstTest = firstWalkForwardRow(rows, splits.first_train_share);
  const testRows = rows - firstTest;
  const firstTrain = knownBefore(data, 0, firstTest, embargoBars).length;
  if (firstTrain < limits.minTrainRows || Math.floor(testRows / splits.splits) < limits.minTestRows) {
    const unusable = firstTest - firstTrain;
    const forTrain = Math.ceil((limits.minTrainRows + unusable) / splits.first_train_share);
    const forTest = Math.ceil((limits.minTestRows * splits.splits) / (1 - splits.first_train_share));
    const requiredBars = Math.max(forTrain, forTest, rows + 1);
    throw new SigmaError(
      "HISTORY_TOO_SHORT",
      `${splits.splits} walk-forward folds need about "${requiredBars}" bars before the holdout; the history has "${rows}", of which "${firstTrain}" can be trained on before the first test block. Use a longer window or fewer splits.`,
      { requiredBars, actualBars: rows, trainableRows: firstTrain, splits: splits.splits, embargoBars, horizonBars },
    );
  }
  const folds: Fold[] = [];
  for (let index = 0; index < splits.splits; index++) {
    const testStart = firstTest + Math.floor((testRows * index) / splits.splits);
    const testEnd = firstTest + Math.floor((testRows * (index + 1)) / splits.splits);
    const trainStart = splits.window === "rolling" ? testStart - firstTest : 0;
    folds.push({ index, train: knownBefore({ rows, ts, t1, y }, trainStart, testStart, embargoBars), testStart, testEnd, embargoBars });
  }
  return { folds, embargoBars, warnings: embargoBars < horizonBars ? ["embargo_below_label_horizon"] : [] };
}

/** Where walk-forward begins to test. */
export const firstWalkForwardRow = (rows: number, firstTrainShare: number): number => Math.floor(rows * firstTrainShare);

/** The embargo in bars: as given, or the classic fraction of the rows rounded up, or the default (the label's horizon). */
export function embargoInBars(splits: Pick<Splits, "embargo" | "embargo_bars">, rows: number, defaultBars: number): number {
  if (splits.embargo_bars !== null) return splits.embargo_bars;
  if (splits.embargo !== null) return Math.ceil(splits.embargo * rows);
  return defaultBars;
}

/** Rows of [start, end) with a known label that ended more than the embargo before row `end`. */
export function knownBefore(data: LabelledRows, start: number, end: number, embargoBars: number): Int32Array {
  const limitRow = end - embargoBars;
  if (limitRow < 0) return new Int32Array(0);
  const limit = end < data.rows ? data.ts[limitRow]! : Number.POSITIVE_INFINITY;
  const kept = new Int32Array(Math.max(0, end - start));
  let count = 0;
  for (let row = start; row < end; row++) {
    if (data.t1[row]! < limit && !Number.isNaN(data.y[row]!)) kept[count++] = row;
  }
  return kept.slice(0, count);
}

/** Row numbers, ascending. */
export interface InnerFold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Purged k-fold inside a set of rows. Test blocks are contiguous in time (the first blocks take the remainder).
 * A row leaves the training side when its closed interval [ts, t1] meets [first ts, largest t1] of the test
 * block, or when it lies in the `embargoBars` bars after that largest t1.
 *
 * @param rows - ascending row numbers with known label ends
 * @param barTs - decision times of all bars: the axis on which the embargo is counted
 * @param t1 - label ends of all bars
 * @throws HISTORY_TOO_SHORT when there are fewer rows than folds
 * @see López de Prado, Advances in Financial Machine Learning (2018), snippets 7.1 to 7.3, closed intervals
 */
export function purgedKFold(rows: Int32Array, barTs: Float64Array, t1: Float64Array, k: number, embargoBars: number): InnerFold[] {
  const n = rows.length;
  if (n < k) {
    throw new SigmaError("HISTORY_TOO_SHORT", `"${k}" purged folds need at least "${k}" labelled rows; found "${n}".`, {
      requiredBars: k,
      actualBars: n,
    });
  }
  const folds: InnerFold[] = [];
  let start = 0;
  for (let fold = 0; fold < k; fold++) {
    const end = start + Math.floor(n / k) + (fold < n % k ? 1 : 0);
    const shadow = shadowOf(rows.subarray(start, end), barTs, t1, embargoBars);
    const train = rows.filter((row, i) => (i < start || i >= end) && isClear(shadow, barTs[row]!, t1[row]!));
    folds.push({ train, test: rows.slice(start, end) });
    start = end;
  }
  return folds;
}
