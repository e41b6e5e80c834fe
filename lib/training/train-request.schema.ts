import * as z from "zod";
import { NumbersSchema } from "../backtest/backtest-request.schema.ts";
import { IdSchema } from "../core/ids.ts";
import { CALIBRATIONS } from "../learners/learner.schema.ts";

/** What `POST /train` is asked. Without rows a baseline is trained, which no gate has judged. */
export const TrainRequestSchema = z.strictObject({
  model_id: IdSchema,
  pack_id: IdSchema,
  rows: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,127}$/, "must be the id of a row of the leaderboard"))
    .min(1)
    .max(5)
    .optional()
    .describe("Leaderboard row ids"),
  allowed_hours: NumbersSchema.optional().describe(
    "Without rows: hours (New York) in which the model may trade, list or CSV. A row brings its own",
  ),
  calibration: z.enum(CALIBRATIONS).optional().describe("Without rows: calibration of the probabilities. A row brings its own"),
  target: z.enum(["y", "y_syn"]).optional().describe("The label's column: y, of which y_syn is the classic name"),
  /** Needed for MARGINAL and MARGINAL_SIG rows: who decides against the gate, and why, is recorded. */
  override: z.strictObject({ by: z.string().min(1).max(64), reason: z.string().min(3).max(500) }).optional(),
  research: z.boolean().default(false).describe("Train whatever the gate says; the model is UNPROVEN for good"),
  tag: z.string().min(1).max(64).default("train"),
});
export type TrainRequest = z.infer<typeof TrainRequestSchema>;
