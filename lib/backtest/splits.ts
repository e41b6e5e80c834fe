import { SigmaError } from "../errors/sigma-error.ts";
import { isClear, shadowOf } from "./purging.ts";
import type { RowRange } from "./row-range.ts";
import type { Splits, WalkForwardSplits } from "./splits.schema.ts";
import { type TimeAxis, timeAxis, timesOf } from "./time-axis.ts";

/**
 * What the splits need of a matrix: decision times (ascending; equal for the symbols of a universe) and label ends, UTC ms, and
 * labels (NaN = not known).
 */
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

/** Fewest decision times with a known label that a fold is fitted on, and fewest decision times of a test block. */
export interface FoldLimits {
  readonly minTrainRows: number;
  readonly minTestRows: number;
}
export const FOLD_LIMITS: FoldLimits = { minTrainRows: 60, minTestRows: 20 };

/**
 * Walk-forward folds: contiguous test blocks after a first training share, each with the rows whose label
 * ended before the block by more than the embargo. Purging follows from the label ends, whatever the embargo.
 * Blocks are cut at decision times, and bars are counted in them: a universe is split across all its symbols at once.
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
  const axis = timeAxis(data.ts);
  const bars = axis.times.length;
  const embargoBars = embargoInBars(splits, bars, horizonBars);
  const firstTest = firstWalkForwardBar(bars, splits.first_train_share);
  const testBars = bars - firstTest;
  const firstTrain = timesOf(data.ts, knownBefore(data, axis, { start: 0, end: firstTest }, embargoBars));
  if (firstTrain < limits.minTrainRows || Math.floor(testBars / splits.splits) < limits.minTestRows) {
    const lackingBars = (limits.minTrainRows - firstTrain) / labelDensity(data, axis);
    const forTrain = Math.ceil((firstTest + lackingBars) / splits.first_train_share);
    const forTest = Math.ceil((limits.minTestRows * splits.splits) / (1 - splits.first_train_share));
    const requiredBars = Math.max(forTrain, forTest, bars + 1);
    throw new SigmaError(
      "HISTORY_TOO_SHORT",
      `${splits.splits} walk-forward folds need about "${requiredBars}" bars before the holdout; the history has "${bars}", of which "${firstTrain}" can be trained on before the first test block. Use a longer window or fewer splits.`,
      { requiredBars, actualBars: bars, trainableRows: firstTrain, splits: splits.splits, embargoBars, horizonBars },
    );
  }
  const folds: Fold[] = [];
  for (let index = 0; index < splits.splits; index++) {
    const start = firstTest + Math.floor((testBars * index) / splits.splits);
    const end = firstTest + Math.floor((testBars * (index + 1)) / splits.splits);
    const trainStart = splits.window === "rolling" ? start - firstTest : 0;
    const train = knownBefore(data, axis, { start: trainStart, end: start }, embargoBars);
    folds.push({ index, train, testStart: axis.start[start]!, testEnd: axis.start[end]!, embargoBars });
  }
  return { folds, embargoBars, warnings: embargoBars < horizonBars ? ["embargo_below_label_horizon"] : [] };
}

/** Share of the decision times that have a label: one a session for some labels, nearly all for most. Not 0. */
export function labelDensity({ ts, y }: Pick<LabelledRows, "ts" | "y">, { times }: TimeAxis): number {
  const labelled = Int32Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]!));
  return Math.max(1, timesOf(ts, labelled)) / times.length;
}

/** Which decision time walk-forward begins to test at. */
export const firstWalkForwardBar = (bars: number, firstTrainShare: number): number => Math.floor(bars * firstTrainShare);

/** The embargo in bars: as given, or the classic fraction of the bars rounded up, or the default (the label's horizon). */
export function embargoInBars(splits: Pick<Splits, "embargo" | "embargo_bars">, bars: number, defaultBars: number): number {
  if (splits.embargo_bars !== null) return splits.embargo_bars;
  if (splits.embargo !== null) return Math.ceil(splits.embargo * bars);
  return defaultBars;
}

/** Rows of a half-open range of decision times with a known label that ended more than the embargo before the range's end. */
export function knownBefore({ t1, y }: LabelledRows, { times, start }: TimeAxis, range: RowRange, embargoBars: number): Int32Array {
  const limitTime = range.end - embargoBars;
  if (limitTime < 0) return new Int32Array(0);
  const limit = range.end < times.length ? times[limitTime]! : Number.POSITIVE_INFINITY;
  const [from, to] = [start[range.start]!, start[range.end]!];
  const kept = new Int32Array(Math.max(0, to - from));
  let count = 0;
  for (let row = from; row < to; row++) {
    if (t1[row]! < limit && !Number.isNaN(y[row]!)) kept[count++] = row;
  }
  return kept.slice(0, count);
}

/** Row numbers, ascending. */
export interface InnerFold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Purged k-fold inside a set of rows. Test blocks are contiguous in time (the first blocks take the remainder) and cut between
 * decision times. A row leaves the training side when its closed interval [ts, t1] meets [first ts, largest t1] of the test
 * block, or when it lies in the `embargoBars` bars after that largest t1.
 *
 * @param rows - ascending row numbers with known label ends
 * @param barTs - decision times of all rows: the distinct ones are the axis on which the embargo is counted
 * @param t1 - label ends of all rows
 * @throws HISTORY_TOO_SHORT when the rows have fewer decision times than folds
 * @see López de Prado, Advances in Financial Machine Learning (2018), snippets 7.1 to 7.3, closed intervals
 */
export function purgedKFold(rows: Int32Array, barTs: Float64Array, t1: Float64Array, k: number, embargoBars: number): InnerFold[] {
  const first = timeAxis(rowTimes(rows, barTs)).start;
  const n = first.length - 1;
  if (n < k) {
    throw new SigmaError("HISTORY_TOO_SHORT", `"${k}" purged folds need at least "${k}" labelled rows; found "${n}".`, {
      requiredBars: k,
      actualBars: n,
    });
  }
  const spans = { ts: barTs, t1, times: timeAxis(barTs).times };
  const folds: InnerFold[] = [];
  let time = 0;
  for (let fold = 0; fold < k; fold++) {
    const next = time + Math.floor(n / k) + (fold < n % k ? 1 : 0);
    const [start, end] = [first[time]!, first[next]!];
    const shadow = shadowOf(rows.subarray(start, end), spans, embargoBars);
    const train = rows.filter((row, i) => (i < start || i >= end) && isClear(shadow, barTs[row]!, t1[row]!));
    folds.push({ train, test: rows.slice(start, end) });
    time = next;
  }
  return folds;
}

const rowTimes = (rows: Int32Array, ts: Float64Array): Float64Array => Float64Array.from(rows, (row) => ts[row]!);
