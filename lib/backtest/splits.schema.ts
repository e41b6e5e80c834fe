import * as z from "zod";

/**
 * How the history is divided. With the matrix and the learner this identifies the fold predictions, so every
 * backtest and sweep with equal splits shares one fit.
 */
export const SplitsSchema = z
  .strictObject({
    kind: z.literal("walk_forward").default("walk_forward"),
    window: z
      .enum(["expanding", "rolling"])
      .default("expanding")
      .describe("Expanding trains on all of the past, rolling on as many rows as the first fold had"),
    splits: z.int().min(1).max(50).default(5).describe("Test blocks"),
    embargo_bars: z.int().min(0).nullable().default(null).describe("Bars between train and test; null = the label's horizon"),
    embargo: z.number().min(0).lt(1).nullable().default(null).describe("The classic form: a fraction of the rows"),
    first_train_share: z.number().gt(0).lt(1).default(0.3).describe("Share of the development rows before the first test block"),
    inner_folds: z.int().min(2).max(10).default(3).describe("Purged folds inside each training set, for calibration"),
    holdout_share: z.number().min(0).max(0.5).default(0.15).describe("Last share of the window, which no choice may read"),
  })
  .refine((splits) => splits.embargo === null || splits.embargo_bars === null, {
    message: "give the embargo in bars (embargo_bars) or as a fraction (embargo), not both",
    path: ["embargo"],
  });
export type Splits = z.infer<typeof SplitsSchema>;
