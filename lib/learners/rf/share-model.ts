import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FitNote, FittedModel } from "../define-learner.ts";
import { everyNodeHasRows, forestArrays, forestFromArrays } from "../gbm/forest-file.ts";
import { forestImportance } from "../gbm/forest-importance.ts";
import { corrupt, type ModelFile, writeModelFile } from "../model-file.ts";
import { type Attributions, contributionsOf } from "../shap/attributions.ts";
import { createTreeShap } from "../shap/tree-shap.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { meanOfLeaves, type ShareForest } from "./share-forest.ts";

/** Header of the model files of `rf` and `cart`. */
const ShareHeaderSchema = z.strictObject({
  schema_version: z.literal(2),
  algo: z.enum(["rf", "cart"]),
  learner_version: z.int().positive(),
  task: z.enum(["classify", "regress"]),
  classes: z.array(z.number()).describe("Label values, ascending; none for a regression"),
  feature_names: z.array(z.string()),
  degenerate: z.enum(["single_class", "constant_target"]).nullable(),
  priors: z.array(z.number().min(0).max(1)).describe("Weighted share of each class in the training rows"),
  mean: z.number().nullable().describe("Weighted mean of a regression's target; null for classes"),
  seed: z.int().min(0),
  params: z.record(z.string(), z.number()),
  medians: z.array(z.number()).nullable().describe("cart: what stands in for unknown values of each feature"),
  training: z.strictObject({
    rows: z.int().positive(),
    weight: z.number().positive(),
    grown_on: z.int().positive().describe("Rows that the trees were grown on; fewer than all when they were drawn"),
  }),
});
export type ShareHeader = z.infer<typeof ShareHeaderSchema>;

/** A model that predicts from its header and trees alone, whether just fitted or read from a file. */
export function createShareModel(header: ShareHeader, trees: ShareForest): FittedModel {
  const { algo, training } = header;
  const notes: FitNote[] = algo === "cart" && training.grown_on < training.rows ? ["rows_subsampled"] : [];
  return {
    algo,
    task: header.task,
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    notes,
    predict: (features) => predictShares(header, trees, features),
    importance: () => forestImportance(header.feature_names, trees.forest),
    attribute: (features) => attributeShares(header, trees, features),
    encode: () => writeModelFile({ header, arrays: { ...forestArrays(trees.forest), output: joined(trees) } }),
  };
}

/** @throws ARTIFACT_CORRUPT when header or nodes break the rules of the format */
export function shareModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", ShareHeaderSchema, header, "The header of the model file");
  const { task, classes, priors, mean, medians, feature_names: names, degenerate } = known;
  if (priors.length !== classes.length) throw corrupt(`"${classes.length}" priors`, `"${priors.length}"`);
  if (task === "regress" ? mean === null || classes.length > 0 : mean !== null || classes.length === 0)
    throw corrupt("a mean for a regression and classes otherwise", `task "${task}"`);
  if (medians !== null && medians.length !== names.length) throw corrupt(`"${names.length}" medians`, `"${medians.length}"`);
  const { output, ...nodes } = arrays;
  const forest = forestFromArrays(nodes, names.length);
  const outputs = task === "regress" ? 1 : classes.length;
  const count = forest.feature.length;
  if (!(output instanceof Float64Array) || output.length !== outputs * count) throw corrupt(`"${outputs}" outputs for each node`, "others");
  if (!output.every(Number.isFinite)) throw corrupt("finite outputs", "others");
  if (!everyNodeHasRows(forest)) throw corrupt("rows in each node", "none in one");
  if ((degenerate === null) !== forest.treeStart.length > 1) throw corrupt("trees exactly if it is not degenerate", `"${degenerate}"`);
  return createShareModel(known, {
    forest,
    outputs: Array.from({ length: outputs }, (_, k) => output.subarray(k * count, (k + 1) * count)),
  });
}

function joined({ outputs, forest }: ShareForest): Float64Array {
  const count = forest.feature.length;
  const all = new Float64Array(outputs.length * count);
  for (const [k, column] of outputs.entries()) all.set(column, k * count);
  return all;
}

/**
 * The mean of the trees is a sum of leaves, one for each class: its margins are the probabilities themselves. A model that
 * is no more than its base rates or its mean has none.
 */
function attributeShares(header: ShareHeader, { forest, outputs }: ShareForest, features: readonly Float64Array[]): Attributions {
  const rows = checkPredictionColumns(header.feature_names, features);
  const scale = header.task === "regress" ? "value" : "probability";
  if (header.degenerate !== null) return { scale, classOf: [], against: null, base: [], contributions: [] };
  const trees = forest.treeStart.length - 1;
  const known = knownFeatures(header, features);
  const parts = outputs.map((output) => {
    const value = forest.value.map((threshold, node) => (forest.feature[node]! < 0 ? output[node]! / trees : threshold));
    const shap = createTreeShap({ ...forest, value }, 1);
    return { base: shap.expected[0]!, columns: contributionsOf(shap, known, rows)[0]! };
  });
  return {
    scale,
    classOf: header.classes.map((_, k) => k),
    against: null,
    base: parts.map(({ base }) => base),
    contributions: parts.map(({ columns }) => columns),
  };
}

/** With what stands in for unknown values, where the learner reads none. */
function knownFeatures({ medians }: ShareHeader, features: readonly Float64Array[]): readonly Float64Array[] {
  return medians === null ? features : features.map((column, j) => column.map((x) => (Number.isNaN(x) ? medians[j]! : x)));
}

function predictShares(header: ShareHeader, trees: ShareForest, features: readonly Float64Array[]): Float64Array[] {
  const rows = checkPredictionColumns(header.feature_names, features);
  if (header.degenerate !== null)
    return (header.task === "regress" ? [header.mean!] : header.priors).map((value) => new Float64Array(rows).fill(value));
  return meanOfLeaves(trees, knownFeatures(header, features), rows);
}
