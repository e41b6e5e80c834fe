import type { FitNote, FittedModel } from "../define-learner.ts";
import type { BoostedTrees } from "../export/boosted-trees.ts";
import { type ModelFile, writeModelFile } from "../model-file.ts";
import { type Attributions, contributionsOf } from "../shap/attributions.ts";
import { createTreeShap } from "../shap/tree-shap.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { addTree, type Forest } from "./forest.ts";
import { forestArrays, forestFromArrays } from "./forest-file.ts";
import { forestImportance } from "./forest-importance.ts";
import { checkGbmHeader, type GbmHeader, readGbmHeader } from "./gbm-header.ts";
import { probabilitiesFromMargins } from "./problem.ts";

/** A model that predicts from its header and trees alone, whether just fitted or read from a file. */
export function createGbmModel(header: GbmHeader, forest: Forest): FittedModel {
  return {
    algo: "gbm",
    task: header.task,
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    notes: notesOf(header),
    predict: (features) => predictGbm(header, forest, features),
    importance: () => forestImportance(header.feature_names, forest),
    attribute: (features) => attributeGbm(header, forest, features),
    boosted: boostedTrees(header, forest),
    encode: () => writeModelFile({ header, arrays: forestArrays(forest) }),
  };
}

/** @throws ARTIFACT_CORRUPT when header or nodes break the rules of the format */
export function gbmModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = readGbmHeader(header);
  const forest = forestFromArrays(arrays, known.feature_names.length);
  checkGbmHeader(known, forest.treeStart.length - 1);
  return createGbmModel(known, forest);
}

function notesOf({ params, early_stopping, degenerate }: GbmHeader): FitNote[] {
  if (params.early_stopping_rounds === 0 || degenerate !== null) return [];
  if (early_stopping === null) return ["early_stopping_skipped"];
  return early_stopping.rounds === 0 ? ["early_stopping_kept_no_tree"] : [];
}

/**
 * Margins of the active classes, one array each; binary models have one, of the second active class against the first;
 * regressions one, the prediction. They are summed tree by tree, as in training.
 */
function gbmMargins(header: GbmHeader, forest: Forest, features: readonly Float64Array[], rows: number): Float64Array[] {
  const margins = header.base_score.map((base) => new Float64Array(rows).fill(base));
  const trees = forest.treeStart.length - 1;
  for (let tree = 0; tree < trees; tree++) addTree(forest, tree, features, margins[tree % margins.length]!);
  return margins;
}

function predictGbm(header: GbmHeader, forest: Forest, features: readonly Float64Array[]): Float64Array[] {
  const rows = checkPredictionColumns(header.feature_names, features);
  const margins = gbmMargins(header, forest, features, rows);
  if (header.task === "regress") return margins;
  return probabilitiesFromMargins({ shares: header.priors, active: header.active_classes }, margins, rows);
}

function boostedTrees({ task, feature_names, classes, active_classes, base_score }: GbmHeader, forest: Forest): BoostedTrees {
  const ofClasses = base_score.length === 0 ? "constant" : base_score.length === 1 ? "binary" : "softmax";
  return {
    featureNames: feature_names,
    objective: task === "regress" ? "regression" : ofClasses,
    classCount: classes.length,
    activeClasses: active_classes,
    baseScore: base_score,
    forest,
  };
}

/** A model of one class has no margin, and so no attribution; the margin of a regression speaks for no class. */
function attributeGbm(header: GbmHeader, forest: Forest, features: readonly Float64Array[]): Attributions {
  const rows = checkPredictionColumns(header.feature_names, features);
  const { base_score: base, active_classes: active } = header;
  const shap = createTreeShap(forest, base.length);
  return {
    scale: header.task === "regress" ? "value" : "log_odds",
    classOf: base.length === 1 ? active.slice(1) : base.length === 0 ? [] : active,
    against: base.length === 1 ? (active[0] ?? null) : null,
    base: base.map((score, m) => score + shap.expected[m]!),
    contributions: contributionsOf(shap, features, rows),
  };
}
