import * as z from "zod";
import { TrainRequestSchema } from "#lib/training/train-request.schema.ts";

/** The body of `POST /train`: who decides against a gate is known, why is asked. */
export const TrainBodySchema = TrainRequestSchema.omit({ override: true }).extend({
  override_reason: z
    .string()
    .min(3)
    .max(500)
    .optional()
    .describe("Needed for MARGINAL and MARGINAL_SIG rows: why you decide against the gate. It is recorded with your name"),
});
