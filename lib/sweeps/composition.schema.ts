import * as z from "zod";
import { ModelChangeSchema } from "../models/model-change.schema.ts";

/** One way to put the model together: what it changes of the model, and by which name people know it. */
export const CompositionSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe("First 16 hex digits of the SHA-256 of the changes"),
  label: z.string().min(1).max(300),
  change: ModelChangeSchema,
});
export type Composition = z.infer<typeof CompositionSchema>;
