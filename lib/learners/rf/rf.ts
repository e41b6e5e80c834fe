import { createRng, type Rng } from "../../core/rng.ts";
import type { Learner, TrainingRows } from "../define-learner.ts";
import { binFeatures } from "../gbm/binning.ts";
import { checkTrainingRows } from "../training-rows.ts";
import { type ResolvedRfParams, RF_VERSION } from "./params.ts";
import { shareForestOf } from "./share-forest.ts";
import { growShareTree } from "./share-grower.ts";
import { createShareModel } from "./share-model.ts";
import type { ShareNodes } from "./share-nodes.ts";
import { headerOf, type ShareTarget, targetOf } from "./share-target.ts";

/**
 * Random forest: trees on seeded bootstrap samples, each split on features drawn for it, by Gini impurity or variance;
 * probabilities are the mean of the leaves' weighted class shares. A row that is drawn n times counts n times its weight.
 * Unknown values take the side that gains more. The same rows, parameters and seed give the same bytes.
 *
 * There is no out-of-bag score: labels overlap, so rows out of the bag are known by their neighbours in it.
 *
 * @see Breiman, Random Forests (2001)
 */
export const rf: Learner<ResolvedRfParams> = {
  algo: "rf",
  version: RF_VERSION,
  fit(rows, params, seed) {
    checkTrainingRows(rows);
    const target = targetOf(rows);
    const trees = target.degenerate === null ? growTrees(rows, target, params, seed) : [];
    return createShareModel(
      headerOf(rows, target, { algo: "rf", learner_version: RF_VERSION, seed, params, medians: null, grownOn: rows.rows }),
      shareForestOf(trees, rows.task === "classify" ? { classes: rows.classes.length } : target),
    );
  },
};

function growTrees(rows: TrainingRows, target: ShareTarget, params: ResolvedRfParams, seed: number): ShareNodes[] {
  const binned = binFeatures(rows.features, rows.rows, params.max_bins);
  const regress = rows.task === "regress";
  const channels = rows.task === "classify" ? rows.classes.length : 2;
  const features = rows.features.length;
  const natural = Math.max(1, Math.round(regress ? features / 3 : Math.sqrt(features)));
  const rules = {
    maxDepth: params.max_depth,
    minChildRows: params.min_child_rows,
    mtry: Math.min(features, params.mtry === 0 ? natural : params.mtry),
  };
  const rng = createRng(`rf/${seed}`);
  const values = new Float64Array(rows.rows * channels);
  return Array.from({ length: params.trees }, (_, tree) => {
    const draw = rng.fork(`tree/${tree}`);
    const times = bootstrap(rows.rows, params.subsample, draw);
    fillValues(values, rows, target, times);
    const bag = Int32Array.from(times.keys()).filter((row) => times[row]! > 0);
    return growShareTree(binned, values, channels, regress, rules, bag, draw);
  });
}

/** How often each row is drawn, with replacement. */
function bootstrap(rows: number, share: number, rng: Rng): Int32Array {
  const times = new Int32Array(rows);
  const draws = Math.max(1, Math.round(rows * share));
  for (let i = 0; i < draws; i++) times[rng.int(rows)]! += 1;
  return times;
}

function fillValues(values: Float64Array, rows: TrainingRows, { mean, unit }: ShareTarget, times: Int32Array): void {
  values.fill(0);
  const channels = values.length / rows.rows;
  for (let row = 0; row < rows.rows; row++) {
    const w = rows.weight[row]! * times[row]!;
    if (rows.task === "classify") values[row * channels + rows.target[row]!] = w;
    else {
      values[row * channels] = (w * (rows.target[row]! - mean)) / unit;
      values[row * channels + 1] = w;
    }
  }
}
