import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { CALIBRATIONS } from "../learners/learner.schema.ts";
import { HourThresholdsSchema, THRESHOLD_MODES } from "../sweeps/variant.schema.ts";
import { ROBUSTNESS_LEVELS } from "./robustness/robustness.schema.ts";
import { SplitsRequestSchema } from "./splits-request.schema.ts";

/** Numbers as a list or as CSV text, as the classic form has them. */
export const NumbersSchema = z.union([
  z.array(z.number()).nonempty(),
  z
    .string()
    .min(1)
    .max(200)
    .transform((text, context) => {
      const values = text.split(",").map((part) => Number(part.trim()));
      if (values.length > 0 && values.every((value) => Number.isFinite(value))) return values as [number, ...number[]];
      context.addIssue({ code: "custom", message: `must be numbers separated by commas; found "${text}"` });
      return z.NEVER;
    }),
]);

/** What `POST /backtest` is asked. Each threshold is evaluated, and each counts as a trial. */
export const BacktestRequestSchema = z.strictObject({
  model_id: IdSchema,
  pack_id: IdSchema,
  thresholds: NumbersSchema.optional().describe("List or CSV; absent = the mode's neutral threshold"),
  threshold_mode: z.enum(THRESHOLD_MODES).optional().describe("Default: edge at daily cadence, probability intraday"),
  hour_thresholds: HourThresholdsSchema.optional().describe(
    'Thresholds by hour (New York) of the entry bar, such as { "10": 0.6 }, in every variant; other hours take the threshold',
  ),
  top_pct: z.number().gt(0).max(1).optional(),
  splits: SplitsRequestSchema,
  embargo: z.number().min(0).lt(0.5).optional().describe("Classic: fraction of the rows"),
  embargo_bars: z.int().min(0).optional(),
  allowed_hours: NumbersSchema.optional().describe("Hours (New York) of entry bars, list or CSV"),
  calibration: z.enum(CALIBRATIONS).optional(),
  momentum_gate: z.boolean().optional(),
  momentum_min: z.number().optional(),
  momentum_column: z.string().min(1).max(128).optional(),
  size_by_conf: z.boolean().optional(),
  conf_cap: z.number().min(0).max(1).optional(),
  robustness: z
    .enum(ROBUSTNESS_LEVELS)
    .default("quick")
    .describe("quick = costs, later entries, capacity, random entries; full adds four learner seeds and five draws of permuted labels"),
  tag: z.string().min(1).max(64).default("backtest"),
  save: z.boolean().default(true).describe("Whether the results enter the leaderboard; they count as trials in any case"),
});
export type BacktestRequest = z.infer<typeof BacktestRequestSchema>;
