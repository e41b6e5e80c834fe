import * as z from "zod";
import { COMPARISONS } from "../core/comparison.ts";
import { IdSchema, SymbolSchema } from "../core/ids.ts";
import { MODEL_CADENCES, ModelConfigSchema } from "../models/model-config.schema.ts";

const { provider, others, seed } = ModelConfigSchema.shape.data.shape;

/** Most members that one scan looks at. */
export const MAX_SCANNED = 500;

/** The body of `POST /scan`. */
export const ScanRequestSchema = z.strictObject({
  pack_id: IdSchema,
  set: IdSchema.describe("An indicator set of the pack that has a scan rule"),
  universe: IdSchema.describe("A universe that was imported"),
  provider: provider.default("files").describe("Who has the members' bars; simulated data are never a fallback"),
  others: others.describe("Who supplies symbols that the set names beside the members, such as a benchmark, and under which symbol"),
  seed: seed.describe("Simulated series only: the generator's seed"),
  cadence: z.enum(MODEL_CADENCES).default("daily"),
  as_of: z.iso
    .date()
    .nullable()
    .default(null)
    .describe("Scans as of the close of this date's session, or of the last one before; null = now"),
  limit: z.int().min(1).max(MAX_SCANNED).default(50).describe("Ranked rows in the answer; every symbol is ranked whatever it says"),
});
export type ScanRequest = z.infer<typeof ScanRequestSchema>;

const Known = z.number().nullable();

/**
 * Why a member is not ranked. `stale`: its newest closed bar is older than the scan's; `unknown_value`: a column that ranks is
 * unknown at its last bar.
 */
const LEFT_OUT_REASONS = ["no_data", "bad_data", "stale", "not_enough_history", "unknown_value"] as const;

const ScanConditionSchema = z.strictObject({
  column: z.string(),
  op: z.enum(COMPARISONS),
  value: z.union([z.number(), z.string()]).describe("As the rule says it"),
  found: Known.describe("The column's value; null = unknown, and the condition does not hold"),
  holds: z.boolean(),
});

const ScanRowSchema = z.strictObject({
  rank: z.int().positive(),
  symbol: SymbolSchema,
  score: z.number().min(0).max(100).describe("Weighted mean of the member's percentiles among all that are ranked; 100 = best"),
  fulfilled: z.boolean().describe("Whether every condition holds; those rows come first"),
  conditions: z.array(ScanConditionSchema),
  values: z.record(z.string(), Known).describe("Every column of the set at the last closed bar"),
  as_of: z.iso.datetime().describe("End of that bar"),
  bars: z.int().positive().describe("Closed bars that were there"),
});

/** Who of a universe is where on a scanner's list, and why the others are not on it. */
export const ScanSchema = z.strictObject({
  schema_version: z.literal(1),
  pack_id: IdSchema,
  set: IdSchema,
  set_version: z.int().positive(),
  universe: IdSchema,
  universe_fingerprint: z.string(),
  provider: z.string(),
  cadence: z.enum(MODEL_CADENCES),
  members_on: z.iso.date().describe("The date whose members were looked at"),
  as_of: z.iso
    .datetime()
    .nullable()
    .describe("End of the newest closed bar of any member; every ranked row stands on a bar that ends then"),
  age_sessions: z.int().min(0).nullable().describe("Sessions that have closed since that bar's; 0 = the newest that there is"),
  members: z.int().min(0),
  ranked: z.int().min(0),
  fulfilled: z.int().min(0).describe("Ranked members that fulfil every condition"),
  rank: z.array(z.strictObject({ column: z.string(), best: z.enum(["high", "low"]), weight: z.number() })),
  stamps: z.array(z.string()).describe("What must be said of the data: simulated, survivorship_biased, ..."),
  rows: z.array(ScanRowSchema),
  left_out: z.array(z.strictObject({ symbol: SymbolSchema, reason: z.enum(LEFT_OUT_REASONS), detail: z.string() })),
  lineage: z.strictObject({ pack_sha: z.string(), indicator_set_sha: z.string(), code_version: z.string() }),
});
export type Scan = z.infer<typeof ScanSchema>;
