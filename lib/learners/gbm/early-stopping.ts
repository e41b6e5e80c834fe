import type { TrainingRows } from "../define-learner.ts";
import { pickRows } from "../training-rows.ts";
import { boost } from "./boost.ts";
import { addTree, forestOf } from "./forest.ts";
import type { ResolvedGbmParams } from "./params.ts";
import { boostingProblem, probabilitiesFromMargins, weightedLoss } from "./problem.ts";

/** How many rounds early stopping chose, and on what. */
export interface StoppedRounds {
  /** Rounds with the least loss on the tail; 0 = no tree beat the start. */
  readonly rounds: number;
  readonly rounds_tried: number;
  readonly validation_rows: number;
  /** Rows before the tail whose labels reach into it. */
  readonly purged_rows: number;
  /** Weighted log loss or mean squared error of the tail at the chosen round. */
  readonly validation_loss: number;
}

/**
 * The number of rounds that training rows themselves suggest: trees are grown on the earlier rows, and the loss on the newest
 * ones, the tail, says when to stop. Rows whose label interval meets the tail's are left out, so the tail is out of sample.
 *
 * @returns null when the rows are too few: no tail, or nothing to learn before it
 */
export function stoppedRounds(rows: TrainingRows, params: ResolvedGbmParams, seed: number): StoppedRounds | null {
  const { fit, tail } = purgedTail(rows, params.validation_share);
  if (tail.length === 0 || fit.length === 0) return null;
  const [early, late] = [pickRows(rows, fit), pickRows(rows, tail)];
  const problem = boostingProblem(early, params);
  if (problem.trainingBase.length === 0) return null;

  const margins = problem.base.map((base) => new Float64Array(late.rows).fill(base));
  const lossNow = (): number =>
    weightedLoss(late, late.task === "classify" ? probabilitiesFromMargins(problem, margins, late.rows) : margins);
  let best = { rounds: 0, loss: lossNow() };
  let tried = 0;
  const goOn: Parameters<typeof boost>[0]["goOn"] = (trees) => {
    tried += 1;
    for (const [index, tree] of trees.entries()) addTree(forestOf([tree], problem.unit), 0, late.features, margins[index]!);
    const loss = lossNow();
    if (loss < best.loss) best = { rounds: tried, loss };
    return tried - best.rounds < params.early_stopping_rounds;
  };
  boost({ rows: early, problem, params, seed, rounds: params.trees, goOn });
  return {
    rounds: best.rounds,
    rounds_tried: tried,
    validation_rows: tail.length,
    purged_rows: rows.rows - fit.length - tail.length,
    validation_loss: best.loss,
  };
}

/**
 * Splits rows by time: the newest `share` is the tail; before it come the rows whose closed interval does not meet it. Rows of
 * one moment stay together.
 *
 * @returns positions, ascending
 */
export function purgedTail({ rows, spans }: Pick<TrainingRows, "rows" | "spans">, share: number): { fit: Int32Array; tail: Int32Array } {
  const start = spans?.start ?? Float64Array.from({ length: rows }, (_, row) => row);
  const end = spans?.end ?? start;
  const cut = start.toSorted()[Math.floor(rows * (1 - share))] ?? Number.POSITIVE_INFINITY;
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return { fit: all.filter((row) => end[row]! < cut), tail: all.filter((row) => start[row]! >= cut) };
}
