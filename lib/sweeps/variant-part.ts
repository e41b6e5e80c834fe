import * as z from "zod";
import type { Json } from "../core/canonical-json.ts";
import { openSealedFile, sealFile } from "../core/sealed-file.ts";
import { parseOr } from "../errors/parse.ts";
import { PathSpreadSchema } from "../metrics/path-spread.schema.ts";
import { RunMetricsSchema } from "../metrics/run-metrics.schema.ts";
import { VariantSchema } from "./variant.schema.ts";

/** What the evaluation of one variant left, without its daily returns. */
export const VariantOutcomeSchema = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("done"),
    variant: VariantSchema,
    metrics: RunMetricsSchema,
    paths: PathSpreadSchema.nullable().default(null).describe("Combinatorial splits: the variant on every path; null = one path"),
    /** SHA-256 of the daily returns: equal vectors are one trial. */
    daily_digest: z.string().regex(/^[0-9a-f]{64}$/),
    trades_digest: z.string().regex(/^[0-9a-f]{64}$/),
    realised_share: z.number().nullable(),
    net_exposure: z.number(),
    ambiguous_bars: z.int().nonnegative(),
    repriced_trades: z.int().nonnegative().default(0).describe("Options: trades with a price of a model"),
    notes: z.array(z.string()),
  }),
  z.strictObject({ status: z.literal("failed"), variant: VariantSchema, code: z.string(), detail: z.string() }),
]);
export type VariantOutcome = z.infer<typeof VariantOutcomeSchema>;

/** One batch's results. A variant that failed has an empty vector. */
export interface VariantPart {
  readonly outcomes: readonly VariantOutcome[];
  /** Net daily returns, one vector for each outcome. */
  readonly daily: readonly Float64Array[];
}

const KIND = "SGVP";

const HeaderSchema = z.strictObject({ schema_version: z.literal(1), outcomes: z.array(VariantOutcomeSchema) });

export function encodeVariantPart({ outcomes, daily }: VariantPart): Uint8Array {
  return sealFile(KIND, { header: { schema_version: 1, outcomes: outcomes as unknown as Json }, arrays: daily, blob: new Uint8Array(0) });
}

/** @throws ARTIFACT_CORRUPT when a byte differs from what was written */
export function decodeVariantPart(bytes: Uint8Array): VariantPart {
  const { header, arrays } = openSealedFile(KIND, bytes, "A stored batch of variants");
  const { outcomes } = parseOr("ARTIFACT_CORRUPT", HeaderSchema, header, "A stored batch of variants");
  return { outcomes, daily: arrays };
}
