import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FeatureImportance, FittedModel } from "../define-learner.ts";
import { sigmoid } from "../logistic.ts";
import { corrupt, type ModelFile, writeModelFile } from "../model-file.ts";
import { type Attributions, contributionsOf } from "../shap/attributions.ts";
import { createTreeShap } from "../shap/tree-shap.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { addTree, type Forest } from "./forest.ts";
import { forestArrays, forestFromArrays } from "./forest-file.ts";
import { softmaxInto } from "./objective.ts";

const share = z.number().min(0).max(1);

/** Header of a `gbm` model file. */
const GbmHeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  algo: z.literal("gbm"),
  learner_version: z.int().positive(),
  classes: z.array(z.number()).min(1).describe("Label values, ascending"),
  feature_names: z.array(z.string()),
  degenerate: z.enum(["single_class"]).nullable(),
  priors: z.array(share).describe("Weighted share of each class in the training rows"),
  active_classes: z.array(z.int().min(0)).min(1).describe("Indices of the classes that had training rows, ascending"),
  base_score: z
    .array(z.number())
    .describe("Margins before the first tree: one (log-odds of the second active class), or one for each active class; none if degenerate"),
  seed: z.int().min(0),
  params: z.strictObject({
    trees: z.int(),
    max_depth: z.int(),
    learning_rate: z.number(),
    min_child_rows: z.int(),
    min_child_weight: z.number(),
    subsample: z.number(),
    colsample: z.number(),
    l2: z.number(),
    l1: z.number(),
    max_bins: z.int(),
  }),
  training: z.strictObject({
    rows: z.int().positive(),
    weight: z.number().positive(),
    log_loss: z.number().min(0).describe("Weighted mean on the training rows; it says nothing about skill"),
  }),
});
export type GbmHeader = z.infer<typeof GbmHeaderSchema>;

/** A model that predicts from its header and trees alone, whether just fitted or read from a file. */
export function createGbmModel(header: GbmHeader, forest: Forest): FittedModel {
  return {
    algo: "gbm",
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    predict: (features) => predictGbm(header, forest, features),
    importance: () => importanceOf(header.feature_names, forest),
    attribute: (features) => attributeGbm(header, forest, features),
    encode: () => writeModelFile({ header, arrays: forestArrays(forest) }),
  };
}

/** @throws ARTIFACT_CORRUPT when header or nodes break the rules of the format */
export function gbmModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", GbmHeaderSchema, header, "The header of the model file");
  const forest = forestFromArrays(arrays, known.feature_names.length);
  checkHeader(known, forest);
  return createGbmModel(known, forest);
}

/**
 * Margins of the active classes, one array each; binary models have one, of the second active class against the first.
 * They are summed tree by tree, as in training, so that a training row gets its training margin to the bit.
 */
function gbmMargins(header: GbmHeader, forest: Forest, features: readonly Float64Array[], rows: number): Float64Array[] {
  const margins = header.base_score.map((base) => new Float64Array(rows).fill(base));
  const trees = forest.treeStart.length - 1;
  for (let tree = 0; tree < trees; tree++) addTree(forest, tree, features, margins[tree % margins.length]!);
  return margins;
}

/** Class probabilities of all classes from the margins of the active ones. */
export function probabilitiesOf(header: GbmHeader, margins: readonly Float64Array[], rows: number): Float64Array[] {
  const all = header.priors.map((prior) => new Float64Array(rows).fill(prior));
  const active = header.active_classes.map((k) => all[k]!);
  if (margins.length === 1) {
    for (let row = 0; row < rows; row++) {
      const margin = margins[0]![row]!;
      // Each side from its own margin: 1 - p would lose the small one.
      active[0]![row] = sigmoid(-margin);
      active[1]![row] = sigmoid(margin);
    }
  } else if (margins.length > 1) softmaxInto(margins, active);
  return all;
}

function predictGbm(header: GbmHeader, forest: Forest, features: readonly Float64Array[]): Float64Array[] {
  const rows = checkPredictionColumns(header.feature_names, features);
  return probabilitiesOf(header, gbmMargins(header, forest, features, rows), rows);
}

/** A model of one class has no margin, and so no attribution. */
function attributeGbm(header: GbmHeader, forest: Forest, features: readonly Float64Array[]): Attributions {
  const rows = checkPredictionColumns(header.feature_names, features);
  const { base_score: base, active_classes: active } = header;
  const shap = createTreeShap(forest, base.length);
  return {
    classOf: base.length === 1 ? active.slice(1) : base.length === 0 ? [] : active,
    base: base.map((score, m) => score + shap.expected[m]!),
    contributions: contributionsOf(features, rows, base.length, (x, phi) => shap.addRow(x, phi)),
  };
}

function importanceOf(featureNames: readonly string[], forest: Forest): FeatureImportance[] {
  const gains = new Float64Array(featureNames.length);
  const splits = new Uint32Array(featureNames.length);
  for (let node = 0; node < forest.feature.length; node++) {
    const feature = forest.feature[node]!;
    if (feature < 0) continue;
    gains[feature]! += forest.gain[node]!;
    splits[feature]! += 1;
  }
  return featureNames.map((feature, i) => ({ feature, gain: gains[i]!, splits: splits[i]! })).sort((a, b) => b.gain - a.gain);
}

function checkHeader(header: GbmHeader, forest: Forest): void {
  const { active_classes: active, base_score: base, classes, priors, degenerate } = header;
  const trees = forest.treeStart.length - 1;
  const margins = active.length === 1 ? 0 : active.length === 2 ? 1 : active.length;
  if (priors.length !== classes.length) throw corrupt(`"${classes.length}" priors`, `"${priors.length}"`);
  if (active.some((k, i) => k >= classes.length || (i > 0 && k <= active[i - 1]!))) throw corrupt("ascending class indices", `"${active}"`);
  if (base.length !== margins) throw corrupt(`"${margins}" base scores`, `"${base.length}"`);
  if ((degenerate === "single_class") !== (active.length === 1)) throw corrupt("one active class exactly if degenerate", `"${active}"`);
  if (margins === 0 ? trees !== 0 : trees % margins !== 0) throw corrupt(`whole rounds of "${margins}" trees`, `"${trees}" trees`);
}
