import * as z from "zod";
import { LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { TrainedModelSchema } from "#lib/publishing/trained-model.schema.ts";

const ResultSchema = z.strictObject({
  row: LeaderboardRowSchema,
  is_current: z.boolean().describe("Whether it was found for the model as it is now, and not for an earlier definition of it"),
});

const trained = TrainedModelSchema.shape;
const TrainedSchema = z.strictObject({
  trained_model_id: trained.trained_model_id,
  status: trained.status,
  gate_status: trained.gate_status,
  proven: trained.proven,
  research: trained.research,
  holdout: trained.holdout,
  created_at: trained.created_at,
  is_current: z.boolean(),
});

/** What is known of how well a model does: its best results, those that the gate passes, and what was trained of it. */
export const ModelPerformanceSchema = z.strictObject({
  model_id: z.string(),
  pack_id: z.string(),
  best: z.array(ResultSchema).describe("Leaderboard rows of the model, best first, at most five"),
  best_passed: ResultSchema.nullable().describe("The best row that the gate passes; null = none"),
  trained: z.array(TrainedSchema).describe("Trained models with what their holdout showed, by their ids"),
});
export type ModelPerformance = z.infer<typeof ModelPerformanceSchema>;
