import * as z from "zod";

/** Parameters of the histogram gradient-boosted trees; absent = the default of the model's cadence. */
export const GbmParamsSchema = z.strictObject({
  trees: z.int().min(1).max(5000).optional(),
  max_depth: z.int().min(1).max(12).optional(),
  learning_rate: z.number().gt(0).max(1).optional(),
  min_child_rows: z.int().min(1).optional().describe("Fewest training rows in a leaf"),
  min_child_weight: z.number().min(0).optional().describe("Smallest sum of hessians in a leaf"),
  subsample: z.number().gt(0).max(1).optional().describe("Share of rows drawn for each tree, without replacement"),
  colsample: z.number().gt(0).max(1).optional().describe("Share of columns drawn for each tree"),
  l2: z.number().min(0).optional(),
  l1: z.number().min(0).optional(),
  max_bins: z.int().min(2).max(255).optional(),
});
export type GbmParams = z.infer<typeof GbmParamsSchema>;

export const CALIBRATIONS = ["none", "sigmoid", "isotonic"] as const;
export type Calibration = (typeof CALIBRATIONS)[number];

export const LearnerSchema = z.discriminatedUnion("algo", [
  z.strictObject({
    algo: z.enum(["gbm", "xgb"]).transform(() => "gbm" as const),
    params: GbmParamsSchema.prefault({}),
    calibration: z.enum(CALIBRATIONS).default("sigmoid"),
    seed: z.int().min(0).default(2025),
    sample_weights: z.enum(["uniqueness", "equal"]).default("uniqueness"),
  }),
  z.strictObject({
    algo: z.literal("prior"),
    params: z.strictObject({}).prefault({}),
    calibration: z.literal("none").default("none"),
    seed: z.int().min(0).default(2025),
    sample_weights: z.enum(["uniqueness", "equal"]).default("uniqueness"),
  }),
]);
export type LearnerConfig = z.infer<typeof LearnerSchema>;
