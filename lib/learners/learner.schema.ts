import * as z from "zod";

/** Weights that make rare classes count for more in training. */
export const ClassWeightsSchema = z.union([
  z.enum(["none", "balanced"]),
  z.record(z.string().regex(/^-?\d+$/, "must be a label value such as -1"), z.number().gt(0).max(1e6)),
]);

/** Direction of the prediction with a feature: 1 = never falls, -1 = never rises while the feature rises. */
export const MonotoneSchema = z.record(z.string().min(1).max(128), z.union([z.literal(1), z.literal(-1)]));

/** Parameters of the histogram gradient-boosted trees; absent = the default of the model's cadence. */
export const GbmParamsSchema = z.strictObject({
  trees: z.int().min(1).max(5000).optional(),
  max_depth: z.int().min(1).max(12).optional(),
  learning_rate: z.number().gt(0).max(1).optional(),
  min_child_rows: z.int().min(1).optional().describe("Fewest training rows in a leaf"),
  min_child_weight: z.number().min(0).optional().describe("Smallest sum of hessians in a leaf"),
  subsample: z.number().gt(0).max(1).optional().describe("Share of rows drawn for each tree, without replacement"),
  colsample: z.number().gt(0).max(1).optional().describe("Share of columns drawn for each tree"),
  l2: z.number().min(0).optional().describe("Added to the hessian sum of a leaf"),
  l1: z.number().min(0).optional().describe("Taken off the size of a leaf's gradient sum"),
  max_bins: z.int().min(2).max(255).optional().describe("Most thresholds of a feature, plus one"),
  early_stopping_rounds: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe("Trees are added until the loss on the newest training rows has not fallen for so many rounds; 0 (default) = all trees"),
  validation_share: z
    .number()
    .gt(0)
    .max(0.5)
    .optional()
    .describe("Share of the training rows, the newest, that early stopping watches; rows whose labels reach into it are left out"),
  class_weights: ClassWeightsSchema.optional().describe(
    'Factors on the rows of each class: none (default), balanced (every class weighs the same) or such as { "-1": 2, "1": 1 }. Predicted probabilities are led back to the base rates of the training rows',
  ),
  monotone: MonotoneSchema.optional().describe(
    "By feature name or glob: 1 = the prediction never falls while the feature rises, -1 = never rises. Unknown values are free",
  ),
});
export type GbmParams = z.infer<typeof GbmParamsSchema>;

/** Parameters of the random forest; absent = the default of the model's cadence. */
export const RfParamsSchema = z.strictObject({
  trees: z.int().min(1).max(5000).optional(),
  max_depth: z.int().min(1).max(30).optional(),
  min_child_rows: z.int().min(1).optional().describe("Fewest distinct training rows in a leaf"),
  mtry: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe("Features that each split looks at; 0 (default) = square root of all, a third for a number"),
  subsample: z.number().gt(0).max(1).optional().describe("Rows drawn for each tree, with replacement, as a share of all"),
  max_bins: z.int().min(2).max(255).optional(),
});
export type RfParams = z.infer<typeof RfParamsSchema>;

/** Parameters of the single tree; absent = the default of the model's cadence. */
export const CartParamsSchema = z.strictObject({
  max_depth: z.int().min(1).max(30).optional(),
  min_rows: z.int().min(1).optional().describe("A node of so many rows or fewer is not split"),
  min_gain: z.number().min(0).max(1).optional().describe("Smallest fall of the Gini impurity by a split; classes only"),
  max_rows: z
    .int()
    .min(10)
    .max(2000)
    .optional()
    .describe("Rows that the tree is grown on, default 1000; of more a seeded sample is drawn. Its time grows with their square"),
});
export type CartParams = z.infer<typeof CartParamsSchema>;

/** Parameters of the linear model; absent = the default of the model's cadence. */
export const LogitParamsSchema = z.strictObject({
  lambda: z.number().min(0).max(1000).optional().describe("Strength of the penalty, against a mean log loss (or halved squared error)"),
  l1_ratio: z.number().min(0).max(1).optional().describe("Share of the penalty that is absolute (lasso); the rest is squared (ridge)"),
  max_iter: z.int().min(1).max(10_000).optional(),
  tol: z.number().gt(0).max(0.1).optional().describe("Ends when no standardised coefficient moves by more"),
});
export type LogitParams = z.infer<typeof LogitParamsSchema>;

export const CALIBRATIONS = ["none", "sigmoid", "isotonic"] as const;
export type Calibration = (typeof CALIBRATIONS)[number];

/** Learners that are fitted here; an imported model is none of them. */
export const LEARNERS = ["gbm", "rf", "cart", "logit", "prior"] as const;

/** Which imported model, by the digest of its file. */
export const ModelShaSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "must be the 64 hex digits that sigma models import prints")
  .describe("Digest of a LightGBM text model that was imported: it is frozen, fitting returns it");

const calibration = z.enum(CALIBRATIONS).default("sigmoid");
const shared = {
  seed: z.int().min(0).default(2025),
  sample_weights: z.enum(["uniqueness", "equal"]).default("uniqueness"),
};

export const LearnerSchema = z.discriminatedUnion("algo", [
  z.strictObject({
    algo: z.enum(["gbm", "xgb"]).transform(() => "gbm" as const),
    params: GbmParamsSchema.prefault({}),
    calibration,
    ...shared,
  }),
  z.strictObject({ algo: z.literal("rf"), params: RfParamsSchema.prefault({}), calibration, ...shared }),
  z.strictObject({ algo: z.literal("cart"), params: CartParamsSchema.prefault({}), calibration, ...shared }),
  z.strictObject({ algo: z.literal("logit"), params: LogitParamsSchema.prefault({}), calibration, ...shared }),
  z.strictObject({
    algo: z.literal("lightgbm"),
    model_sha256: ModelShaSchema,
    params: z.strictObject({}).prefault({}),
    calibration,
    ...shared,
  }),
  z.strictObject({
    algo: z.literal("prior"),
    params: z.strictObject({}).prefault({}),
    calibration: z.literal("none").default("none"),
    ...shared,
  }),
]);
export type LearnerConfig = z.infer<typeof LearnerSchema>;

/** Whether a learner is a model that was trained elsewhere, on rows that nobody knows. */
export const isImported = ({ algo }: Pick<LearnerConfig, "algo">): boolean => algo === "lightgbm";
