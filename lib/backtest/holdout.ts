import { SigmaError } from "../errors/sigma-error.ts";
import { type Matrix, mapColumns } from "../matrix/matrix.ts";
import { type Fold, knownBefore } from "./splits.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";

/** The part of the window that choices may read. Its arrays are copies that end where the holdout begins. */
export interface Development {
  readonly matrix: Matrix;
  /** Rows of the whole window and the row at which the holdout begins. */
  readonly windowRows: number;
  readonly holdoutStart: number;
}

/** Decision time, by its index, at which the last `share` of a window's times begins. */
function holdoutStart({ times }: TimeAxis, share: number): number {
  return times.length - Math.floor(times.length * share);
}

/**
 * Cuts the holdout off. Calibration, thresholds, sweeps and reports receive the result only, so nothing of the
 * holdout can reach them: labels whose end lies in it become unknown, and its rows are not in the arrays.
 *
 * @param share - last share of the decision times, 0 to 0.5
 */
export function developmentView(matrix: Matrix, share: number): Development {
  const axis = timeAxis(matrix.ts);
  const end = axis.start[holdoutStart(axis, share)]!;
  return { windowRows: matrix.rows, holdoutStart: end, matrix: viewUntil(matrix, end) };
}

/**
 * The rows before one, as copies: labels whose end lies at or after it become unknown, and the other rows are not in the
 * arrays.
 *
 * @param end - first row that is not part of the view
 */
export function viewUntil(matrix: Matrix, end: number): Matrix {
  const view = mapColumns(matrix, end, (column) => column.slice(0, end));
  const { y, retFwd, t1 } = view;
  const lastTs = end > 0 ? matrix.ts[end - 1]! : Number.NEGATIVE_INFINITY;
  for (let row = 0; row < end; row++) {
    if (t1[row]! <= lastTs) continue;
    y[row] = Number.NaN;
    retFwd[row] = Number.NaN;
    t1[row] = Number.NaN;
  }
  return view;
}

/**
 * First row that may not decide, so that even the longest hold ends inside the view. Equal for all variants of a
 * sweep: they are compared on the same decisions.
 *
 * @param longestHoldBars - longest hold of any variant, in bars
 */
export function decisionEndRow({ times, start }: TimeAxis, longestHoldBars: number): number {
  return start[Math.max(0, times.length - longestHoldBars)]!;
}

/**
 * The one fold that looks at the holdout: fitted on development rows whose label ended before it, by more than
 * the embargo. Its result may only veto.
 *
 * @throws HISTORY_TOO_SHORT when the window has no holdout or nothing to fit on
 */
export function holdoutFold(matrix: Matrix, share: number, embargoBars: number): Fold {
  const axis = timeAxis(matrix.ts);
  const first = holdoutStart(axis, share);
  const testStart = axis.start[first]!;
  const train = knownBefore(matrix, axis, { start: 0, end: first }, embargoBars);
  if (testStart >= matrix.rows || train.length === 0) {
    throw new SigmaError(
      "HISTORY_TOO_SHORT",
      `The holdout needs rows before and in it; found "${train.length}" trainable rows and "${matrix.rows - testStart}" in the holdout.`,
      { requiredBars: testStart + 1, actualBars: matrix.rows },
    );
  }
  return { index: 0, train, testStart, testEnd: matrix.rows, embargoBars };
}
