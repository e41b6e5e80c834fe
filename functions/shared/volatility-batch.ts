import * as z from "zod";

/** Series that one call of `RecordVolatility` looks at. */
export const SERIES_A_BATCH = 10;

/** A stretch of the list of series. */
export const VolatilityBatchSchema = z.strictObject({
  number: z.int().min(0),
  after: z.string().max(1024).nullable().describe("The place on the list behind which the batch begins; null = the beginning"),
});
export type VolatilityBatch = z.infer<typeof VolatilityBatchSchema>;
