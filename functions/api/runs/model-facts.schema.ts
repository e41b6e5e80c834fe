import * as z from "zod";
import { SymbolSchema } from "#lib/core/ids.ts";

/** What the classic requests repeat of a model. A model has one ticker and one width; another one is another model. */
export const MODEL_FACTS = {
  ticker: SymbolSchema.optional().describe("Must be the model's own"),
  distance_max: z.int().min(0).max(50).optional().describe("Must be the model's own features.flow.distance_max"),
};
