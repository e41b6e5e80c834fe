import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";

/** The body of `POST /preview_matrix`. */
export const PreviewRequestSchema = z.strictObject({
  pack_id: IdSchema,
  model_id: IdSchema,
  start: z.iso.date().nullable().optional(),
  end: z.iso.date().nullable().optional(),
  sessions: z.int().min(1).max(20).default(2),
});
