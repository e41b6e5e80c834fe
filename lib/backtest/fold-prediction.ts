import type { RowRange } from "./row-range.ts";

/** How a fold's margins became probabilities, and why another method than asked was used. */
export interface CalibrationNote {
  readonly method: string;
  /** A code such as `no_skill` or `isotonic_too_few_rows`; null when the method is the one asked for. */
  readonly reason: string | null;
}

/**
 * What one fold's model says about its test block or blocks. Self-contained: with the tape it is all that a variant
 * needs, and it never depends on a variant. What trades is one block at a time (`pathsOf`).
 */
export interface FoldPrediction {
  readonly schemaVersion: 1;
  readonly fold: number;
  /** Half-open row range of the test block; of several, from the first one's start to the last one's end. */
  readonly testStart: number;
  readonly testEnd: number;
  /** The test blocks, ascending, where there are several. */
  readonly blocks?: readonly RowRange[];
  /** Label values, ascending. */
  readonly classes: readonly number[];
  /** Weighted share of each class among the training rows: the prior, and the reference of the edge. */
  readonly baseRates: readonly number[];
  /** Calibrated probabilities of the test rows, block after block, one array for each class. */
  readonly probabilities: readonly Float64Array[];
  /**
   * Calibrated probabilities of training rows by models that did not see them (inner purged folds), in row order,
   * one array for each class: the reference that causal top % starts from.
   */
  readonly slice: readonly Float64Array[];
  /** Regressions only: the predicted return of each test row, and the training rows' mean, its floor. */
  readonly returns?: { readonly predicted: Float64Array; readonly trainMean: number };
  readonly trainRows: number;
  /** Sum of the training weights: about how many independent rows there were. */
  readonly effectiveRows: number;
  /** Decision times of the first and last training row, UTC ms; NaN without rows. */
  readonly trainFirstTs: number;
  readonly trainLastTs: number;
  readonly embargoBars: number;
  readonly calibration: CalibrationNote;
  /** Codes, sorted: `single_class`, `no_skill`, `isotonic_too_few_rows`, ... */
  readonly notes: readonly string[];
}

/** The test blocks of a fold or of its prediction, ascending. */
export function testBlocksOf(fold: Pick<FoldPrediction, "testStart" | "testEnd" | "blocks">): readonly RowRange[] {
  return fold.blocks ?? [{ start: fold.testStart, end: fold.testEnd }];
}

/** Position of UP and DOWN in a label's classes. */
export function sideIndexes(classes: readonly number[]): { readonly up: number; readonly down: number } {
  return { up: classes.indexOf(1), down: classes.indexOf(-1) };
}
