import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { FeatureImportance, FittedModel } from "../define-learner.ts";
import type { BoostedTrees } from "../export/boosted-trees.ts";
import { addTree, type Forest } from "../gbm/forest.ts";
import { everyNodeHasRows, forestArrays, forestFromArrays } from "../gbm/forest-file.ts";
import { forestImportance } from "../gbm/forest-importance.ts";
import { softmaxInto } from "../gbm/objective.ts";
import { sigmoid } from "../logistic.ts";
import { corrupt, type ModelFile, writeModelFile } from "../model-file.ts";
import { type Attributions, contributionsOf } from "../shap/attributions.ts";
import { createTreeShap } from "../shap/tree-shap.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { type ImportedTrees, wrongColumns } from "./lightgbm-text.ts";
import { IMPORT_VERSION } from "./version.ts";

const LightgbmHeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  algo: z.literal("lightgbm"),
  learner_version: z.int().positive(),
  classes: z.array(z.number()).describe("Label values, ascending; none for a regression"),
  feature_names: z.array(z.string()).min(1),
  sigmoid: z.number().positive().describe("Factor of the margin in the logistic function; 1 for three classes and more"),
  zero_is_missing: z.array(z.int().min(0)).describe("Indices of the features of which zero is read as unknown"),
  has_counts: z.boolean().describe("Whether nodes hold their training rows, without which nothing can be attributed"),
  source_sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
type LightgbmHeader = z.infer<typeof LightgbmHeaderSchema>;

/**
 * A model that was trained elsewhere, as one of ours: frozen, it predicts what its file says.
 *
 * @param featureNames - the matrix's columns, in their order; the file may have them in another one
 * @param classes - label values; the file's class `k` is the k-th of them; empty for a regression
 * @throws MODEL_INVALID when columns or classes are not the file's
 */
export function lightgbmModel(
  trees: ImportedTrees,
  featureNames: readonly string[],
  classes: readonly number[],
  sourceSha256: string,
): FittedModel {
  const { objective } = trees;
  const found = objective.kind === "regression" ? 0 : objective.kind === "binary" ? 2 : trees.margins;
  if (found !== classes.length)
    throw new SigmaError(
      "MODEL_INVALID",
      `The label has "${classes.length}" classes, the imported model "${found}" (0 = a regression). Choose a label with as many, or another model.`,
      { classes: classes.length, model_classes: found },
    );
  const place = new Map(featureNames.map((name, f) => [name, f]));
  if (place.size !== trees.featureNames.length || trees.featureNames.some((name) => !place.has(name)))
    throw wrongColumns(trees.featureNames, featureNames);
  const columnOf = trees.featureNames.map((name) => place.get(name)!);
  const header: LightgbmHeader = {
    schema_version: 1,
    algo: "lightgbm",
    learner_version: IMPORT_VERSION,
    classes: [...classes],
    feature_names: [...featureNames],
    sigmoid: objective.kind === "binary" ? objective.sigmoid : 1,
    zero_is_missing: trees.zeroIsMissing.map((feature) => columnOf[feature]!).sort((a, b) => a - b),
    has_counts: trees.hasCounts,
    source_sha256: sourceSha256,
  };
  const feature = trees.forest.feature.map((split) => (split < 0 ? split : columnOf[split]!));
  return createLightgbmModel(header, { ...trees.forest, feature });
}

/** @throws ARTIFACT_CORRUPT when header or nodes break the rules of the format */
export function lightgbmModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", LightgbmHeaderSchema, header, "The header of the model file");
  const forest = forestFromArrays(arrays, known.feature_names.length);
  const [margins, trees] = [marginCount(known), forest.treeStart.length - 1];
  if (known.classes.length === 1) throw corrupt("no class or two and more", `"${known.classes}"`);
  if (trees < 1 || trees % margins !== 0) throw corrupt(`whole rounds of "${margins}" trees`, `"${trees}" trees`);
  if (known.zero_is_missing.some((feature) => feature >= known.feature_names.length)) throw corrupt("indices of features", "others");
  if (known.has_counts && !everyNodeHasRows(forest)) throw corrupt("rows in each node", "none in one");
  return createLightgbmModel(known, forest);
}

const marginCount = ({ classes }: LightgbmHeader): number => (classes.length <= 2 ? 1 : classes.length);

function createLightgbmModel(header: LightgbmHeader, forest: Forest): FittedModel {
  const margins = marginCount(header);
  const model: FittedModel = {
    algo: "lightgbm",
    task: header.classes.length === 0 ? "regress" : "classify",
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: null,
    notes: [],
    predict: (features) => predictions(header, forest, margins, features),
    importance: (): FeatureImportance[] => forestImportance(header.feature_names, forest),
    encode: () => writeModelFile({ header, arrays: forestArrays(forest) }),
  };
  return {
    ...model,
    ...(header.has_counts ? { attribute: (features: readonly Float64Array[]) => attributions(header, forest, margins, features) } : {}),
    // Other formats have neither the factor nor a zero that is unknown; the file that was imported has.
    ...(header.sigmoid === 1 && header.zero_is_missing.length === 0 ? { boosted: boostedTrees(header, forest, margins) } : {}),
  };
}

function predictions(header: LightgbmHeader, forest: Forest, count: number, features: readonly Float64Array[]): Float64Array[] {
  const rows = checkPredictionColumns(header.feature_names, features);
  const read = withUnknownZeros(header, features);
  const margins = Array.from({ length: count }, () => new Float64Array(rows));
  for (let tree = 0; tree + 1 < forest.treeStart.length; tree++) addTree(forest, tree, read, margins[tree % count]!);
  if (header.classes.length === 0) return margins;
  if (count === 1) return [margins[0]!.map((m) => sigmoid(-header.sigmoid * m)), margins[0]!.map((m) => sigmoid(header.sigmoid * m))];
  const out = margins.map(() => new Float64Array(rows));
  softmaxInto(margins, out);
  return out;
}

function attributions(header: LightgbmHeader, forest: Forest, count: number, features: readonly Float64Array[]): Attributions {
  const rows = checkPredictionColumns(header.feature_names, features);
  const shap = createTreeShap(forest, count);
  const { sigmoid: factor } = header;
  const contributions = contributionsOf(shap, withUnknownZeros(header, features), rows);
  return {
    scale: header.classes.length === 0 ? "value" : "log_odds",
    classOf: header.classes.length === 2 ? [1] : header.classes.map((_, k) => k),
    against: header.classes.length === 2 ? 0 : null,
    base: Array.from(shap.expected, (margin) => factor * margin),
    contributions: factor === 1 ? contributions : contributions.map((margin) => margin.map((column) => column.map((phi) => factor * phi))),
  };
}

function boostedTrees({ feature_names, classes }: LightgbmHeader, forest: Forest, margins: number): BoostedTrees {
  return {
    featureNames: feature_names,
    objective: classes.length === 0 ? "regression" : margins === 1 ? "binary" : "softmax",
    classCount: classes.length,
    activeClasses: classes.map((_, k) => k),
    baseScore: new Array<number>(margins).fill(0),
    forest,
  };
}

/** LightGBM calls values up to this size zero; it is a float32 constant. */
const ZERO_RADIUS = Math.fround(1e-35);

function withUnknownZeros({ zero_is_missing: zeros }: LightgbmHeader, features: readonly Float64Array[]): readonly Float64Array[] {
  if (zeros.length === 0) return features;
  const read = [...features];
  for (const f of zeros) read[f] = features[f]!.map((x) => (Math.abs(x) <= ZERO_RADIUS ? Number.NaN : x));
  return read;
}
