import * as z from "zod";
import { IdSchema } from "../core/ids.ts";

/** What a person may say when published models are scored at once. */
export const RunSignalsSchema = z.strictObject({
  as_of: z.iso.datetime().nullable().default(null).describe("Replay: score as if now were this time; null = the clock"),
  trained_model_id: IdSchema.nullable().default(null).describe("Only this model; null = every published one of yours"),
});
