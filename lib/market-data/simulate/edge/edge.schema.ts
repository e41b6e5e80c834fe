import * as z from "zod";

/** An edge of a stated Sharpe ratio, planted in a series that has nothing else to find. */
export const EdgeSchema = z.strictObject({
  seed: z.int().min(0).default(1),
  first_date: z.iso.date().default("2005-01-03").describe("First session"),
  sessions: z.int().min(60).max(10_000).default(3780).describe("252 are a year"),
  cadence: z.enum(["daily", "hourly"]).default("daily"),
  feature: z
    .enum(["momentum", "reversal", "volume"])
    .default("momentum")
    .describe("What foretells the next bar: a fading sum of past returns (with or against it), or the volume of the last bar"),
  annual_sharpe: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe("Of the declared rule's daily net returns, a year of 252 sessions; 0 = nothing is planted"),
  cost_bps: z.number().min(0).max(100).default(2).describe("Of each side: a change from long to short pays it twice"),
  half_life: z.number().min(0.2).max(500).default(10).describe("Bars until half of the feature is gone"),
  annual_volatility: z.number().min(0.02).max(1).default(0.16),
  overnight_share: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of the variance between close and open, where nothing is planted"),
  start_price: z.number().min(100).max(100_000).default(2000),
});
export type EdgeSpec = z.infer<typeof EdgeSchema>;
