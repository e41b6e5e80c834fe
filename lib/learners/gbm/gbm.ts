import type { Learner, TrainingRows } from "../define-learner.ts";
import { checkTrainingRows } from "../training-rows.ts";
import { boost } from "./boost.ts";
import { stoppedRounds } from "./early-stopping.ts";
import { forestOf } from "./forest.ts";
import type { GbmHeader } from "./gbm-header.ts";
import { createGbmModel } from "./gbm-model.ts";
import { monotoneDirections } from "./monotone.ts";
import { GBM_VERSION, type ResolvedGbmParams } from "./params.ts";
import { type BoostingProblem, boostingProblem, probabilitiesFromMargins, weightedLoss } from "./problem.ts";

/**
 * Histogram gradient-boosted trees: on the log loss with one tree a round for two classes and one a class and round for more, on
 * the squared error with one tree a round. Trees grow depth by depth on second-order gains; unknown values take the side that
 * gains more. Starts from the weighted base rates or mean. One thread, sums in row order: the same rows, parameters and seed
 * give the same bytes.
 *
 * Classes without training rows have probability 0 and no trees; with rows of one class the model is the prior. Early stopping
 * finds the number of rounds on a purged tail of the training rows, then fits all of them with so many.
 *
 * @see Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001)
 * @see Chen & Guestrin, XGBoost: A Scalable Tree Boosting System (2016)
 */
export const gbm: Learner<ResolvedGbmParams> = {
  algo: "gbm",
  version: GBM_VERSION,
  fit(rows, params, seed) {
    checkTrainingRows(rows);
    monotoneDirections(params.monotone, rows.featureNames);
    const problem = boostingProblem(rows, params);
    const learnable = problem.trainingBase.length > 0;
    const stopped = learnable && params.early_stopping_rounds > 0 ? stoppedRounds(rows, params, seed) : null;
    const rounds = learnable ? (stopped?.rounds ?? params.trees) : 0;
    const { trees, margins } = boost({ rows, problem, params, seed, rounds });
    return createGbmModel(headerOf({ rows, problem, params, seed, stopped, margins }), forestOf(trees, problem.unit));
  },
};

interface Fit {
  readonly rows: TrainingRows;
  readonly problem: BoostingProblem;
  readonly params: ResolvedGbmParams;
  readonly seed: number;
  readonly stopped: GbmHeader["early_stopping"];
  readonly margins: readonly Float64Array[];
}

function headerOf({ rows, problem, params, seed, stopped, margins }: Fit): GbmHeader {
  const learnable = problem.trainingBase.length > 0;
  return {
    schema_version: 2,
    algo: "gbm",
    learner_version: GBM_VERSION,
    task: rows.task,
    classes: rows.task === "classify" ? [...rows.classes] : [],
    feature_names: [...rows.featureNames],
    degenerate: learnable ? null : rows.task === "classify" ? "single_class" : "constant_target",
    priors: [...problem.shares],
    active_classes: [...problem.active],
    base_score: [...problem.base],
    seed,
    params,
    early_stopping: stopped,
    training: { rows: rows.rows, weight: problem.weightSum, loss: trainingLoss(rows, problem, margins) },
  };
}

/** Loss of the finished model on its own rows: what training counted with, led back to the true base and unit. */
function trainingLoss(rows: TrainingRows, problem: BoostingProblem, margins: readonly Float64Array[]): number {
  const { base, trainingBase, unit } = problem;
  const finished = margins.map((margin, i) => {
    const shift = base[i]! - unit * trainingBase[i]!;
    return shift === 0 && unit === 1 ? margin : margin.map((value) => shift + unit * value);
  });
  if (rows.task === "classify") return weightedLoss(rows, probabilitiesFromMargins(problem, finished, rows.rows));
  return weightedLoss(rows, finished.length > 0 ? finished : [new Float64Array(rows.rows).fill(base[0]!)]);
}
