import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { ColumnSchema, ConditionSchema } from "./condition.schema.ts";

/** A value of an indicator's parameter; the indicator's own schema says which it takes. */
const ParameterSchema = z.union([z.number(), z.string().min(1).max(64), z.boolean(), z.null()]);

/** One indicator with its parameters flat beside its name, as in `{ name: macd, fast: 12, slow: 26, signal: 9 }`. */
export const IndicatorEntrySchema = z
  .object({ name: IdSchema.describe("Name in the indicator catalogue, or an alias such as rsi_14") })
  .catchall(ParameterSchema);
export type IndicatorEntry = z.infer<typeof IndicatorEntrySchema>;

/** How a scanner orders the members of a universe by what its indicators say of each one's last closed bar. */
const ScanRuleSchema = z.strictObject({
  where: z.array(ConditionSchema).max(10).default([]).describe("Members that fulfil all of these stand before those that do not"),
  rank: z
    .array(
      z.strictObject({
        column: ColumnSchema,
        best: z.enum(["high", "low"]).default("high").describe("Which end of the column is the better one"),
        weight: z.number().gt(0).max(100).default(1),
      }),
    )
    .nonempty()
    .max(10)
    .describe("The score is the weighted mean of a member's percentiles in these columns among all that are ranked"),
});

/** `indicator_sets/<name>.yaml`: a versioned list of indicators; with a `scan`, a scanner too. */
export const IndicatorSetSchema = z.strictObject({
  name: IdSchema,
  version: z.int().positive(),
  description: z.string().min(1).max(500).optional(),
  indicators: z.array(IndicatorEntrySchema).nonempty(),
  scan: ScanRuleSchema.optional().describe("Makes the set a scanner: its columns rank the symbols of a universe"),
});
export type IndicatorSet = z.infer<typeof IndicatorSetSchema>;
