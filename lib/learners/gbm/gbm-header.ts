import * as z from "zod";
import { parseOr } from "../../errors/parse.ts";
import { ClassWeightsSchema, MonotoneSchema } from "../learner.schema.ts";
import { corrupt, type ModelFile } from "../model-file.ts";

const share = z.number().min(0).max(1);
const whole = z.int().min(0);

const shape = {
  algo: z.literal("gbm"),
  learner_version: z.int().positive(),
  feature_names: z.array(z.string()),
  priors: z.array(share).describe("Weighted share of each class in the training rows; none for a regression"),
  active_classes: z.array(whole).describe("Indices of the classes that had training rows, ascending; none for a regression"),
  base_score: z
    .array(z.number())
    .describe(
      "Margins before the first tree: one (log-odds of the second active class, or the mean of a regression), or one for each active class; none for a single class",
    ),
  seed: whole,
};

const params = {
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
};

/** Header of a `gbm` model file. */
const GbmHeaderSchema = z.strictObject({
  schema_version: z.literal(2),
  task: z.enum(["classify", "regress"]),
  classes: z.array(z.number()).describe("Label values, ascending; none for a regression"),
  degenerate: z.enum(["single_class", "constant_target"]).nullable(),
  ...shape,
  params: z.strictObject({
    ...params,
    early_stopping_rounds: whole,
    validation_share: share,
    class_weights: ClassWeightsSchema,
    monotone: MonotoneSchema,
  }),
  early_stopping: z
    .strictObject({
      rounds: whole,
      rounds_tried: whole,
      validation_rows: whole,
      purged_rows: whole,
      validation_loss: z.number().min(0),
    })
    .nullable()
    .describe("How the number of rounds was found; null = it was given"),
  training: z.strictObject({
    rows: z.int().positive(),
    weight: z.number().positive(),
    loss: z.number().min(0).describe("Weighted mean log loss or squared error on the training rows; it says nothing about skill"),
  }),
});
export type GbmHeader = z.infer<typeof GbmHeaderSchema>;

/** As written before there were regressions. */
const FirstHeaderSchema = z.strictObject({
  schema_version: z.literal(1),
  classes: z.array(z.number()).min(1),
  degenerate: z.enum(["single_class"]).nullable(),
  ...shape,
  params: z.strictObject(params),
  training: z.strictObject({ rows: z.int().positive(), weight: z.number().positive(), log_loss: z.number().min(0) }),
});

/** @throws ARTIFACT_CORRUPT when the header breaks the rules of both versions of the format */
export function readGbmHeader(header: ModelFile["header"]): GbmHeader {
  const what = "The header of the model file";
  if (header["schema_version"] !== 1) return parseOr("ARTIFACT_CORRUPT", GbmHeaderSchema, header, what);
  const { training, params, ...first } = parseOr("ARTIFACT_CORRUPT", FirstHeaderSchema, header, what);
  const { log_loss, ...counted } = training;
  return {
    ...first,
    schema_version: 2,
    task: "classify",
    params: { ...params, early_stopping_rounds: 0, validation_share: 0.2, class_weights: "none", monotone: {} },
    early_stopping: null,
    training: { ...counted, loss: log_loss },
  };
}

/** @throws ARTIFACT_CORRUPT when parts of the header contradict each other, or the number of trees */
export function checkGbmHeader(header: GbmHeader, trees: number): void {
  const { task, active_classes: active, base_score: base, classes, priors, degenerate } = header;
  if (task === "regress") {
    if (classes.length + priors.length + active.length > 0) throw corrupt("no classes for a regression", `"${classes}"`);
    if (base.length !== 1) throw corrupt('"1" base score', `"${base.length}"`);
    if (degenerate === "single_class") throw corrupt("no single class for a regression", `"${degenerate}"`);
    return;
  }
  const margins = active.length === 1 ? 0 : active.length === 2 ? 1 : active.length;
  if (classes.length < 1 || active.length < 1) throw corrupt("at least one class", "none");
  if (priors.length !== classes.length) throw corrupt(`"${classes.length}" priors`, `"${priors.length}"`);
  if (active.some((k, i) => k >= classes.length || (i > 0 && k <= active[i - 1]!))) throw corrupt("ascending class indices", `"${active}"`);
  if (base.length !== margins) throw corrupt(`"${margins}" base scores`, `"${base.length}"`);
  if (degenerate !== (active.length === 1 ? "single_class" : null)) throw corrupt("one active class exactly if degenerate", `"${active}"`);
  if (margins === 0 ? trees !== 0 : trees % margins !== 0) throw corrupt(`whole rounds of "${margins}" trees`, `"${trees}" trees`);
}
