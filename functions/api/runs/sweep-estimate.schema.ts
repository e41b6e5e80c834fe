import * as z from "zod";

/** The answer of `POST /sweeps/estimate`. */
export const EstimateSchema = z.strictObject({
  variants: z.int(),
  batches: z.int(),
  folds: z.int(),
  fits: z.boolean().describe("Whether models must be fitted first; stored predictions are shared by all sweeps with equal splits"),
  seconds: z.number(),
  usd: z.number().describe("List prices without a free tier; 0 on one machine"),
  sessions: z.int().describe("Out-of-sample sessions"),
  trials_before: z.int().describe("Distinct variants that this model on this data ever evaluated"),
  luck_sharpe: z.number().nullable().describe("Annual Sharpe ratio that the best of all trials would show by luck alone"),
  infeasible: z
    .strictObject({ code: z.string(), remedy: z.string() })
    .nullable()
    .describe("Why no variant can pass the gate, known beforehand"),
});
export type Estimate = z.infer<typeof EstimateSchema>;
