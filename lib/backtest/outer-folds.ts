import { BARS_PER_SESSION } from "../indicators/inputs.ts";
import { labelHorizonBars } from "../matrix/label.schema.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { combinatorialFolds } from "./combinatorial-folds.ts";
import { FIRST_TRAIN_SHARE, type Splits } from "./splits.schema.ts";
import { embargoInBars, firstWalkForwardBar, type OuterFolds, walkForwardFolds } from "./splits.ts";
import { timeAxis } from "./time-axis.ts";

/**
 * The folds of an evaluation, of whatever kind.
 *
 * The default embargo is the label's horizon. Where models train on rows after a test block, intraday rows get at least one
 * session: measures of a whole day are the same in all of its rows.
 *
 * @param matrix - the development view
 * @throws HISTORY_TOO_SHORT when the folds do not fit
 */
export function outerFolds(matrix: Matrix, splits: Splits): OuterFolds {
  const { label, cadence } = matrix.info;
  const horizon = labelHorizonBars(label, cadence);
  if (splits.kind === "walk_forward") return walkForwardFolds(matrix, splits, horizon);
  const session = BARS_PER_SESSION[cadence];
  const embargoBars = embargoInBars(splits, timeAxis(matrix.ts).times.length, Math.max(horizon, session));
  const [groups, tested] = splits.kind === "cpcv" ? [splits.n_groups, splits.k_test] : [splits.splits, 1];
  return {
    folds: combinatorialFolds(matrix, groups, tested, embargoBars),
    embargoBars,
    warnings: [
      ...(embargoBars < horizon ? ["embargo_below_label_horizon"] : []),
      ...(cadence !== "daily" && embargoBars < session ? ["embargo_below_one_session"] : []),
      "trains_on_later_rows",
    ],
  };
}

/**
 * From which row on all kinds of splits count as looks at the same data: where walk-forward begins to test. Looking at a
 * model through another kind of split is another look, not a fresh start.
 */
export function ledgerStartRow({ ts }: Pick<Matrix, "ts">, splits: Splits): number {
  const { times, start } = timeAxis(ts);
  return start[firstWalkForwardBar(times.length, splits.kind === "walk_forward" ? splits.first_train_share : FIRST_TRAIN_SHARE)]!;
}
