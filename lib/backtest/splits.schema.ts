import * as z from "zod";
import { pathCount, splitCount } from "./split-count.ts";

/** Share of the development rows before the first walk-forward test block, unless told otherwise. */
export const FIRST_TRAIN_SHARE = 0.3;
/** Each split is a fit: more of them would cost more than they could say. */
const MOST_SPLITS = 100;

/** What every kind of split has. */
const common = {
  embargo_bars: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe("Bars kept out of training beside a test block; null = the label's horizon"),
  embargo: z.number().min(0).lt(1).nullable().default(null).describe("The classic form: a fraction of the rows"),
  inner_folds: z.int().min(2).max(10).default(3).describe("Purged folds inside each training set, for calibration"),
  holdout_share: z.number().min(0).max(0.5).default(0.15).describe("Last share of the window, which no choice may read"),
};

export const WalkForwardSchema = z.strictObject({
  kind: z.literal("walk_forward").default("walk_forward"),
  window: z
    .enum(["expanding", "rolling"])
    .default("expanding")
    .describe("Expanding trains on all of the past, rolling on as many rows as the first fold had"),
  splits: z.int().min(1).max(50).default(5).describe("Test blocks"),
  first_train_share: z
    .number()
    .gt(0)
    .lt(1)
    .default(FIRST_TRAIN_SHARE)
    .describe("Share of the development rows before the first test block"),
  ...common,
});
export type WalkForwardSplits = z.infer<typeof WalkForwardSchema>;

/** The fields that choose a purged k-fold, in a request and in a plan alike. */
export const PURGED_KFOLD = {
  kind: z.literal("purged_kfold"),
  splits: z.int().min(2).max(20).default(5).describe("Groups of rows; each is tested once by a model of all the others"),
};

/** The fields that choose combinatorial splits, in a request and in a plan alike. */
export const CPCV = {
  kind: z.literal("cpcv"),
  n_groups: z.int().min(3).max(20).default(6).describe("Groups of rows, in time order"),
  k_test: z.int().min(1).max(19).default(2).describe("Groups that each split tests; below n_groups"),
};

/** What keeps combinatorial splits possible and payable. */
export function checkCpcv({ value, issues }: z.core.ParsePayload<{ readonly n_groups: number; readonly k_test: number }>): void {
  const { n_groups, k_test } = value;
  const refuse = (path: string, message: string): void => {
    issues.push({ code: "custom", path: [path], message, input: value });
  };
  if (k_test >= n_groups) refuse("k_test", `must be below n_groups "${n_groups}"; found "${k_test}"`);
  else if (splitCount(n_groups, k_test) > MOST_SPLITS)
    refuse(
      "n_groups",
      `"${n_groups}" groups of which "${k_test}" are tested make "${splitCount(n_groups, k_test)}" splits; at most "${MOST_SPLITS}" are allowed. Use fewer groups, or test one`,
    );
}

/**
 * How the history is divided. With the matrix and the learner this identifies the fold predictions, so every
 * backtest and sweep with equal splits shares one fit. Without a kind it is walk-forward.
 */
export const SplitsSchema = z
  .preprocess(
    (value) => (typeof value === "object" && value !== null && !("kind" in value) ? { kind: "walk_forward", ...value } : value),
    z.discriminatedUnion("kind", [
      WalkForwardSchema,
      z.strictObject({ ...PURGED_KFOLD, ...common }),
      z.strictObject({ ...CPCV, ...common }).check(checkCpcv),
    ]),
  )
  .refine((splits) => splits.embargo === null || splits.embargo_bars === null, {
    message: "give the embargo in bars (embargo_bars) or as a fraction (embargo), not both",
    path: ["embargo"],
  });
export type Splits = z.infer<typeof SplitsSchema>;

/** K-fold and combinatorial models have seen rows after their test blocks: such a result says what is stable, not what was earned. */
export const trainsOnLaterRows = ({ kind }: Pick<Splits, "kind">): boolean => kind !== "walk_forward";

/** Complete out-of-sample paths that the splits make. */
export const pathsOfSplits = (splits: Splits): number => (splits.kind === "cpcv" ? pathCount(splits.n_groups, splits.k_test) : 1);
