import { type CartNode, DecisionTreeClassifier, DecisionTreeRegression } from "ml-cart";
import { createRng } from "../../core/rng.ts";
import type { Learner, TrainingRows } from "../define-learner.ts";
import { drawShare } from "../gbm/sampling.ts";
import { shareForestOf } from "../rf/share-forest.ts";
import { createShareModel } from "../rf/share-model.ts";
import { headerOf, targetOf } from "../rf/share-target.ts";
import { checkTrainingRows, pickRows } from "../training-rows.ts";
import { knownColumns, trainingMedians } from "./medians.ts";
import { nodesOf } from "./nodes.ts";
import { CART_VERSION, type ResolvedCartParams } from "./params.ts";

/**
 * A single classification or regression tree, grown by the package ml-cart: by Gini impurity, or squared error for a number.
 *
 * Its search is quadratic in the rows, so at most `max_rows` rows are used; of more a seeded sample is drawn and the model
 * says so. The package knows no unknown values: the training rows' median of the feature stands in for them. Neither does it
 * know weights: splits count every row once, while leaf shares and means are weighted.
 *
 * @see Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984)
 */
export const cart: Learner<ResolvedCartParams> = {
  algo: "cart",
  version: CART_VERSION,
  fit(rows, params, seed) {
    checkTrainingRows(rows);
    const target = targetOf(rows);
    const medians = trainingMedians(rows.features);
    const drawn = drawShare(rows.rows, Math.min(1, params.max_rows / rows.rows), createRng(`cart/${seed}`));
    const sample = pickRows(rows, drawn);
    const own = targetOf(sample);
    const columns = knownColumns(sample.features, medians);
    const trees =
      target.degenerate !== null ? [] : [nodesOf(own.degenerate !== null ? {} : growTree(sample, columns, params), sample, columns)];
    return createShareModel(
      headerOf(rows, target, {
        algo: "cart",
        learner_version: CART_VERSION,
        seed,
        params,
        medians: [...medians],
        grownOn: drawn.length,
      }),
      shareForestOf(trees, rows.task === "classify" ? { classes: rows.classes.length } : { unit: 1, mean: 0 }),
    );
  },
};

function growTree(rows: TrainingRows, columns: readonly Float64Array[], params: ResolvedCartParams): CartNode {
  const table = Array.from({ length: rows.rows }, (_, row) => columns.map((column) => column[row]!));
  const options = {
    minNumSamples: params.min_rows,
    maxDepth: params.max_depth,
    gainThreshold: rows.task === "classify" ? params.min_gain : 0,
  };
  // The package cannot make a table without columns.
  if (columns.length === 0) return {};
  const tree = rows.task === "classify" ? new DecisionTreeClassifier(options) : new DecisionTreeRegression(options);
  tree.train(table, Array.from(rows.target));
  return tree.root;
}
