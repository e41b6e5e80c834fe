import * as z from "zod";
import { IdSchema } from "../core/ids.ts";

/** A value of an indicator's parameter; the indicator's own schema says which it takes. */
const ParameterSchema = z.union([z.number(), z.string().min(1).max(64), z.boolean(), z.null()]);

/** One indicator with its parameters flat beside its name, as in `{ name: macd, fast: 12, slow: 26, signal: 9 }`. */
export const IndicatorEntrySchema = z
  .object({ name: IdSchema.describe("Name in the indicator catalogue, or an alias such as rsi_14") })
  .catchall(ParameterSchema);
export type IndicatorEntry = z.infer<typeof IndicatorEntrySchema>;

/** `indicator_sets/<name>.yaml`: a versioned list of indicators. */
export const IndicatorSetSchema = z.strictObject({
  name: IdSchema,
  version: z.int().positive(),
  description: z.string().min(1).max(500).optional(),
  indicators: z.array(IndicatorEntrySchema).nonempty(),
});
export type IndicatorSet = z.infer<typeof IndicatorSetSchema>;
