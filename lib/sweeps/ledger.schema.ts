import * as z from "zod";

/** One distinct result that was ever looked at. */
export const TrialSchema = z.strictObject({
  digest: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe("Of the daily net returns"),
  sharpe: z.number().nullable().describe("Of the residual daily returns, per session; null for a constant series"),
});
export type Trial = z.infer<typeof TrialSchema>;

/**
 * Every distinct variant ever evaluated for one lineage (model without its execution settings) and range of data, sweeps and
 * plain backtests alike. Forgetting trials would make the next winner look better than it is.
 */
export const TrialLedgerSchema = z.strictObject({
  schema_version: z.literal(1),
  lineage_key: z.string().min(1).max(256),
  trials: z.array(TrialSchema).describe("Ascending by digest, each once"),
});
export type TrialLedger = z.infer<typeof TrialLedgerSchema>;
