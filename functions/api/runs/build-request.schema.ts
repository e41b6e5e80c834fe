import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { MODEL_FACTS } from "./model-facts.schema.ts";
import { isWindow, WINDOW_ORDER } from "./window-order.schema.ts";

/** The body of `POST /build_matrix`. */
export const BuildRequestSchema = z
  .strictObject({
    pack_id: IdSchema,
    model_id: IdSchema,
    start: z.iso.date().nullable().optional().describe("First session; null or absent = as the model says"),
    end: z.iso.date().nullable().optional().describe("Session after the last one"),
    ...MODEL_FACTS,
    force: z.boolean().default(false).describe("Build anew, and accept failed quality checks, which is recorded"),
    tag: z.string().min(1).max(64).default("build"),
  })
  .refine(isWindow, WINDOW_ORDER);
export type BuildRequest = z.infer<typeof BuildRequestSchema>;
