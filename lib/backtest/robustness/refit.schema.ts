import * as z from "zod";

const predictionSha = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("Names the refit's own fold predictions");

/** One more fit of all folds, for a question about robustness. */
export const RefitSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("seed"), seed: z.int().min(0), prediction_sha: predictionSha }),
  z.strictObject({
    kind: z.literal("permuted_labels"),
    draw: z.int().min(0),
    block_rows: z.int().positive(),
    prediction_sha: predictionSha,
  }),
]);
export type Refit = z.infer<typeof RefitSchema>;
