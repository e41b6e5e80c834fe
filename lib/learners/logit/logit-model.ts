import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FeatureImportance, FittedModel } from "../define-learner.ts";
import { sigmoid } from "../logistic.ts";
import { corrupt, type ModelArray, type ModelFile, writeModelFile } from "../model-file.ts";
import type { Attributions } from "../shap/attributions.ts";
import { checkPredictionColumns } from "../training-rows.ts";
import { standardised } from "./standardise.ts";

/** Header of a `logit` model file. */
const LogitHeaderSchema = z.strictObject({
  schema_version: z.literal(2),
  algo: z.literal("logit"),
  learner_version: z.int().positive(),
  task: z.enum(["classify", "regress"]),
  classes: z.array(z.number()),
  feature_names: z.array(z.string()),
  degenerate: z.enum(["single_class", "constant_target"]).nullable(),
  priors: z.array(z.number().min(0).max(1)),
  active_classes: z.array(z.int().min(0)).describe("Indices of the classes that had training rows, ascending; none for a regression"),
  params: z.strictObject({ lambda: z.number(), l1_ratio: z.number(), max_iter: z.int(), tol: z.number() }),
  training: z.strictObject({
    rows: z.int().positive(),
    weight: z.number().positive(),
    iterations: z.int().min(0).describe("The most that a margin took"),
    converged: z.boolean(),
  }),
});
export type LogitHeader = z.infer<typeof LogitHeaderSchema>;

/** What a margin is made of. Slopes are of standardised features, row by row: margin `m` has `[m * features, (m + 1) * features)`. */
export interface LinearMargins {
  readonly center: Float64Array;
  /** 0 = the feature was left out. */
  readonly scale: Float64Array;
  /** One for each margin. */
  readonly intercept: Float64Array;
  readonly slope: Float64Array;
}

/** A model that predicts from its header and coefficients alone, whether just fitted or read from a file. */
export function createLogitModel(header: LogitHeader, margins: LinearMargins): FittedModel {
  return {
    algo: "logit",
    task: header.task,
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    notes: header.training.converged ? [] : ["not_converged"],
    predict: (features) => predictLogit(header, margins, features),
    importance: () => importanceOf(header, margins),
    attribute: (features) => attributeLogit(header, margins, features),
    encode: () => writeModelFile({ header, arrays: { ...margins } }),
  };
}

/** @throws ARTIFACT_CORRUPT when header or coefficients break the rules of the format */
export function logitModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", LogitHeaderSchema, header, "The header of the model file");
  const { task, classes, priors, active_classes: active, degenerate } = known;
  if (priors.length !== classes.length) throw corrupt(`"${classes.length}" priors`, `"${priors.length}"`);
  if (task === "regress" ? classes.length + active.length > 0 : active.length === 0)
    throw corrupt("classes exactly if it classifies", `"${classes}"`);
  if (active.some((k, i) => k >= classes.length || (i > 0 && k <= active[i - 1]!))) throw corrupt("ascending class indices", `"${active}"`);
  if (task === "classify" && degenerate !== (active.length === 1 ? "single_class" : null))
    throw corrupt("one active class exactly if degenerate", `"${active}"`);
  return createLogitModel(known, marginsFrom(arrays, known));
}

const marginCount = ({ task, active_classes: active }: LogitHeader): number =>
  task === "regress" || active.length === 2 ? 1 : active.length === 1 ? 0 : active.length;

function marginsFrom(arrays: Readonly<Record<string, ModelArray>>, header: LogitHeader): LinearMargins {
  const features = header.feature_names.length;
  const margins = marginCount(header);
  const lengths = { center: features, intercept: margins, scale: features, slope: margins * features };
  if (Object.keys(arrays).sort().join(" ") !== Object.keys(lengths).join(" "))
    throw corrupt("the four arrays of a logit", `"${Object.keys(arrays)}"`);
  const read = (name: keyof typeof lengths): Float64Array => {
    const array = arrays[name];
    if (!(array instanceof Float64Array) || array.length !== lengths[name])
      throw corrupt(`"${lengths[name]}" numbers in "${name}"`, "others");
    if (!array.every(Number.isFinite)) throw corrupt(`finite numbers in "${name}"`, "others");
    return array;
  };
  return { center: read("center"), scale: read("scale"), intercept: read("intercept"), slope: read("slope") };
}

/** One array for each margin. */
function marginsAt({ center, scale, intercept, slope }: LinearMargins, features: readonly Float64Array[], rows: number): Float64Array[] {
  const margins = Array.from(intercept, (start) => new Float64Array(rows).fill(start));
  for (const [j, column] of features.entries()) {
    const own = { center: center[j]!, scale: scale[j]! };
    for (const [m, margin] of margins.entries()) {
      const factor = slope[m * features.length + j]!;
      if (factor !== 0) for (let row = 0; row < rows; row++) margin[row]! += factor * standardised(column[row]!, own);
    }
  }
  return margins;
}

function predictLogit(header: LogitHeader, linear: LinearMargins, features: readonly Float64Array[]): Float64Array[] {
  const rows = checkPredictionColumns(header.feature_names, features);
  const margins = marginsAt(linear, features, rows);
  if (header.task === "regress") return margins;
  const all = header.priors.map((prior) => new Float64Array(rows).fill(prior));
  const active = header.active_classes.map((k) => all[k]!);
  if (margins.length === 1) {
    active[0]!.set(margins[0]!.map((m) => sigmoid(-m)));
    active[1]!.set(margins[0]!.map(sigmoid));
  } else if (margins.length > 1) normaliseInto(active, margins);
  return all;
}

/** One class against the rest each, then shares of their sum; where all are next to nothing the priors stay. */
function normaliseInto(columns: readonly Float64Array[], margins: readonly Float64Array[]): void {
  for (let row = 0; row < columns[0]!.length; row++) {
    let sum = 0;
    for (const margin of margins) sum += sigmoid(margin[row]!);
    if (sum > 0) for (const [i, column] of columns.entries()) column[row] = sigmoid(margins[i]![row]!) / sum;
  }
}

/** A linear margin is its intercept plus one product a feature; the training rows' mean of each product is 0. */
function attributeLogit(
  header: LogitHeader,
  { center, scale, intercept, slope }: LinearMargins,
  features: readonly Float64Array[],
): Attributions {
  checkPredictionColumns(header.feature_names, features);
  const active = header.active_classes;
  return {
    scale: header.task === "regress" ? "value" : intercept.length > 1 ? "one_vs_rest" : "log_odds",
    classOf: intercept.length === 1 ? active.slice(1) : intercept.length === 0 ? [] : active,
    against: intercept.length === 1 ? (active[0] ?? null) : null,
    base: [...intercept],
    contributions: Array.from(intercept, (_, m) =>
      features.map((column, j) => {
        const factor = slope[m * features.length + j]!;
        const own = { center: center[j]!, scale: scale[j]! };
        return column.map((x) => factor * standardised(x, own));
      }),
    ),
  };
}

function importanceOf({ feature_names: names }: LogitHeader, { slope, intercept }: LinearMargins): FeatureImportance[] {
  const size = (j: number): number =>
    Array.from(intercept, (_, m) => Math.abs(slope[m * names.length + j]!)).reduce((sum, b) => sum + b, 0);
  return names.map((feature, j) => ({ feature, gain: size(j), cover: 0, splits: 0 })).sort((a, b) => b.gain - a.gain);
}
