import * as z from "zod";
import { IdSchema } from "../core/ids.ts";

/** What `POST /train` is asked. Without rows a baseline is trained, which no gate has judged. */
export const TrainRequestSchema = z.strictObject({
  model_id: IdSchema,
  pack_id: IdSchema,
  rows: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,127}$/))
    .min(1)
    .max(5)
    .optional()
    .describe("Leaderboard row ids"),
  /** Needed for MARGINAL and MARGINAL_SIG rows: who decides against the gate, and why, is recorded. */
  override: z.strictObject({ by: z.string().min(1).max(64), reason: z.string().min(3).max(500) }).optional(),
  research: z.boolean().default(false).describe("Train whatever the gate says; the model is UNPROVEN for good"),
  tag: z.string().min(1).max(64).default("train"),
});
