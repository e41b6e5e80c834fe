import * as z from "zod";

/** The answer of `POST /sweeps/estimate`. */
export const EstimateSchema = z.strictObject({
  variants: z.int(),
  batches: z.int(),
  compositions: z.int().describe("0 = the model as it is"),
  folds: z.int(),
  fits: z.boolean().describe("Whether models must be fitted first; stored predictions are shared by all sweeps with equal splits"),
  fit_count: z.int().describe("Folds of all distinct predictions that are not stored yet"),
  seconds: z.number(),
  measured: z.boolean().describe("Whether a probe of this machine scales the seconds; Lambda's constants are fixed"),
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
