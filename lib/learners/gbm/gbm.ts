import { createRng } from "../../core/rng.ts";
import type { Learner, TrainingRows } from "../define-learner.ts";
import { checkTrainingRows, classShares } from "../training-rows.ts";
import { binFeatures } from "./binning.ts";
import { addTree, type Forest, forestOf } from "./forest.ts";
import { createGbmModel, type GbmHeader, probabilitiesOf } from "./gbm-model.ts";
import { binaryGradients, softmaxGradients, softmaxInto } from "./objective.ts";
import type { ResolvedGbmParams } from "./params.ts";
import { drawShare, remainderOf } from "./sampling.ts";
import { createTreeGrower, type GrowthRules, type TreeNodes } from "./tree-grower.ts";

/** Version of the training algorithm: raise it with every change that alters a model for the same rows and seed. */
const GBM_VERSION = 1;

/** A minimal child weight below this share of the training weight cannot tell an empty child from rounding. */
const SMALLEST_TELLING_WEIGHT = 1e-9;

/**
 * Histogram gradient-boosted trees on the log loss: one tree a round for two classes, one tree a class and round for
 * more. Trees grow depth by depth on second-order gains; unknown values take the side that gains more. Starts from the
 * weighted base rates. One thread, sums in row order: the same rows, parameters and seed give the same bytes.
 *
 * Classes without training rows have probability 0 and no trees; with rows of one class the model is the prior.
 *
 * @see Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001)
 * @see Chen & Guestrin, XGBoost: A Scalable Tree Boosting System (2016)
 */
export const gbm: Learner<ResolvedGbmParams> = {
  algo: "gbm",
  version: GBM_VERSION,
  fit(rows, params, seed) {
    checkTrainingRows(rows);
    const { shares, weightSum } = classShares(rows);
    const active = shares.flatMap((share, k) => (share > 0 ? [k] : []));
    const header: GbmHeader = {
      schema_version: 1,
      algo: "gbm",
      learner_version: GBM_VERSION,
      classes: [...rows.classes],
      feature_names: [...rows.featureNames],
      degenerate: active.length === 1 ? "single_class" : null,
      priors: shares,
      active_classes: active,
      base_score: baseScore(active.map((k) => shares[k]!)),
      seed,
      params,
      training: { rows: rows.rows, weight: weightSum, log_loss: 0 },
    };
    const { forest, margins } = active.length === 1 ? { forest: forestOf([]), margins: [] } : boost(rows, header);
    const logLoss = weightedLogLoss(rows, probabilitiesOf(header, margins, rows.rows), weightSum);
    return createGbmModel({ ...header, training: { ...header.training, log_loss: logLoss } }, forest);
  },
};

/** What the training loss reads of a probability that underflowed. */
const SMALLEST_PROBABILITY = 1e-300;

/** Log-odds for two classes, centred log-shares for more, nothing for one. */
function baseScore(shares: readonly number[]): number[] {
  if (shares.length === 1) return [];
  if (shares.length === 2) return [Math.log(shares[1]! / shares[0]!)];
  const logs = shares.map((share) => Math.log(share));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.map((log) => log - mean);
}

function boost(rows: TrainingRows, header: GbmHeader): { forest: Forest; margins: Float64Array[] } {
  const { params } = header;
  const binned = binFeatures(rows.features, rows.rows, params.max_bins);
  const grower = createTreeGrower(binned, growthRules(params, header.training.weight));
  const rng = createRng(`gbm/${header.seed}`);
  const margins = header.base_score.map((base) => new Float64Array(rows.rows).fill(base));
  const pairs = new Float64Array(2 * rows.rows);
  const fillPairs = margins.length === 1 ? binaryObjective(rows, header, pairs) : softmaxObjective(rows, header, margins, pairs);

  const trees: TreeNodes[] = [];
  for (let round = 0; round < params.trees; round++) {
    const draw = rng.fork(`round/${round}`);
    const sample = drawShare(rows.rows, params.subsample, draw);
    const rest = remainderOf(sample, rows.rows);
    for (const [index, fill] of fillPairs(margins).entries()) {
      fill();
      const features = drawShare(rows.features.length, params.colsample, draw);
      const tree = grower.grow(pairs, sample, features, margins[index]!);
      if (rest.length > 0) addTree(forestOf([tree]), 0, rows.features, margins[index]!, rest);
      trees.push(tree);
    }
  }
  return { forest: forestOf(trees), margins };
}

/** Called once a round with the margins; gives one function for each margin that writes its gradients. */
type Objective = (margins: readonly Float64Array[]) => readonly (() => void)[];

function binaryObjective(rows: TrainingRows, header: GbmHeader, pairs: Float64Array): Objective {
  const second = header.active_classes[1]!;
  const positive = Uint8Array.from(rows.target, (k) => (k === second ? 1 : 0));
  return ([margin]) => [() => binaryGradients(margin!, positive, rows.weight, pairs)];
}

/** All trees of a round see the probabilities at the round's beginning. */
function softmaxObjective(rows: TrainingRows, header: GbmHeader, like: readonly Float64Array[], pairs: Float64Array): Objective {
  const probabilities = like.map(() => new Float64Array(rows.rows));
  const { active_classes: active } = header;
  return (margins) => {
    softmaxInto(margins, probabilities);
    return active.map((k, i) => () => softmaxGradients(probabilities[i]!, rows.target, k, active.length, rows.weight, pairs));
  };
}

function growthRules(params: ResolvedGbmParams, weightSum: number): GrowthRules {
  return {
    l1: params.l1,
    l2: params.l2,
    minChildRows: params.min_child_rows,
    minChildWeight: params.min_child_weight,
    maxDepth: params.max_depth,
    learningRate: params.learning_rate,
    countRows: params.min_child_rows > 1 || params.min_child_weight < SMALLEST_TELLING_WEIGHT * weightSum,
  };
}

function weightedLogLoss({ rows, target, weight }: TrainingRows, probabilities: readonly Float64Array[], weightSum: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum -= weight[row]! * Math.log(Math.max(probabilities[target[row]!]![row]!, SMALLEST_PROBABILITY));
  return sum / weightSum;
}
