import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { IndicatorEntrySchema } from "./indicator-set.schema.ts";
import { StrategyTagsSchema } from "./tags.schema.ts";

/** A column of the matrix: a feature, or a bar field such as `close`. */
const ColumnSchema = z.string().regex(/^[a-z][a-z0-9_.]{0,127}$/, "must name a column: lower-case letters, digits, _ and .");

const COMPARISONS = [">", ">=", "<", "<=", "==", "!="] as const;

/** Compares the decision row's value of a column. It does not hold when either side is unknown (NaN). */
export const ConditionSchema = z.strictObject({
  column: ColumnSchema,
  op: z.enum(COMPARISONS),
  value: z.union([z.number(), ColumnSchema]).describe("A number, or the name of another column"),
});
export type Condition = z.infer<typeof ConditionSchema>;

/** `all`: every condition must hold. `any`: at least one. */
const EntryRuleSchema = z.union([
  z.strictObject({ all: z.array(ConditionSchema).nonempty() }),
  z.strictObject({ any: z.array(ConditionSchema).nonempty() }),
]);
export type EntryRule = z.infer<typeof EntryRuleSchema>;

/** What ends a trade: the label's end always does; `brackets` also lets the policy's stop, target and time stop do so. */
const StrategyExitSchema = z.strictObject({ kind: z.enum(["label_end", "brackets"]) });

/**
 * `strategies/<name>.yaml`: a recipe inside a pack. Its entry rule filters the trades that the learner proposes,
 * in backtests and live alike; it never proposes one itself.
 */
export const StrategySchema = z.strictObject({
  name: IdSchema,
  version: z.int().positive(),
  default: z.boolean().default(false),
  description: z.string().min(20).max(500),
  tags: StrategyTagsSchema,
  indicators: z.array(IndicatorEntrySchema).nonempty().describe("Computed beside the model's indicator set; rules read their columns"),
  entry: EntryRuleSchema,
  exit: StrategyExitSchema.default({ kind: "label_end" }),
  side: z.enum(["long", "short", "both"]).describe("Candidates of the other side are dropped"),
});
export type Strategy = z.infer<typeof StrategySchema>;
