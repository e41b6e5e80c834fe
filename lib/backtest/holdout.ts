import { SigmaError } from "../errors/sigma-error.ts";
import { type Matrix, mapColumns } from "../matrix/matrix.ts";
import { type Fold, knownBefore } from "./splits.ts";

/** The part of the window that choices may read. Its arrays are copies that end where the holdout begins. */
export interface Development {
  readonly matrix: Matrix;
  /** Rows of the whole window and the row at which the holdout begins. */
  readonly windowRows: number;
  readonly holdoutStart: number;
}

/** Row at which the last `share` of a window begins. */
export function holdoutStartRow(rows: number, share: number): number {
  return rows - Math.floor(rows * share);
}

/**
 * Cuts the holdout off. Calibration, thresholds, sweeps and reports receive the result only, so nothing of the
 * holdout can reach them: labels whose end lies in it become unknown, and its rows are not in the arrays.
 *
 * @param share - last share of the rows, 0 to 0.5
 */
export function developmentView(matrix: Matrix, share: number): Development {
  const end = holdoutStartRow(matrix.rows, share);
  const view = mapColumns(matrix, end, (column) => column.slice(0, end));
  const { y, retFwd, t1 } = view;
  const lastTs = end > 0 ? matrix.ts[end - 1]! : Number.NEGATIVE_INFINITY;
  for (let row = 0; row < end; row++) {
    if (t1[row]! <= lastTs) continue;
    y[row] = Number.NaN;
    retFwd[row] = Number.NaN;
    t1[row] = Number.NaN;
  }
  return { windowRows: matrix.rows, holdoutStart: end, matrix: view };
}

/**
 * First row that may not decide, so that even the longest hold ends inside the view. Equal for all variants of a
 * sweep: they are compared on the same decisions.
 *
 * @param longestHoldBars - longest hold of any variant, in bars
 */
export function decisionEndRow(rows: number, longestHoldBars: number): number {
  return Math.max(0, rows - longestHoldBars);
}

/**
 * The one fold that looks at the holdout: fitted on development rows whose label ended before it, by more than
 * the embargo. Its result may only veto.
 *
 * @throws HISTORY_TOO_SHORT when the window has no holdout or nothing to fit on
 */
export function holdoutFold(matrix: Matrix, share: number, embargoBars: number): Fold {
  const testStart = holdoutStartRow(matrix.rows, share);
  const train = knownBefore(matrix, 0, testStart, embargoBars);
  if (testStart >= matrix.rows || train.length === 0) {
    throw new SigmaError(
      "HISTORY_TOO_SHORT",
      `The holdout needs rows before and in it; found "${train.length}" trainable rows and "${matrix.rows - testStart}" in the holdout.`,
      { requiredBars: testStart + 1, actualBars: matrix.rows },
    );
  }
  return { index: 0, train, testStart, testEnd: matrix.rows, embargoBars };
}
