import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FittedModel, Learner } from "../define-learner.ts";
import { corrupt, type ModelFile, writeModelFile } from "../model-file.ts";
import { checkPredictionColumns, checkTrainingRows, classShares, targetMoments } from "../training-rows.ts";
import { PRIOR_VERSION } from "./version.ts";

const shape = {
  algo: z.literal("prior"),
  learner_version: z.int().positive(),
  feature_names: z.array(z.string()),
  training: z.strictObject({ rows: z.int().positive(), weight: z.number().positive() }),
};

const classShape = {
  ...shape,
  classes: z.array(z.number()).min(1),
  degenerate: z.enum(["single_class"]).nullable(),
  priors: z.array(z.number().min(0).max(1)),
};

/** Header of a `prior` model file, which has no arrays. */
const PriorHeaderSchema = z.discriminatedUnion("task", [
  z.strictObject({ schema_version: z.literal(2), task: z.literal("classify"), ...classShape }),
  z.strictObject({
    schema_version: z.literal(2),
    task: z.literal("regress"),
    ...shape,
    degenerate: z.enum(["constant_target"]).nullable(),
    mean: z.number().describe("Weighted mean of the training target"),
  }),
]);
type PriorHeader = z.infer<typeof PriorHeaderSchema>;

/** As written before there were regressions. */
const FirstHeaderSchema = z.strictObject({ schema_version: z.literal(1), ...classShape });

/** The floor of every report: predicts the weighted base rates or mean of the training rows, whatever the features. */
export const prior: Learner<Readonly<Record<string, never>>> = {
  algo: "prior",
  version: PRIOR_VERSION,
  fit(rows) {
    checkTrainingRows(rows);
    const common = {
      schema_version: 2 as const,
      algo: "prior" as const,
      learner_version: PRIOR_VERSION,
      feature_names: [...rows.featureNames],
    };
    if (rows.task === "regress") {
      const { mean, deviation, weightSum } = targetMoments(rows);
      const training = { rows: rows.rows, weight: weightSum };
      return createPriorModel({ ...common, task: "regress", degenerate: deviation === 0 ? "constant_target" : null, mean, training });
    }
    const { shares, weightSum } = classShares(rows);
    return createPriorModel({
      ...common,
      task: "classify",
      classes: [...rows.classes],
      degenerate: shares.filter((share) => share > 0).length === 1 ? "single_class" : null,
      priors: shares,
      training: { rows: rows.rows, weight: weightSum },
    });
  },
};

/** @throws ARTIFACT_CORRUPT when the header breaks the rules of the format */
export function priorModelFromFile({ header, arrays }: ModelFile): FittedModel {
  if (Object.keys(arrays).length > 0) throw corrupt("no arrays for a prior", `"${Object.keys(arrays)}"`);
  const known = readHeader(header);
  if (known.task === "classify" && known.priors.length !== known.classes.length)
    throw corrupt(`"${known.classes.length}" priors`, `"${known.priors.length}"`);
  return createPriorModel(known);
}

function readHeader(header: ModelFile["header"]): PriorHeader {
  const what = "The header of the model file";
  if (header["schema_version"] !== 1) return parseOr("ARTIFACT_CORRUPT", PriorHeaderSchema, header, what);
  return { ...parseOr("ARTIFACT_CORRUPT", FirstHeaderSchema, header, what), schema_version: 2, task: "classify" };
}

function createPriorModel(header: PriorHeader): FittedModel {
  return {
    algo: "prior",
    task: header.task,
    classes: header.task === "classify" ? header.classes : [],
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    notes: [],
    predict(features) {
      const rows = checkPredictionColumns(header.feature_names, features);
      return (header.task === "classify" ? header.priors : [header.mean]).map((value) => new Float64Array(rows).fill(value));
    },
    importance: () => [],
    encode: () => writeModelFile({ header, arrays: {} }),
  };
}
