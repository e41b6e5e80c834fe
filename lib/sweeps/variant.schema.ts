import * as z from "zod";
import { STRIKE_FORM, STRIKE_WORDS } from "../options/strike-selection.ts";
import { ConditionSchema } from "../packs/condition.schema.ts";

export const THRESHOLD_MODES = ["probability", "edge"] as const;
export const SLIPPAGE_LEVELS = ["optimistic", "realistic", "pessimistic"] as const;
export const ENTRY_TYPES = ["market", "limit", "limit_buffer"] as const;
export const OPTION_TYPES = ["call", "put", "both"] as const;

/** Multiples of the policy's slippage. */
export const SLIPPAGE_FACTORS = { optimistic: 0.5, realistic: 1, pessimistic: 2 } as const satisfies Record<
  (typeof SLIPPAGE_LEVELS)[number],
  number
>;

/** Thresholds by the hour (New York) of the entry bar, `{ "10": 0.6 }`. An hour that is not there takes the global threshold. */
export const HourThresholdsSchema = z
  .record(z.string().regex(/^(1?\d|2[0-3])$/, "must be an hour, 0 to 23"), z.number())
  .refine((map) => Object.keys(map).length > 0, "must have at least one hour");
export type HourThresholds = z.infer<typeof HourThresholdsSchema>;

/**
 * One way to execute a model's stored predictions. A null leaves the policy's or the label's own value in place;
 * `group` only names where the variant came from and is no part of its identity.
 */
export const VariantParamsSchema = z.strictObject({
  threshold_mode: z.enum(THRESHOLD_MODES),
  threshold: z
    .number()
    .nullable()
    .describe("Probability mode: smallest p of the side. Edge mode: smallest logit(p) - logit(base rate). null = none"),
  hour_thresholds: HourThresholdsSchema.nullable()
    .default(null)
    .describe("Thresholds by hour (New York) of the entry bar; other hours take the threshold. null = none"),
  top_pct: z.number().gt(0).max(1).nullable().describe("Share of most confident rows, cut causally; null or 1 = all"),
  hours: z.array(z.int().min(0).max(23)).nonempty().nullable().describe("Hours (New York) of entry bars, ascending; null = all allowed"),
  hold_bars: z.int().positive().nullable().describe("Bars held; null = the label's horizon"),
  stop_loss: z.number().gt(0).lt(1).nullable().default(null).describe("Fraction of the entry price"),
  take_profit: z.number().gt(0).max(50).nullable().default(null).describe("Multiple of the stop distance"),
  time_stop_bars: z.int().positive().nullable().default(null),
  momentum_min: z.number().nullable().default(null).describe("Turns the momentum gate on at this score"),
  slippage: z.enum(SLIPPAGE_LEVELS).nullable().default(null).describe("0.5, 1 or 2 times the policy's slippage"),
  position_size: z
    .number()
    .gt(0)
    .max(1)
    .nullable()
    .default(null)
    .describe("Share of equity behind one full-size position, at most an equal part of max_positions; null = that equal part"),
  max_positions: z.int().min(1).max(100).nullable().default(null).describe("Positions open at once; null = the policy's"),
  entry_type: z.enum(ENTRY_TYPES).nullable().default(null).describe("How entries are ordered; null = the policy's order_type"),
  filters: z
    .array(ConditionSchema)
    .nonempty()
    .nullable()
    .default(null)
    .describe("Conditions on the decision row's columns, beside the strategy's; an entry needs all of them"),
  option_type: z.enum(OPTION_TYPES).nullable().default(null).describe("Options only: call keeps buys, put keeps sells"),
  strike_selection: z
    .string()
    .regex(STRIKE_FORM, STRIKE_WORDS)
    .nullable()
    .default(null)
    .describe('Options only: "ATM" or such as "5%_OTM"'),
  dte_target: z.int().min(0).max(1000).nullable().default(null).describe("Options only: days to expiry"),
  contract_size: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .default(null)
    .describe("Options only: most contracts of a trade; null = as many as the premium at risk allows"),
  composition: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable()
    .default(null)
    .describe("The composition whose predictions it trades; null = the model as it is"),
  group: z.string().max(200).nullable().default(null).describe("The text of the request that this variant came from"),
});
export type VariantParams = z.infer<typeof VariantParamsSchema>;

/** Everything as the policy and the label have it, for variants that change little. */
export const UNCHANGED_PARAMS = {
  threshold: null,
  hour_thresholds: null,
  top_pct: null,
  hours: null,
  hold_bars: null,
  stop_loss: null,
  take_profit: null,
  time_stop_bars: null,
  momentum_min: null,
  slippage: null,
  position_size: null,
  max_positions: null,
  entry_type: null,
  filters: null,
  option_type: null,
  strike_selection: null,
  dte_target: null,
  contract_size: null,
  composition: null,
  group: null,
} as const satisfies { readonly [key in Exclude<keyof VariantParams, "threshold_mode">]: null };

/** A variant with its identity: the first 16 hex digits of the SHA-256 of its canonical parameters without `group`. */
export const VariantSchema = z.strictObject({
  variant_id: z.string().regex(/^[0-9a-f]{16}$/),
  params: VariantParamsSchema,
});
export type Variant = z.infer<typeof VariantSchema>;

/** Thresholds by hour in words, `10: 0.6, 11: 0.65`; null without any. */
export function hourThresholdsText({ hour_thresholds }: Pick<VariantParams, "hour_thresholds">): string | null {
  if (hour_thresholds === null) return null;
  return Object.entries(hour_thresholds)
    .map(([hour, threshold]) => `${hour}: ${threshold}`)
    .join(", ");
}

/** A variant's own conditions in words, `vix_level < 20, close > sma_200`; null without any. */
export function filtersText({ filters }: Pick<VariantParams, "filters">): string | null {
  if (filters === null) return null;
  return filters.map(({ column, op, value }) => `${column} ${op} ${value}`).join(", ");
}
