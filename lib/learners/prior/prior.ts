import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import type { FittedModel, Learner } from "../define-learner.ts";
import { corrupt, type ModelFile, writeModelFile } from "../model-file.ts";
import { checkPredictionColumns, checkTrainingRows, classShares } from "../training-rows.ts";

const PRIOR_VERSION = 1;

/** Header of a `prior` model file, which has no arrays. */
const PriorHeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  algo: z.literal("prior"),
  learner_version: z.int().positive(),
  classes: z.array(z.number()).min(1),
  feature_names: z.array(z.string()),
  degenerate: z.enum(["single_class"]).nullable(),
  priors: z.array(z.number().min(0).max(1)),
  training: z.strictObject({ rows: z.int().positive(), weight: z.number().positive() }),
});
type PriorHeader = z.infer<typeof PriorHeaderSchema>;

/** The floor of every report: predicts the weighted base rates of the training rows, whatever the features. */
export const prior: Learner<Readonly<Record<string, never>>> = {
  algo: "prior",
  version: PRIOR_VERSION,
  fit(rows) {
    checkTrainingRows(rows);
    const { shares, weightSum } = classShares(rows);
    return createPriorModel({
      schema_version: 1,
      algo: "prior",
      learner_version: PRIOR_VERSION,
      classes: [...rows.classes],
      feature_names: [...rows.featureNames],
      degenerate: shares.filter((share) => share > 0).length === 1 ? "single_class" : null,
      priors: shares,
      training: { rows: rows.rows, weight: weightSum },
    });
  },
};

/** @throws ARTIFACT_CORRUPT when the header breaks the rules of the format */
export function priorModelFromFile({ header, arrays }: ModelFile): FittedModel {
  const known = parseOr("ARTIFACT_CORRUPT", PriorHeaderSchema, header, "The header of the model file");
  if (known.priors.length !== known.classes.length) throw corrupt(`"${known.classes.length}" priors`, `"${known.priors.length}"`);
  if (Object.keys(arrays).length > 0) throw corrupt("no arrays for a prior", `"${Object.keys(arrays)}"`);
  return createPriorModel(known);
}

function createPriorModel(header: PriorHeader): FittedModel {
  return {
    algo: "prior",
    classes: header.classes,
    featureNames: header.feature_names,
    degenerate: header.degenerate,
    predict(features) {
      const rows = checkPredictionColumns(header.feature_names, features);
      return header.priors.map((share) => new Float64Array(rows).fill(share));
    },
    importance: () => [],
    encode: () => writeModelFile({ header, arrays: {} }),
  };
}
