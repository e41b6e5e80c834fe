import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { ConditionSchema } from "./condition.schema.ts";
import { IndicatorEntrySchema } from "./indicator-set.schema.ts";
import { StrategyTagsSchema } from "./tags.schema.ts";

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
