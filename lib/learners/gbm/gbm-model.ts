import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FeatureImportance, FittedModel } from "../define-learner.ts";
import { sigmoid } from "../logistic.ts";
import { corrupt, type ModelArray, type ModelFile, writeModelFile } from "../model-file.ts";
import { type Attributions, contributionsOf } from "../shap/attributions.ts";
import { createTreeShap } from "../shap/tree-shap.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { addTree, type Forest } from "./forest.ts";
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
    encode: () => writeModelFile({ header, arrays: arraysOf(forest) }),
  };
}

/** @throws ARTIFACT_CORRUPT when header or nodes break the rules of the format */
export function gbmModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", GbmHeaderSchema, header, "The header of the model file");
  const forest = forestFromArrays(arrays);
  checkHeader(known, forest);
  checkForest(forest, known.feature_names.length);
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

function arraysOf(forest: Forest): Record<string, ModelArray> {
  return {
    feature: forest.feature,
    gain: forest.gain,
    hessian: forest.hessian,
    missing_left: forest.missingLeft,
    right: forest.right,
    rows: forest.rows,
    tree_start: forest.treeStart,
    value: forest.value,
  };
}

function forestFromArrays(arrays: Readonly<Record<string, ModelArray>>): Forest {
  const names = Object.keys(arrays).join(" ");
  if (names !== "feature gain hessian missing_left right rows tree_start value") throw corrupt("the eight arrays of a gbm", `"${names}"`);
  return {
    treeStart: u32(arrays["tree_start"]),
    feature: i32(arrays["feature"]),
    missingLeft: u8(arrays["missing_left"]),
    right: u32(arrays["right"]),
    value: f64(arrays["value"]),
    gain: f64(arrays["gain"]),
    hessian: f64(arrays["hessian"]),
    rows: u32(arrays["rows"]),
  };
}

const wrongType = () => corrupt("arrays of their documented types", "others");
const u8 = (array: ModelArray | undefined): Uint8Array => (array instanceof Uint8Array ? array : raise(wrongType()));
const u32 = (array: ModelArray | undefined): Uint32Array => (array instanceof Uint32Array ? array : raise(wrongType()));
const i32 = (array: ModelArray | undefined): Int32Array => (array instanceof Int32Array ? array : raise(wrongType()));
const f64 = (array: ModelArray | undefined): Float64Array => (array instanceof Float64Array ? array : raise(wrongType()));
const raise = (error: Error): never => {
  throw error;
};

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

/** Every walk from a root must end in a leaf inside its tree: children come after their parent, so none can loop. */
function checkForest(forest: Forest, featureCount: number): void {
  const { treeStart, feature, missingLeft, right, value, gain, hessian, rows } = forest;
  const nodes = feature.length;
  if ([missingLeft, right, value, gain, hessian, rows].some((array) => array.length !== nodes))
    throw corrupt(`"${nodes}" entries in each node array`, "another number");
  if (treeStart.length < 1 || treeStart[0] !== 0 || treeStart.at(-1) !== nodes) throw corrupt("trees that cover all nodes", "others");
  for (let tree = 0; tree + 1 < treeStart.length; tree++) {
    const [start, end] = [treeStart[tree]!, treeStart[tree + 1]!];
    if (end <= start) throw corrupt("at least one node in each tree", `none in tree "${tree}"`);
    for (let node = start; node < end; node++) {
      const split = feature[node]! >= 0;
      if (feature[node]! >= featureCount || feature[node]! < -1)
        throw corrupt(`feature indices below "${featureCount}"`, `"${feature[node]}"`);
      if (missingLeft[node]! > 1) throw corrupt("missing_left of 0 or 1", `"${missingLeft[node]}"`);
      if (Number.isNaN(value[node]!)) throw corrupt("values that are numbers", `NaN in node "${node}"`);
      const child = start + right[node]!;
      if (split && (child <= node + 1 || child >= end))
        throw corrupt("right children inside their tree", `"${right[node]}" of node "${node}"`);
      if (!split && right[node] !== 0) throw corrupt("leaves without children", `"${right[node]}" of node "${node}"`);
    }
    if (feature[end - 1]! >= 0) throw corrupt("a leaf at the end of each tree", `a split in tree "${tree}"`);
  }
}
