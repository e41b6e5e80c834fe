import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";

const value = z.number().nullable();

/** What a finished sweep says in one screen; its rows stand on the leaderboard and in its results. */
export const SweepRecordSchema = z.strictObject({
  schema_version: z.literal(1),
  sweep_id: z.string().regex(/^swp_[0-9a-f]{24}$/),
  owner: OwnerSchema,
  run_id: z.string(),
  pack_id: IdSchema,
  model_id: IdSchema,
  risk_profile: z.string(),
  tag: z.string().nullable(),
  created_at: z.string(),
  plan_key: z.string(),
  variants: z.int().nonnegative(),
  failed_variants: z.int().nonnegative(),
  distinct: z.int().nonnegative().describe("Distinct daily return vectors"),
  distinct_trade_lists: z.int().nonnegative(),
  trials: z.int().nonnegative().describe("Distinct variants ever evaluated in the lineage, this sweep included"),
  pass: z.int().nonnegative(),
  marginal: z.int().nonnegative(),
  marginal_sig: z.int().nonnegative(),
  fail: z.int().nonnegative(),
  below_min_trades: z.int().nonnegative(),
  below_min_sharpe: z.int().nonnegative(),
  dsr_best: value,
  pbo: value,
  p_oos_loss: value,
  luck_sharpe: value.describe("Annual Sharpe ratio that the best of as many variants without skill would show"),
  log_loss: value.describe("Pooled out-of-sample log loss; of several compositions the first one's"),
  prior_log_loss: value,
  compositions: z
    .array(
      z.strictObject({
        id: z.string(),
        label: z.string(),
        plan_key: z.string(),
        matrix_sha: z.string(),
        prediction_sha: z.string(),
        variants: z.int().nonnegative(),
        pass: z.int().nonnegative(),
        best_score: value,
        best_row: z.string().nullable(),
        log_loss: value,
        prior_log_loss: value,
      }),
    )
    .default([])
    .describe("Each composition, in the order of the plan; empty for a sweep of the model as it is"),
  best_rows: z.array(z.string()).describe("Ids of the recommended rows, best first; empty when no variant finished"),
  selection: z.enum(["best_score", "plateau_centre", "none"]),
  warnings: z.array(z.string()),
  remedy: z.string(),
  stamps: z.array(z.string()),
  lineage: LineageSchema,
});
export type SweepRecord = z.infer<typeof SweepRecordSchema>;
