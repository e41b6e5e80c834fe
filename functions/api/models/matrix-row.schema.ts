import * as z from "zod";
import { MatrixStatusSchema } from "./matrix-status.ts";

export const MatrixRowSchema = z.strictObject({
  kind: z.literal("matrix"),
  pack_id: z.string(),
  model_id: z.string(),
  ...MatrixStatusSchema.shape,
  shared: z.boolean().describe("Whether it was made of data that everybody has, and is everybody's"),
  matrix: z.string().describe("Where its manifest is"),
});
export type MatrixRow = z.output<typeof MatrixRowSchema>;
