import { createRng } from "../../core/rng.ts";
import type { TrainingRows } from "../define-learner.ts";
import { binFeatures } from "./binning.ts";
import { addTree, forestOf } from "./forest.ts";
import { monotoneDirections } from "./monotone.ts";
import type { ResolvedGbmParams } from "./params.ts";
import type { BoostingProblem } from "./problem.ts";
import { drawShare, remainderOf } from "./sampling.ts";
import { type TrainingMemory, takeTrainingMemory } from "./training-memory.ts";
import { createTreeGrower, type GrowthRules, type TreeNodes } from "./tree-grower.ts";

/** A minimal child weight below this share of the training weight cannot tell an empty child from rounding. */
const SMALLEST_TELLING_WEIGHT = 1e-9;

export interface BoostingRun {
  readonly rows: TrainingRows;
  readonly problem: BoostingProblem;
  readonly params: ResolvedGbmParams;
  readonly seed: number;
  readonly rounds: number;
  /** Sees the trees of each finished round, one for each margin; boosting ends when it says false. */
  readonly goOn?: (trees: readonly TreeNodes[]) => boolean;
}

export interface Boosted {
  readonly trees: readonly TreeNodes[];
  /** What training ended with for each row, in its own base and unit. */
  readonly margins: readonly Float64Array[];
}

/** Grows the trees of the rounds, one for each margin and round, in order. One thread, sums in row order. */
export function boost(run: BoostingRun): Boosted {
  const { rows, problem, params, rounds } = run;
  const margins = problem.trainingBase.map((base) => new Float64Array(rows.rows).fill(base));
  if (rounds === 0) return { trees: [], margins };
  const features = rows.features.length;
  const memory = takeTrainingMemory({
    rows: rows.rows,
    features,
    cells: features * (params.max_bins + 1),
    slots: params.max_depth,
    counts: countsRows(params, problem.weightSum),
  });
  try {
    return { trees: growTrees(run, memory, margins), margins };
  } finally {
    memory.release();
  }
}

function growTrees(
  { rows, problem, params, seed, rounds, goOn }: BoostingRun,
  memory: TrainingMemory,
  margins: readonly Float64Array[],
): TreeNodes[] {
  const binned = binFeatures(rows.features, rows.rows, params.max_bins, memory.bins);
  const grower = createTreeGrower(binned, growthRules(params), memory);
  const directions = problem.senses.map((sense) => directionsOf(params, rows.featureNames, sense));
  const rng = createRng(`gbm/${seed}`);
  const fillPairs = problem.objective(memory.pairs);

  const trees: TreeNodes[] = [];
  for (let round = 0; round < rounds; round++) {
    const draw = rng.fork(`round/${round}`);
    const sample = drawShare(rows.rows, params.subsample, draw);
    const rest = remainderOf(sample, rows.rows);
    const grown: TreeNodes[] = [];
    for (const [index, fill] of fillPairs(margins).entries()) {
      fill();
      const features = drawShare(rows.features.length, params.colsample, draw);
      const tree = grower.grow(sample, features, margins[index]!, directions[index]!);
      if (rest.length > 0) addTree(forestOf([tree]), 0, rows.features, margins[index]!, rest);
      grown.push(tree);
    }
    trees.push(...grown);
    if (goOn !== undefined && !goOn(grown)) break;
  }
  return trees;
}

function directionsOf({ monotone }: ResolvedGbmParams, featureNames: readonly string[], sense: number): Int8Array | null {
  const directions = monotoneDirections(monotone, featureNames);
  return sense === 0 || directions === null ? null : directions.map((direction) => sense * direction);
}

function growthRules(params: ResolvedGbmParams): GrowthRules {
  return {
    l1: params.l1,
    l2: params.l2,
    minChildRows: params.min_child_rows,
    minChildWeight: params.min_child_weight,
    maxDepth: params.max_depth,
    learningRate: params.learning_rate,
  };
}

/** Whether rows are counted bin by bin; without it a child's hessian sum alone keeps children from being empty. */
function countsRows({ min_child_rows, min_child_weight }: ResolvedGbmParams, weightSum: number): boolean {
  return min_child_rows > 1 || min_child_weight < SMALLEST_TELLING_WEIGHT * weightSum;
}
