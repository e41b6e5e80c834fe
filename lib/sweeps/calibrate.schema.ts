import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { HourThresholdsSchema, THRESHOLD_MODES } from "./variant.schema.ts";

const number = z.number();

/** What every calibration is asked. It reads the rows before the first walk-forward test block, and no others. */
const common = {
  model_id: IdSchema,
  pack_id: IdSchema,
  threshold_mode: z.enum(THRESHOLD_MODES).optional().describe("Default: edge at daily cadence, probability intraday"),
  min_trades: z.int().min(1).max(1_000_000).default(20).describe("A candidate, and an hour, with fewer trades is not chosen"),
  tag: z.string().min(1).max(64).optional(),
};

export const CalibrateThresholdsSchema = z.strictObject({
  ...common,
  thresholds: z.array(number).nonempty().max(100).optional().describe("Candidates; default: those of the simple grid, in finer steps"),
  per_hour: z.boolean().optional().describe("Also one threshold an hour of the entry bar (New York); default: intraday models"),
  shrinkage: number
    .min(0)
    .max(1_000_000)
    .default(50)
    .describe("k: an hour with n trades moves n / (n + k) of the way from the global threshold to its own"),
});

export const CalibrateBracketsSchema = z.strictObject({
  ...common,
  threshold: number.optional().describe("In force while brackets are compared; default: the neutral one"),
  stop_loss: z.array(number.gt(0).lt(1)).nonempty().max(50).default([0.02, 0.05, 0.1]).describe("Fractions of the entry price"),
  take_profit: z.array(number.gt(0).max(50)).nonempty().max(50).default([1.5, 2, 3]).describe("Multiples of the stop distance"),
  time_stop: z.array(z.int().positive()).nonempty().max(50).optional().describe("Bars"),
});

/** A calibration as its machine is asked. */
export const CalibrateRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("thresholds"), ...CalibrateThresholdsSchema.shape }),
  z.strictObject({ kind: z.literal("brackets"), ...CalibrateBracketsSchema.shape }),
]);
export type CalibrateRequest = z.infer<typeof CalibrateRequestSchema>;

const value = z.number().nullable();

/** One candidate as it did on the inner folds. */
const CandidateSchema = z.strictObject({
  hour: z.int().nullable().describe("Hour of entry bars; null = all"),
  threshold: value,
  stop_loss: value,
  take_profit: value,
  time_stop_bars: z.int().nullable(),
  trades: z.int().nonnegative(),
  residual_sharpe: value,
  total_return: value,
});
export type CalibrationCandidate = z.infer<typeof CandidateSchema>;

/** An hour's threshold on its way from the global one to its own. */
const HourThresholdSchema = z.strictObject({
  hour: z.int(),
  trades: z.int().nonnegative().describe("Of the hour's own best threshold"),
  own: value.describe("The hour's best threshold; null = none had enough trades"),
  weight: z.number().describe("n / (n + k); 0 without an own threshold"),
  threshold: value.describe("What is recommended"),
});
export type CalibratedHour = z.infer<typeof HourThresholdSchema>;

/** What a calibration recommends, and everything it looked at. */
export const CalibrationSchema = z.strictObject({
  schema_version: z.literal(1),
  kind: z.enum(["thresholds", "brackets"]),
  plan_key: z.string(),
  model_id: IdSchema,
  pack_id: IdSchema,
  threshold_mode: z.enum(THRESHOLD_MODES),
  rows: z.strictObject({ first: z.string(), last: z.string(), sessions: z.int() }).describe("What was read"),
  inner_folds: z.int(),
  min_trades: z.int(),
  threshold: value.describe("Of all hours; null = no candidate had enough trades"),
  hours: z.array(HourThresholdSchema),
  hour_thresholds: HourThresholdsSchema.nullable().describe("The hours that differ from the threshold, as a backtest takes them"),
  brackets: z
    .strictObject({ stop_loss: value, take_profit: value, time_stop_bars: z.int().nullable() })
    .nullable()
    .describe("null = no calibration of brackets, or none had enough trades; all null inside = none is best"),
  candidates: z.array(CandidateSchema),
  trials: z.int().nonnegative().describe("Distinct variants that the lineage's ledger holds, these included"),
  added_trials: z.int().nonnegative(),
  notes: z.array(z.string()),
});
export type Calibration = z.infer<typeof CalibrationSchema>;
